"""A third-party app's own page: its application, keys, limits, use, and what was delivered."""

from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from app.client import Api, ApiDep, Problem
from app.forms import act, given, keep
from app.html import render
from app.i18n import visit

router = APIRouter(prefix="/developers")
SCOPES = (
    "departments:read", "permits:read", "liaison:read", "credentials:verify", "credentials:sync",
    "webhooks:manage",
)  # fmt: skip
KeyStep = Literal["rotations", "revocations"]
HookStep = Literal["pings", "rotations", "endings", "redeliveries"]


@router.get("/application")
async def application_page(request: Request) -> Response:
    return asked(request, {}, None)


@router.post("/application")
async def application_form(request: Request, api: ApiDep) -> Response:
    form = await request.form()
    fields = given(form)
    contact = {name: fields.get(name, "") for name in ("name", "email", "phone")}
    body = {
        "organisation": fields.get("organisation", ""),
        "purpose": fields.get("purpose", ""),
        "scopes": chosen(form, "scopes"),
        "webhook_hosts": fields.get("webhook_hosts", "").split(),
        "contact": contact,
    }
    api.headers.pop("Authorization", None)  # whoever applies is nobody yet
    try:
        made = await act(request, api, "api-clients", **body)
    except Problem as problem:
        return asked(request, {**fields, "scopes": body["scopes"]}, problem)
    return render(
        request, "own_client/applied.html", fragment="content", private=True, status=201, **made
    )


def asked(request: Request, typed: dict[str, Any], problem: Problem | None) -> Response:
    return render(
        request, "own_client/application.html", fragment="content", private=True,
        status=problem.status if problem else 200, typed=typed, problem=problem, scopes=SCOPES,
    )  # fmt: skip


def chosen(form: FormData, name: str) -> list[str]:
    return [str(each) for each in form.getlist(name)]


@router.get("/app")
async def own_page(request: Request, api: ApiDep) -> Response:
    return await own(request, api)


async def own(
    request: Request, api: Api, problem: Problem | None = None, told: dict[str, str] | None = None
) -> Response:
    """`told` is a key or a secret, shown this once."""
    if not visit().app:
        return RedirectResponse("/sign-in/app", 303)
    keys = (await api.get("api-keys", limit="200"))["items"]
    client_no = keys[0]["client_no"]
    client = await api.get("api-clients", client_no)
    usage = await api.get("api-clients", client_no, "usage")
    hooks = []
    if "webhooks:manage" in client["scopes"] and client["state"] == "active":
        hooks = (await api.get("webhooks", limit="200"))["items"]
    return render(
        request, "own_client/app.html", fragment="content", private=True,
        status=problem.status if problem else 200,
        client=client, keys=keys, usage=usage, hooks=hooks, problem=problem, told=told,
    )  # fmt: skip


@router.post("/app/keys")
async def make_key_form(request: Request, api: ApiDep) -> Response:
    form = await request.form()
    fields = given(form)
    body: dict[str, Any] = {"label": fields.get("label", ""), "scopes": chosen(form, "scopes")}
    body["kind"] = fields.get("kind", "live")
    body["addresses"] = fields.get("addresses", "").split()
    body["expires_on"] = fields.get("expires_on")
    return await done(request, api, "key", "api-keys", **body)


@router.post("/app/keys/{key_id}/{step}")
async def key_form(key_id: str, step: KeyStep, request: Request, api: ApiDep) -> Response:
    fields = given(await request.form())
    hours = {"overlap_hours": int(fields.get("overlap_hours", "24"))} if step == "rotations" else {}
    return await done(request, api, "key", "api-keys", key_id, step, **hours)


@router.post("/app/webhooks")
async def webhook_form(request: Request, api: ApiDep) -> Response:
    fields = given(await request.form())
    events = fields.get("events", "").split()
    return await done(request, api, "secret", "webhooks", url=fields.get("url", ""), events=events)


@router.get("/app/webhooks/{number}")
async def deliveries_page(number: str, request: Request, api: ApiDep) -> Response:
    wanted = {k: v for k, v in request.query_params.items() if v}
    hook = await api.get("webhooks", number)
    page = await api.get("webhooks", number, "deliveries", **wanted)
    return render(
        request, "own_client/deliveries.html", fragment="content", private=True,
        hook=hook, page=page, wanted=wanted,
    )  # fmt: skip


@router.get("/app/webhooks/{number}/{message_id}")
async def delivery_page(number: str, message_id: str, request: Request, api: ApiDep) -> Response:
    delivery = await api.get("webhooks", number, "deliveries", message_id)
    return render(
        request, "own_client/delivery.html", fragment="content", private=True,
        number=number, delivery=delivery,
    )  # fmt: skip


@router.post("/app/webhooks/{number}/{step}")
async def webhook_step_form(number: str, step: HookStep, request: Request, api: ApiDep) -> Response:
    fields = given(await request.form())
    body = {"message_id": fields.get("message_id", "")} if step == "redeliveries" else {}
    if step not in ("pings", "redeliveries"):
        return await done(request, api, "secret", "webhooks", number, step, **body)
    try:
        await act(request, api, "webhooks", number, step, **body)
    except Problem as problem:
        return await own(request, api, problem)
    return RedirectResponse(f"/developers/app/webhooks/{number}", 303)


async def done(request: Request, api: Api, kind: str, /, *path: str, **body: Any) -> Response:
    """What is told once stands on the page that answers; anything else leads back to it."""
    try:
        made = await act(request, api, *path, **body)
    except Problem as problem:
        return await own(request, api, problem)
    if kind not in made:
        return RedirectResponse("/developers/app", 303)
    if made.get("kind") == "own":  # the browser goes on under the new key
        reply = render(
            request, "own_client/applied.html", fragment="content", private=True,
            client=made, key=made["key"],
        )  # fmt: skip
        keep(reply, made["key"])
        return reply
    return await own(request, api, told={"kind": kind, "text": made[kind]})
