"""What a printed verification said, and whether it is genuine. Nothing of it is kept."""

from fastapi import APIRouter, Request, Response

from app.client import ApiDep
from app.html import render

router = APIRouter(prefix="/receipts")


@router.get("/{receipt}")
async def receipt_page(receipt: str, request: Request, api: ApiDep) -> Response:
    found = await api.post("receipt-checks", receipt=receipt[:2000])
    return render(request, "receipts/receipt.html", fragment="content", private=True, found=found)
