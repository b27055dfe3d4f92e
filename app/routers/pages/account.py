"""My own account: sessions, password, second factor."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.client import Api, ApiDep, Problem
from app.forms import act, text
from app.html import render

router = APIRouter(prefix="/account")


@router.get("")
async def account_page(request: Request, api: ApiDep) -> Response:
    return await shown(request, api)


async def shown(request: Request, api: Api, **context: Any) -> Response:
    own = await api.get("sessions")
    told = {"problem": None, "at": None, "factor": None, "own": own, **context}
    status = told["problem"].status if told["problem"] else 200
    return render(
        request, "account/account.html", fragment="content", status=status, private=True, **told
    )


async def username(api: Api) -> str:
    return str((await api.get("sessions"))["account"]["username"])


@router.post("/sessions/{key}/endings")
async def end_session_form(key: str, api: ApiDep) -> Response:
    await api.post("sessions", key, "endings")
    return RedirectResponse("/account", 303)


@router.post("/passwords")
async def change_password_form(request: Request, api: ApiDep) -> Response:
    form = await request.form()
    words = {"old": str(form.get("old", "")), "new": str(form.get("new", ""))}
    try:
        await api.post("accounts", await username(api), "passwords", **words)
    except Problem as problem:
        return await refused(request, api, problem, "password")
    return RedirectResponse("/account?done=password", 303)


@router.post("/second-factors")
async def enrol_form(request: Request, api: ApiDep) -> Response:
    try:
        factor = await act(request, api, "accounts", await username(api), "second-factors")
    except Problem as problem:
        return await refused(request, api, problem, "factor")
    return await shown(request, api, factor=factor, at="code")


@router.post("/second-factors/confirmations")
async def confirm_form(request: Request, api: ApiDep) -> Response:
    form = await request.form()
    factor = {"secret": text(form, "secret"), "address": text(form, "address")}
    path = ("accounts", await username(api), "second-factors", "confirmations")
    try:
        await api.post(*path, code=text(form, "code"))
    except Problem as problem:
        return await shown(request, api, problem=problem, at="code", factor=factor)
    return RedirectResponse("/account?done=factor", 303)


async def refused(request: Request, api: Api, problem: Problem, at: str) -> Response:
    if problem.code.startswith("auth.") and problem.status == 401:
        raise problem
    return await shown(request, api, problem=problem, at=at)
