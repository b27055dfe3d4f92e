"""Third-party apps, for those who let them in and those who watch them."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.client import Api, ApiDep, Problem
from app.forms import act, given
from app.html import render

router = APIRouter(prefix="/api-clients")
Step = Literal[
    "approvals", "confirmations", "refusals", "suspensions", "resumptions", "endings",
    "webhook-hosts",
]  # fmt: skip


@router.get("")
async def api_clients_page(request: Request, api: ApiDep) -> Response:
    return await listed(request, api)


async def listed(request: Request, api: Api, problem: Problem | None = None) -> Response:
    wanted = {k: v for k, v in request.query_params.items() if v}
    page = await api.get("api-clients", **wanted)
    alarms = await api.get("usage-alarms", limit="20")
    return render(
        request, "api_clients/list.html", fragment="content", private=True,
        status=problem.status if problem else 200,
        page=page, alarms=alarms["items"], wanted=wanted, problem=problem,
        roles=await api.roles(),
    )  # fmt: skip


@router.get("/{client_no}")
async def api_client_page(client_no: str, request: Request, api: ApiDep) -> Response:
    return await shown(client_no, request, api)


async def shown(
    client_no: str, request: Request, api: Api, problem: Problem | None = None
) -> Response:
    client = await api.get("api-clients", client_no)
    keys = await api.get("api-keys", client_no=client_no, limit="200")
    usage = await api.get("api-clients", client_no, "usage")
    return render(
        request, "api_clients/detail.html", fragment="content", private=True,
        status=problem.status if problem else 200,
        client=client, keys=keys["items"], usage=usage, problem=problem, roles=await api.roles(),
    )  # fmt: skip


@router.post("/alarms/{number}")
async def close_alarm_form(number: str, request: Request, api: ApiDep) -> Response:
    fields = given(await request.form())
    stop, reason = fields.get("stop") == "yes", fields.get("reason", "")
    try:
        await act(request, api, "usage-alarms", number, "closings", stop=stop, reason=reason)
    except Problem as problem:
        return await listed(request, api, problem)
    return RedirectResponse("/api-clients#alarms", 303)


@router.post("/{client_no}/{step}")
async def decide_client_form(client_no: str, step: Step, request: Request, api: ApiDep) -> Response:
    fields = given(await request.form())
    body: dict[str, object] = {}
    if step in ("refusals", "suspensions", "endings"):
        body["reason"] = fields.get("reason", "")
    if step == "webhook-hosts":
        body["webhook_hosts"] = fields.get("webhook_hosts", "").split()
    try:
        await act(request, api, "api-clients", client_no, step, **body)
    except Problem as problem:
        return await shown(client_no, request, api, problem)
    return RedirectResponse(f"/api-clients/{client_no}", 303)
