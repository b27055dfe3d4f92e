"""What comes with a form of ours besides its fields."""

import hmac
from typing import Any, Final

from fastapi import Request, Response
from starlette.datastructures import FormData

from app import secrets
from app.client import Api, Problem
from app.config import settings
from app.edge import SAFE_METHODS
from app.i18n import gettext, later, visit

FOREIGN: Final = later("request.foreign_form")
HIDDEN: Final = {"form_token", "act_key", "step_up_password", "step_up_code"}


async def genuine(request: Request) -> None:
    """A form that acts for a session carries what only our own pages could write for it."""
    token = visit().token
    if request.method in SAFE_METHODS or not token:
        return
    given = str((await request.form()).get("form_token", ""))
    if not hmac.compare_digest(given.encode(), secrets.form_token(token).encode()):
        detail = gettext(FOREIGN)
        raise Problem({"status": 403, "code": FOREIGN, "detail": detail, "errors": []})


def text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def given(form: FormData) -> dict[str, str]:
    """The fields that were filled in."""
    found = {name: text(form, name) for name in form if name not in HIDDEN}
    return {name: value for name, value in found.items() if value}


async def act(request: Request, api: Api, /, *path: str, **fields: Any) -> Any:
    """Show the password that came along, if one was asked for; then act, once for this form."""
    form = await request.form()
    if password := str(form.get("step_up_password", "")):
        code = text(form, "step_up_code") or None
        await api.post("step-ups", password=password, code=code)
    return await api.act(text(form, "act_key"), *path, **fields)


def inside(address: str) -> str:
    """An address of this site, or the page where work begins: nobody is led elsewhere."""
    local = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if local and address.isprintable() else "/work"


def keep(reply: Response, token: str) -> None:
    """Until the browser closes; no script reads it, and no other site sends it with a form."""
    secure = settings().public_url.startswith("https://")
    reply.set_cookie("token", token, httponly=True, samesite="lax", secure=secure)
