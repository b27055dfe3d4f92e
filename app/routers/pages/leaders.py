"""Pages of the municipal leaders."""

from fastapi import APIRouter, Request, Response

from app.client import ApiDep
from app.html import render

router = APIRouter(prefix="/leaders")


@router.get("")
async def leaders_page(request: Request, api: ApiDep) -> Response:
    wanted = {name: value for name, value in request.query_params.items() if value}
    page = await api.get("leaders", **{"include_total": "true", **wanted})
    return render(request, "leaders/list.html", fragment="results", page=page, wanted=wanted)


@router.get("/{code}")
async def leader_page(code: str, request: Request, api: ApiDep) -> Response:
    leader = await api.get("leaders", code)
    return render(request, "leaders/detail.html", fragment="leader", leader=leader)
