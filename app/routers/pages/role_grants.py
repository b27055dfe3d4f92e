"""Roles that wait for a second person, and those that were granted."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.client import Api, ApiDep, Problem
from app.forms import act
from app.html import render

router = APIRouter(prefix="/role-grants")
Decision = Literal["confirmations", "refusals", "endings"]


@router.get("")
async def role_grants_page(request: Request, api: ApiDep) -> Response:
    return await listed(request, api)


async def listed(
    request: Request, api: Api, problem: Problem | None = None, number: str = ""
) -> Response:
    wanted = {k: v for k, v in request.query_params.items() if v}
    page = await api.get("role-grants", **wanted)
    own = await api.get("sessions")
    return render(
        request, "role_grants/list.html", fragment="content", private=True,
        status=problem.status if problem else 200,
        page=page, me=own["account"]["username"], wanted=wanted, problem=problem, number=number,
    )  # fmt: skip


@router.post("/{number}/{decision}")
async def decide_grant_form(
    number: str, decision: Decision, request: Request, api: ApiDep
) -> Response:
    try:
        await act(request, api, "role-grants", number, decision)
    except Problem as problem:
        return await listed(request, api, problem, number)
    return RedirectResponse("/role-grants", 303)
