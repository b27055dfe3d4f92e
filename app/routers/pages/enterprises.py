"""The list of key enterprises."""

from fastapi import APIRouter, Request, Response

from app.client import ApiDep
from app.html import render

router = APIRouter(prefix="/enterprises")


@router.get("")
async def enterprises_page(request: Request, api: ApiDep) -> Response:
    wanted = {name: value for name, value in request.query_params.items() if value}
    page = await api.get("enterprises", **{"include_total": "true", **wanted})
    return render(request, "enterprises/list.html", fragment="results", page=page, wanted=wanted)
