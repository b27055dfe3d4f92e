"""An officer for the offices: cards, how it was on a day, and who did what, when and why."""

from fastapi import APIRouter, Request, Response

from app.client import ApiDep
from app.html import render

router = APIRouter(prefix="/officers")


@router.get("")
async def officers_page(request: Request, api: ApiDep) -> Response:
    wanted = {k: v for k, v in request.query_params.items() if v}
    page = await api.get("officers", **wanted)
    return render(
        request, "officers/list.html", fragment="results", private=True, page=page, wanted=wanted
    )


@router.get("/{officer_no}")
async def officer_page(officer_no: str, request: Request, api: ApiDep) -> Response:
    """With `as_of`, how each card stood on that day; the history is paged."""
    wanted = {k: v for k, v in request.query_params.items() if v}
    day = {k: v for k, v in wanted.items() if k == "as_of"}
    officer = await api.get("officers", officer_no, **day)
    rest = {k: v for k, v in wanted.items() if k != "as_of"}
    history = await api.get("officers", officer_no, "entries", **rest)
    return render(
        request, "officers/detail.html", fragment="officer", private=True, officer=officer,
        history=history, wanted=wanted, as_of=day.get("as_of", ""),
    )  # fmt: skip
