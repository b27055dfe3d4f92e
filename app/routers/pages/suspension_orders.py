"""Suspension orders: counts for everyone; the list, and what may be done now, for the offices."""

from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.client import Api, ApiDep, Problem, join
from app.forms import act, given
from app.html import render

router = APIRouter(prefix="/suspension-orders")
Act = Literal["previews", "submissions", "confirmations", "returns", "withdrawals"]
DRIFT = "suspension_order.data_changed"


@router.get("")
async def suspension_orders_page(request: Request, api: ApiDep) -> Response:
    return await listed(request, api)


async def listed(
    request: Request, api: Api, problem: Problem | None = None, **typed: str
) -> Response:
    wanted = dict(request.query_params)
    roles = await api.roles()
    builds = "hr_office" in roles
    exams = await api.get("exam-campaigns", limit="50") if builds else None
    page = await api.get("suspension-orders", **wanted)
    return render(
        request, "suspension_orders/list.html", fragment="results", private=bool(roles),
        status=problem.status if problem else 200, page=page,
        wanted=wanted, exams=exams, problem=problem, typed=typed,
    )  # fmt: skip


@router.post("")
async def build_form(request: Request, api: ApiDep) -> Response:
    typed = given(await request.form())
    try:
        made = await act(request, api, "suspension-orders", **typed)
    except Problem as problem:
        return await listed(request, api, problem, **typed)
    return RedirectResponse(join("suspension-orders", made["order_no"]), 303)


@router.get("/{order_no}")
async def suspension_order_page(order_no: str, request: Request, api: ApiDep) -> Response:
    return await shown(order_no, request, api)


async def shown(
    order_no: str, request: Request, api: Api, problem: Problem | None = None, tried: str = ""
) -> Response:
    """What everyone sees; with the desk below for the offices, and what moved if it did."""
    order = await api.get("suspension-orders", order_no)
    roles = await api.roles()
    about = {"subject_kind": "suspension_order", "subject_key": order_no, "limit": "50"}
    entries = "ledger-entries" if order["work"] else "changes"
    history = await api.get(entries, **about, sort="-seq")
    drifted = problem is not None and problem.code == DRIFT
    moved = await api.get("suspension-orders", order_no, "differences") if drifted else None
    return render(
        request, "suspension_orders/detail.html", fragment="order", private=bool(roles),
        status=problem.status if problem else 200,
        order=order, roles=roles, problem=problem, tried=tried, moved=moved, history=history,
    )  # fmt: skip


@router.post("/{order_no}/{done}")
async def act_form(order_no: str, done: Act, request: Request, api: ApiDep) -> Response:
    typed: dict[str, Any] = given(await request.form())
    api.headers["If-Match"] = f'"v{typed.pop("version", "")}"'
    if "persons" in typed:
        typed["persons"] = int(typed["persons"]) if typed["persons"].isdecimal() else 0
    try:
        await act(request, api, "suspension-orders", order_no, done, **typed)
    except Problem as problem:
        del api.headers["If-Match"]
        return await shown(order_no, request, api, problem, done)
    return RedirectResponse(join("suspension-orders", order_no), 303)


@router.get("/{order_no}/lines")
async def suspension_lines_page(order_no: str, request: Request, api: ApiDep) -> Response:
    return await people(order_no, request, api)


async def people(
    order_no: str, request: Request, api: Api, problem: Problem | None = None, **typed: str
) -> Response:
    wanted = {k: v for k, v in request.query_params.items() if v}
    page = await api.get("suspension-orders", order_no, "lines", **wanted, include_total="true")
    return render(
        request, "suspension_orders/lines.html", fragment="people", private=True,
        status=problem.status if problem else 200, order_no=order_no, page=page, wanted=wanted,
        roles=await api.roles(), problem=problem, typed=typed,
    )  # fmt: skip


@router.post("/{order_no}/lines/{line}/objections")
async def object_form(order_no: str, line: str, request: Request, api: ApiDep) -> Response:
    return await said(order_no, line, "objections", request, api)


@router.post("/{order_no}/lines/{line}/appeals")
async def appeal_form(order_no: str, line: str, request: Request, api: ApiDep) -> Response:
    return await said(order_no, line, "appeals", request, api)


@router.post("/{order_no}/lines/{line}/reinstatements")
async def reinstatement_form(order_no: str, line: str, request: Request, api: ApiDep) -> Response:
    return await said(order_no, line, "reinstatements", request, api)


async def said(order_no: str, line: str, noun: str, request: Request, api: Api) -> Response:
    """Said for a person of the list, before it is decided or after it took effect."""
    typed = given(await request.form())
    try:
        await act(request, api, noun, line=line, **typed)
    except Problem as problem:
        return await people(order_no, request, api, problem, line=line, **typed)
    return RedirectResponse(f"/{noun}?order_no={join(order_no)[1:]}", 303)
