"""What staff see: the door, their own account, and acts that two people do."""

import re

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from app.config import DEMO_ACCOUNTS, DEMO_PASSWORD, settings
from app.demo.accounts import FOUNDERS, PEOPLE
from app.routers.pages import ROOMS
from tests.staff import CONFIRMERS, code

FORM = re.compile(r'name="form_token" value="([0-9a-f]{64})"')
STAFF = ("/work", "/account", "/accounts", "/accounts/hr", "/role-grants")
GRANT = {"role": "improvement_office"}


def form_token(visitor: TestClient) -> str:
    found = FORM.search(visitor.get("/account").text)
    assert found is not None
    return found[1]


def enter(visitor: TestClient, username: str) -> str:
    """Sign in as a person does; return what every form of the session carries."""
    words = {"username": username, "password": DEMO_PASSWORD}
    more = {"code": code()} if username in CONFIRMERS else {}
    reply = visitor.post("/sign-in", data={**words, **more, "next": "/work"})
    assert (reply.status_code, reply.headers.get("location")) == (303, "/work")
    return form_token(visitor)


def test_the_cookie_is_for_no_script_and_no_other_site(visitor: TestClient) -> None:
    words = {"username": "hr", "password": DEMO_PASSWORD}
    cookie = visitor.post("/sign-in", data=words).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_over_https_the_cookie_is_secure(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGBAI_PUBLIC_URL", "https://register.example")
    settings.cache_clear()
    words = {"username": "hr", "password": DEMO_PASSWORD}
    assert "secure" in visitor.post("/sign-in", data=words).headers["set-cookie"].lower()


@pytest.mark.parametrize("path", STAFF)
def test_whoever_is_not_signed_in_is_led_to_the_door_and_back(
    visitor: TestClient, path: str
) -> None:
    reply = visitor.get(path)
    assert (reply.status_code, reply.headers["location"][:9]) == (303, "/sign-in?")
    assert "next=%2F" in reply.headers["location"]


@pytest.mark.parametrize("next", ["//evil.example", "https://evil.example", "/\\evil", "x"])
def test_nobody_is_led_to_another_site(visitor: TestClient, next: str) -> None:
    words = {"username": "hr", "password": DEMO_PASSWORD, "next": next}
    assert visitor.post("/sign-in", data=words).headers["location"] == "/work"


def test_a_wrong_password_is_told_without_saying_what_was_wrong(visitor: TestClient) -> None:
    reply = visitor.post("/sign-in", data={"username": "hr", "password": "wrong"})
    assert (reply.status_code, "token" in reply.cookies) == (401, False)
    assert 'value="hr"' in reply.text


@pytest.mark.parametrize("demo", ["true", "false"])
def test_the_demos_accounts_are_shown_in_the_demo_only(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch, demo: str
) -> None:
    monkeypatch.setenv("MINGBAI_DEMO", demo)
    settings.cache_clear()
    assert (DEMO_PASSWORD in visitor.get("/sign-in").text) == (demo == "true")


def test_the_accounts_shown_are_those_that_are_there() -> None:
    there = [(name, role.value) for name, _, _, role, _ in PEOPLE]
    assert sorted(DEMO_ACCOUNTS) == sorted([*there, *((name, "sysadmin") for name, _ in FOUNDERS)])


@pytest.mark.parametrize("path", STAFF)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_staff_page_stands_and_is_kept_by_nobody(
    visitor: TestClient, path: str, language: str
) -> None:
    enter(visitor, "system")
    reply = visitor.get(path, headers={"Accept-Language": language})
    assert (reply.status_code, reply.headers["cache-control"]) == (200, "no-store")


def test_a_role_is_granted_by_two_people(visitor: TestClient) -> None:
    token = enter(visitor, "system")
    asked = {"form_token": token, "act_key": "k-1", **GRANT}
    for _ in range(2):  # a double click
        assert visitor.post("/accounts/liaison/role-grants", data=asked).status_code == 303
    visitor.cookies.clear()
    token = enter(visitor, "system2")
    assert "liaison-2" in visitor.get("/work").text
    reply = visitor.post("/role-grants/liaison-2/confirmations", data={"form_token": token})
    assert reply.status_code == 303
    assert "Business environment office" in visitor.get("/accounts/liaison").text


def test_a_stale_session_is_asked_for_the_password_again(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = enter(visitor, "system")
    monkeypatch.setenv("MINGBAI_NOW", "2026-03-31T09:45:00+08:00")
    settings.cache_clear()
    asked = {"form_token": token, **GRANT}
    reply = visitor.post("/accounts/liaison/role-grants", data=asked)
    assert (reply.status_code, "step_up_password" in reply.text) == (403, True)
    asked |= {"step_up_password": DEMO_PASSWORD, "step_up_code": code()}
    assert visitor.post("/accounts/liaison/role-grants", data=asked).status_code == 303


def unsafe() -> list[str]:
    routes = [each for room in ROOMS for each in room.router.routes]
    return [
        re.sub(r"\{[a-z_]+\}", "x", each.path)
        for each in routes
        if isinstance(each, APIRoute) and "POST" in (each.methods or ())
    ]


def test_no_other_site_can_send_a_form_of_a_session(visitor: TestClient) -> None:
    token = enter(visitor, "system")
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    plain = {"Sec-Fetch-Site": "", "Origin": "https://evil.example"}
    for path in unsafe():
        for data, headers in (
            ({"form_token": token}, foreign),
            ({"form_token": token}, plain),
            ({"form_token": "0" * 64}, {}),
            ({}, {}),
        ):
            assert visitor.post(path, data=data, headers=headers).status_code == 403, path


def test_signing_out_ends_the_session_itself(visitor: TestClient) -> None:
    token = enter(visitor, "hr")
    bearer = {"Authorization": f"Bearer {visitor.cookies['token']}"}
    visitor.post("/sign-out", data={"form_token": token})
    assert visitor.get("/api/v1/sessions", headers=bearer).status_code == 401
