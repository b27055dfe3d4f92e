"""Where work begins: what waits for me."""

from fastapi import APIRouter, Request, Response

from app.client import ApiDep
from app.html import render

router = APIRouter(prefix="/work")


@router.get("")
async def work_page(request: Request, api: ApiDep) -> Response:
    own = await api.get("sessions")
    waiting = await api.get("work")
    return render(
        request, "work/work.html", fragment="content", private=True, own=own, waiting=waiting
    )
