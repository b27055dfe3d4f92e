"""Letting people back in: the checklist, and what may be done now."""

from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.client import Api, ApiDep, Problem, join
from app.forms import act, given
from app.html import render

router = APIRouter(prefix="/reinstatements")
Act = Literal["exams", "trainings", "proposals", "approvals", "refusals"]


@router.get("")
async def reinstatements_page(request: Request, api: ApiDep) -> Response:
    wanted = {k: v for k, v in request.query_params.items() if v}
    page = await api.get("reinstatements", **wanted, include_total="true")
    return render(
        request, "reinstatements/list.html", fragment="results", private=True, page=page,
        wanted=wanted,
    )  # fmt: skip


@router.get("/{number}")
async def reinstatement_page(number: str, request: Request, api: ApiDep) -> Response:
    return await shown(number, request, api)


async def shown(
    number: str, request: Request, api: Api, problem: Problem | None = None, **typed: Any
) -> Response:
    return render(
        request, "reinstatements/detail.html", fragment="content", private=True,
        status=problem.status if problem else 200, roles=await api.roles(),
        asked=await api.get("reinstatements", number), problem=problem, typed=typed,
    )  # fmt: skip


@router.post("/{number}/{done}")
async def reinstatement_act_form(number: str, done: Act, request: Request, api: ApiDep) -> Response:
    typed: dict[str, Any] = given(await request.form())
    asked = dict(typed)
    if "hours" in asked:
        asked["hours"] = int(asked["hours"]) if str(asked["hours"]).isdecimal() else 0
    try:
        await act(request, api, "reinstatements", number, done, **asked)
    except Problem as problem:
        return await shown(number, request, api, problem, done=done, **typed)
    return RedirectResponse(join("reinstatements", number), 303)
