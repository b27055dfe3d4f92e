"""How the register stands now, for people."""

from fastapi import APIRouter, Request, Response

from app.client import ApiDep
from app.html import render

router = APIRouter(prefix="/status")


@router.get("")
async def status_page(request: Request, api: ApiDep) -> Response:
    found = await api.get("status")
    return render(request, "status/status.html", fragment="content", private=True, found=found)
