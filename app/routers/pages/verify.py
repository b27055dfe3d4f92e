"""Verify an officer at the door; a second one makes a team. Nothing of it is kept.

The answer comes to the POST itself: redirecting to it would put a person's name into an address,
and so into histories and logs. Asking again with the browser's reload is right: the state of this
moment is what counts.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from app.client import Api, ApiDep, Problem
from app.html import render

router = APIRouter(prefix="/verify")
Given = Annotated[str, Form(max_length=100)]


@router.get("")
async def verify_page(request: Request, certificate_no: str = "") -> Response:
    return show(request, asked={"certificate_no": certificate_no, "name": ""})


@router.post("")
async def verify_form(
    request: Request,
    api: ApiDep,
    certificate_no: Given = "",
    name: Given = "",
    first_no: Given = "",
    first_name: Given = "",
) -> Response:
    asked = {"certificate_no": certificate_no.strip(), "name": name.strip()}
    first = {"certificate_no": first_no, "name": first_name} if first_no else None
    if not all(asked.values()):
        return show(request, asked=asked, first=first, missing=True, status=422)
    try:
        return await answered(request, api, asked, first)
    except Problem as problem:
        if problem.status != 422:
            raise
        return show(request, asked=asked, first=first, missing=True, status=422)


async def answered(
    request: Request, api: Api, asked: dict[str, str], first: dict[str, str] | None
) -> Response:
    if first is None:
        reply = await api.post("verifications", **asked, receipt=True)
        return show(request, asked=asked, reply=reply)
    team = await api.post("team-verifications", officers=[first, asked])
    return show(request, asked=asked, first=first, reply=team["results"][1], team=team)


@router.get("/{token}")
async def verify_token_page(token: str, request: Request, api: ApiDep) -> Response:
    reply = await api.post("verifications", token=token, receipt=True)
    known = {name: reply[name] or "" for name in ("certificate_no", "name")}
    return show(request, asked=known, reply=reply, coded=True)


BLANK: dict[str, Any] = {
    "reply": None, "team": None, "first": None, "missing": False, "coded": False,
}  # fmt: skip


def show(request: Request, *, status: int = 200, **context: Any) -> Response:
    shown = {
        "reply": None,
        "team": None,
        "first": None,
        "missing": False,
        "coded": False,
        **context,
    }
    page = render(request, "verify/verify.html", fragment="content", status=status, **shown)
    page.headers["Cache-Control"] = "no-store"
    return page
