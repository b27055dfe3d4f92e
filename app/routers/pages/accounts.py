"""Staff accounts, for the administrators."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.client import Api, ApiDep, Problem, join
from app.forms import act, given
from app.html import render

router = APIRouter(prefix="/accounts")


@router.get("")
async def accounts_page(request: Request, api: ApiDep) -> Response:
    return await listed(request, api)


async def listed(request: Request, api: Api, **context: Any) -> Response:
    wanted = {k: v for k, v in request.query_params.items() if v}
    page = await api.get("accounts", **wanted)
    units = await api.get("departments", limit="100")
    told = {"problem": None, "typed": {}, "page": page, "units": units, "wanted": wanted, **context}
    status = told["problem"].status if told["problem"] else 200
    return render(
        request, "accounts/list.html", fragment="content", status=status, private=True, **told
    )


@router.post("")
async def create_account_form(request: Request, api: ApiDep) -> Response:
    typed = given(await request.form())
    try:
        made = await act(request, api, "accounts", **typed)
    except Problem as problem:
        return await listed(request, api, problem=problem, typed=typed)
    return RedirectResponse(join("accounts", made["username"]), 303)


@router.get("/{username}")
async def account_of_page(username: str, request: Request, api: ApiDep) -> Response:
    return await shown(username, request, api)


async def shown(
    username: str, request: Request, api: Api, problem: Problem | None = None
) -> Response:
    account = await api.get("accounts", username)
    grants = await api.get("role-grants", username=username)
    units = await api.get("departments", limit="100")
    return render(
        request, "accounts/detail.html", fragment="content", private=True,
        status=problem.status if problem else 200,
        account=account, grants=grants, units=units, problem=problem,
    )  # fmt: skip


@router.post("/{username}/endings")
async def end_account_form(username: str, request: Request, api: ApiDep) -> Response:
    try:
        await act(request, api, "accounts", username, "endings")
    except Problem as problem:
        return await shown(username, request, api, problem)
    return RedirectResponse(join("accounts", username), 303)


@router.post("/{username}/role-grants")
async def propose_role_form(username: str, request: Request, api: ApiDep) -> Response:
    typed = given(await request.form())
    try:
        await act(request, api, "role-grants", username=username, **typed)
    except Problem as problem:
        return await shown(username, request, api, problem)
    return RedirectResponse(join("accounts", username), 303)
