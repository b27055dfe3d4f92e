"""Signing in and out, here or at the city's identity provider."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from app import secrets
from app.client import ApiDep, Problem
from app.config import DEMO_ACCOUNTS, DEMO_PASSWORD, DEMO_TOTP, now, settings
from app.forms import inside, keep
from app.html import render
from app.i18n import gettext, later
from app.single_sign_on import CALLBACK, LASTS

router = APIRouter()
JOURNEY: Final = "sign_on"
DECLINED: Final = later("sign_on.declined")
Told = Annotated[str, Query(max_length=4000)]
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


@router.get("/sign-in/provider")
async def leave_page(
    request: Request, api: ApiDep, next: Told = "/work", fresh: bool = False
) -> Response:
    """Send the browser away; what it needs to come back travels in a sealed cookie."""
    try:
        begun = await api.post("sign-ons", fresh=fresh)
    except Problem as problem:
        return shown(request, next=inside(next), problem=problem, status=problem.status)
    reply = RedirectResponse(begun["authorization_url"], 303)
    secure = settings().public_url.startswith("https://")
    kept = f"{begun['sealed']} {inside(next)}"
    reply.set_cookie(
        JOURNEY, kept, max_age=LASTS, httponly=True, samesite="lax", secure=secure, path="/sign-in"
    )
    return reply


@router.get(CALLBACK)
async def return_page(
    request: Request, api: ApiDep, state: Told = "", code: Told = "", iss: Told | None = None
) -> Response:
    """The provider sends people here; only the browser that left may come back."""
    sealed, _, next = request.cookies.get(JOURNEY, "").partition(" ")
    api.headers.pop("Authorization", None)  # whoever signs in anew is nobody yet
    try:
        if not code:
            detail = gettext(DECLINED)
            raise Problem({"status": 401, "code": DECLINED, "detail": detail, "errors": []})
        words = {"sealed": sealed, "state": state, "code": code, "iss": iss}
        opened = await api.post("sign-ons", "completions", **words)
    except Problem as problem:
        reply = shown(request, next=inside(next), problem=problem, status=problem.status)
    else:
        reply = RedirectResponse(inside(next), 303)
        keep(reply, opened["token"])
    reply.delete_cookie(JOURNEY, path="/sign-in")
    return reply


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


@router.get("/sign-in/app")
async def app_sign_in_page(request: Request) -> Response:
    """For the people of a third-party app: the key of its own page opens it."""
    return app_door(request)


@router.post("/sign-in/app")
async def app_sign_in_form(request: Request, api: ApiDep, key: Given = "") -> Response:
    api.headers["Authorization"] = f"Bearer {key.strip()}"
    try:
        await api.get("api-keys")
    except Problem as problem:
        return app_door(request, problem)
    reply = RedirectResponse("/developers/app", 303)
    keep(reply, key.strip())
    return reply


def app_door(request: Request, problem: Problem | None = None) -> Response:
    return render(
        request, "sign_in/app.html", fragment="content", private=True,
        status=problem.status if problem else 200, problem=problem,
    )  # fmt: skip
