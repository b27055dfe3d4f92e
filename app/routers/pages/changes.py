"""What happened lately, in words."""

from fastapi import APIRouter, Request, Response

from app.client import ApiDep
from app.html import render

router = APIRouter(prefix="/changes")


@router.get("")
async def changes_page(request: Request, api: ApiDep) -> Response:
    wanted = dict(request.query_params)
    page = await api.get("changes", **{"sort": "-seq", "limit": "50", **wanted})
    return render(request, "changes/list.html", fragment="results", page=page, wanted=wanted)
