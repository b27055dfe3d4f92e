"""Signing in and out."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from app import secrets
from app.client import ApiDep, Problem
from app.config import DEMO_ACCOUNTS, DEMO_PASSWORD, DEMO_TOTP, now, settings
from app.forms import inside
from app.html import render

router = APIRouter()
Given = Annotated[str, Form(max_length=200)]


@router.get("/sign-in")
async def sign_in_page(request: Request, next: str = "/work") -> Response:
    return shown(request, next=inside(next))


@router.post("/sign-in")
async def sign_in_form(
    request: Request,
    api: ApiDep,
    username: Given = "",
    password: Given = "",
    code: Given = "",
    next: Given = "/work",
) -> Response:
    words = {"username": username.strip(), "password": password, "code": code.strip() or None}
    api.headers.pop("Authorization", None)  # whoever signs in anew is nobody yet
    try:
        opened = await api.post("sessions", **words)
    except Problem as problem:
        return shown(
            request, next=inside(next), username=username, problem=problem, status=problem.status
        )
    reply = RedirectResponse(inside(next), 303)
    keep(reply, opened["token"])
    return reply


def keep(reply: Response, token: str) -> None:
    """Until the browser closes; no script reads it, and no other site sends it with a form."""
    secure = settings().public_url.startswith("https://")
    reply.set_cookie("token", token, httponly=True, samesite="lax", secure=secure)


@router.post("/sign-out")
async def sign_out_form(api: ApiDep) -> Response:
    try:
        own = await api.get("sessions")
        current = next(each["key"] for each in own["items"] if each["current"])
        await api.post("sessions", current, "endings")
    except Problem:
        pass  # it had ended already
    reply = RedirectResponse("/", 303)
    reply.delete_cookie("token")
    return reply


def shown(request: Request, *, status: int = 200, **context: Any) -> Response:
    told = {"username": "", "problem": None, "demo": None, **context}
    if settings().demo:
        code = secrets.totp_now(DEMO_TOTP, int(now().timestamp()))
        told["demo"] = {
            "password": DEMO_PASSWORD,
            "totp": DEMO_TOTP,
            "code": code,
            "accounts": DEMO_ACCOUNTS,
        }
    return render(
        request, "sign_in/sign_in.html", fragment="content", status=status, private=True, **told
    )
