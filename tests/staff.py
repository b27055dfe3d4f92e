"""Signing in as the demo city's officials."""

from typing import Any

import pyotp
from fastapi.testclient import TestClient

from app import secrets
from app.config import DEMO_PASSWORD, DEMO_TOTP, now
from app.demo.accounts import FOUNDERS, PEOPLE
from app.rules.accounts import CONFIRMING

SESSIONS = "/api/v1/sessions"
CONFIRMERS = {name for name, *_ in FOUNDERS} | {
    name for name, _, _, role, _ in PEOPLE if role in CONFIRMING
}
EVERYBODY = [name for name, *_ in (*FOUNDERS, *PEOPLE)]


def code(secret: str = DEMO_TOTP) -> str:
    return pyotp.TOTP(secret).at(int(now().timestamp()))


def sign_in(visitor: TestClient, username: str, **more: Any) -> Any:
    return visitor.post(SESSIONS, json={"username": username, "password": DEMO_PASSWORD, **more})


def bearer(visitor: TestClient, username: str) -> dict[str, str]:
    """The header of somebody's fresh session, with the second factor where it is asked for."""
    more = {"code": code()} if username in CONFIRMERS else {}
    return {"Authorization": f"Bearer {sign_in(visitor, username, **more).json()['token']}"}


def ours(browser: TestClient) -> dict[str, str]:
    """What a page of ours puts into every form of the session."""
    return {"form_token": secrets.form_token(browser.cookies["token"])}
