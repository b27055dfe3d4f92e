"""The papers of an order, made to be printed: the order, notices, return slips, unit lists."""

from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from app.client import Api, ApiDep, Problem, join
from app.config import settings
from app.forms import act, given
from app.html import render

router = APIRouter(prefix="/suspension-orders")
A_BATCH: Final = "100"  # notices printed at a time; the next hundred is a link
SLIPS: Final = "200"


@router.get("/{order_no}/papers")
async def papers_page(order_no: str, request: Request, api: ApiDep) -> Response:
    papers = await api.get("suspension-orders", order_no, "papers")
    return shown(request, "papers", papers)


def shown(request: Request, name: str, papers: Any, **more: Any) -> Response:
    periods = {each["key"]: each for each in papers["periods"]}
    return render(
        request, f"suspension_papers/{name}.html", fragment="paper", private=True,
        papers=papers, periods=periods, site=settings().public_url, **more,
    )  # fmt: skip


@router.get("/{order_no}/document")
async def order_document(order_no: str, request: Request, api: ApiDep) -> Response:
    papers = await api.get("suspension-orders", order_no, "papers")
    return shown(request, "document", papers)


@router.get("/{order_no}/notices")
async def notices_page(order_no: str, request: Request, api: ApiDep) -> Response:
    return await people(order_no, request, api, "notices", A_BATCH)


@router.get("/{order_no}/slips")
async def slips_page(order_no: str, request: Request, api: ApiDep) -> Response:
    return await people(order_no, request, api, "slips", SLIPS)


@router.get("/{order_no}/units/{code}")
async def unit_list_page(order_no: str, code: str, request: Request, api: ApiDep) -> Response:
    """One unit's list for its first responsible person; a list of thousands is paged."""
    return await people(order_no, request, api, "unit", SLIPS, code)


async def people(
    order_no: str, request: Request, api: Api, name: str, limit: str, unit: str = ""
) -> Response:
    """A batch of persons on paper, and the way to the next batch."""
    wanted = {k: v for k, v in request.query_params.items() if v}
    papers = await api.get("suspension-orders", order_no, "papers")
    if unit and unit not in (each["department"]["code"] for each in papers["units"]):
        raise HTTPException(404)
    asked = {**wanted, "limit": limit, **({"department": unit} if unit else {})}
    page = await api.get("suspension-orders", order_no, "notices", **asked)
    about = await api.get("departments", unit) if unit else None
    return shown(request, name, papers, page=page, wanted=wanted, path=request.url.path, unit=about)


@router.post("/{order_no}/lines/{line}/services")
async def serve_form(order_no: str, line: str, request: Request, api: ApiDep) -> Response:
    typed = given(await request.form())
    path = ("suspension-orders", order_no, "lines", line, "services")
    try:
        await act(request, api, *path, **typed)
    except Problem as problem:
        papers = await api.get("suspension-orders", order_no, "papers")
        page = await api.get("suspension-orders", order_no, "notices", line=line)
        reply = shown(
            request, "notices", papers, page=page, wanted={"line": line}, problem=problem,
            path=join("suspension-orders", order_no, "notices"),
        )  # fmt: skip
        reply.status_code = problem.status
        return reply
    return RedirectResponse(join("suspension-orders", order_no, "lines"), 303)
