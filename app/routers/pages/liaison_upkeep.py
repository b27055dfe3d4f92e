"""The liaison office's desk: pairs to issue, handovers to settle, leaders and firms that leave."""

from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.client import Api, ApiDep, Problem
from app.forms import act, given
from app.html import render

router = APIRouter(prefix="/liaison-upkeep")
Doing = Literal["issuances", "handovers", "discards"]
Leaving = Literal["removals", "opt-outs"]


@router.get("")
async def upkeep_page(request: Request, api: ApiDep) -> Response:
    return await board(request, api)


async def board(
    request: Request, api: Api, problem: Problem | None = None, at: str = "", **typed: str
) -> Response:
    """`at` is the form that was refused; what was typed into it is not lost."""
    proposals = await api.get("liaison-pairs", "proposals", limit="200")
    handovers = await api.get("liaison-pairs", state="handover", limit="200")
    leaders = await api.get("leaders", limit="200")
    units = await api.get("departments", limit="200")
    return render(
        request, "liaison_upkeep/board.html", fragment="content", private=True,
        status=problem.status if problem else 200, proposals=proposals["items"],
        handovers=handovers["items"], leaders=leaders["items"], units=units["items"],
        problem=problem, at=at, typed=typed,
    )  # fmt: skip


async def done(request: Request, api: Api, at: str, *path: str, **more: Any) -> Response:
    typed = given(await request.form())
    told: dict[str, Any] = {k: v for k, v in typed.items() if k not in more.pop("without", ())}
    if "enterprise_informed" in more:
        told["enterprise_informed"] = typed.get("enterprise_informed") == "yes"
    try:
        await act(request, api, *path, **told)
    except Problem as problem:
        return await board(request, api, problem, at, **typed)
    return RedirectResponse("/liaison-upkeep", 303)


@router.post("/proposals")
async def propose_form(request: Request, api: ApiDep) -> Response:
    return await done(request, api, "propose", "liaison-pairs")


@router.post("/pairs/{pair_no}/{step}")
async def pair_form(pair_no: str, step: Doing, request: Request, api: ApiDep) -> Response:
    asks = {} if step == "discards" else {"enterprise_informed": True}
    return await done(request, api, pair_no, "liaison-pairs", pair_no, step, **asks)


@router.post("/departures")
async def departure_form(request: Request, api: ApiDep) -> Response:
    code = given(await request.form()).get("leader", "")
    path = ("leaders", code, "departures")
    return await done(request, api, "departure", *path, without=("leader",))


@router.post("/firms/{step}")
async def firm_form(step: Leaving, request: Request, api: ApiDep) -> Response:
    code = given(await request.form()).get("uscc", "")
    return await done(request, api, step, "enterprises", code, step, without=("uscc",))
