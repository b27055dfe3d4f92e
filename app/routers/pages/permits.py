"""Permit pages."""

from fastapi import APIRouter, Request, Response

from app.client import ApiDep
from app.html import render

router = APIRouter(prefix="/permits")


@router.get("")
async def permits_page(request: Request, api: ApiDep) -> Response:
    wanted = {name: value for name, value in request.query_params.items() if value}
    page = await api.get("permits", **wanted)
    units = await api.get("departments", limit="100", enforcement="true")
    return render(
        request, "permits/list.html", fragment="results", page=page, wanted=wanted, units=units
    )


@router.get("/{code}")
async def permit_page(code: str, request: Request, api: ApiDep) -> Response:
    permit = await api.get("permits", code, **dict(request.query_params))
    due = await api.get("permits", code, "due-dates")
    return render(request, "permits/detail.html", fragment="permit", permit=permit, due=due)


@router.get("/{code}/history")
async def permit_history_page(code: str, request: Request, api: ApiDep) -> Response:
    permit = await api.get("permits", code)
    page = await api.get("permits", code, "revisions")
    return render(request, "permits/history.html", fragment="history", permit=permit, page=page)
