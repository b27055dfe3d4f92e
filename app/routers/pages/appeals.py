"""Appeals against a suspension in effect, and what the panel decided."""

from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.client import Api, ApiDep, Problem
from app.forms import act, given
from app.html import render

router = APIRouter(prefix="/appeals")
Act = Literal["panels", "extensions", "decisions"]


@router.get("")
async def appeals_page(request: Request, api: ApiDep) -> Response:
    return await listed(request, api)


async def listed(
    request: Request, api: Api, problem: Problem | None = None, number: str = "", **typed: Any
) -> Response:
    wanted = {k: v for k, v in request.query_params.items() if v}
    page = await api.get("appeals", **wanted)
    own = await api.get("sessions")
    return render(
        request, "appeals/list.html", fragment="content", private=True,
        status=problem.status if problem else 200, page=page, wanted=wanted,
        roles=await api.roles(), me=own["account"]["username"],
        problem=problem, number=number, typed=typed,
    )  # fmt: skip


@router.post("/{number}/{done}")
async def appeal_act_form(number: str, done: Act, request: Request, api: ApiDep) -> Response:
    typed: dict[str, Any] = given(await request.form())
    if "members" in typed:
        typed["members"] = str(typed["members"]).replace(",", " ").split()
    try:
        await act(request, api, "appeals", number, done, **typed)
    except Problem as problem:
        return await listed(request, api, problem, number, **typed)
    return RedirectResponse("/appeals", 303)
