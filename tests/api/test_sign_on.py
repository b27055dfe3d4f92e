"""Signing in at the city's identity provider: a real one, on loopback."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient

from app.config import settings
from tests.identity.provider import provider, signed_on
from tests.staff import bearer


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with provider(["pwd", "mfa"]) as address:
        yield address


@pytest.fixture
def offered(visitor: TestClient, issuer: str, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    told = {"ISSUER": issuer, "CLIENT_ID": "mingbai", "CLIENT_SECRET": "a secret of the tests"}
    for name, value in told.items():
        monkeypatch.setenv(f"MINGBAI_OIDC_{name}", value)
    monkeypatch.setenv("MINGBAI_PUBLIC_URL", "http://testserver")
    monkeypatch.setenv("MINGBAI_NOW", "")  # the provider's clock is the machine's
    settings.cache_clear()
    return visitor


@pytest.fixture
def linked(offered: TestClient) -> TestClient:
    """Somebody without a password here, whom the provider calls `lin`."""
    facts = {"username": "lin", "name": "林静", "post": "科长", "subject": "lin"}
    made = offered.post("/api/v1/accounts", json=facts, headers=bearer(offered, "system"))
    assert made.status_code == 201, made.text
    assert made.json()["single_sign_on"]
    return offered


def begun(visitor: TestClient, **asked: Any) -> dict[str, Any]:
    reply = visitor.post("/api/v1/sign-ons", json=asked)
    assert reply.status_code == 201, reply.text
    found: dict[str, Any] = reply.json()
    return found


def completed(visitor: TestClient, sealed: str, back: httpx2.URL, **changed: str) -> Any:
    told = {name: back.params[name] for name in ("state", "code", "iss")}
    return visitor.post("/api/v1/sign-ons/completions", json={"sealed": sealed, **told, **changed})


def carrying(opened: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {opened.json()['token']}"}


def test_who_is_linked_gets_in_and_needs_no_second_code(linked: TestClient) -> None:
    journey = begun(linked)
    back = signed_on(journey["authorization_url"], "lin")
    opened = completed(linked, journey["sealed"], back)
    assert opened.status_code == 201, opened.text
    mine = linked.get("/api/v1/sessions", headers=carrying(opened))
    assert mine.json()["account"]["username"] == "lin"
    assert [each["second_factor"] for each in mine.json()["items"]] == [True]


def test_a_code_opens_one_session(linked: TestClient) -> None:
    journey = begun(linked)
    back = signed_on(journey["authorization_url"], "lin")
    replies = [completed(linked, journey["sealed"], back) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [201, 401]
    assert replies[1].json()["code"] == "sign_on.unproven"


def test_who_is_not_linked_stays_outside(linked: TestClient) -> None:
    journey = begun(linked)
    reply = completed(linked, journey["sealed"], signed_on(journey["authorization_url"], "mallory"))
    assert (reply.status_code, reply.json()["code"]) == (401, "sign_on.no_account")


def test_another_journeys_answer_is_refused(linked: TestClient) -> None:
    """Somebody else's code, in a browser that began a journey of its own."""
    mine, theirs = begun(linked), begun(linked)
    back = signed_on(theirs["authorization_url"], "lin")
    foreign = completed(linked, mine["sealed"], back)
    assert (foreign.status_code, foreign.json()["code"]) == (401, "sign_on.foreign")
    own = httpx2.URL(mine["authorization_url"]).params["state"]
    forged = completed(linked, mine["sealed"], back, state=own)
    assert (forged.status_code, forged.json()["code"]) == (401, "sign_on.unproven")  # PKCE


@pytest.mark.parametrize("sealed", ["", "bm90IHNlYWxlZCBieSB1cyBhdCBhbGw=", "öä", "===="])
def test_what_was_not_sealed_here_is_refused(offered: TestClient, sealed: str) -> None:
    asked = {"sealed": sealed, "state": "x", "code": "y"}
    reply = offered.post("/api/v1/sign-ons/completions", json=asked)
    assert (reply.status_code, reply.json()["code"]) == (401, "sign_on.foreign")


def test_a_mix_up_of_providers_is_refused(linked: TestClient) -> None:
    journey = begun(linked)
    back = signed_on(journey["authorization_url"], "lin")
    reply = completed(linked, journey["sealed"], back, iss="https://evil.example")
    assert (reply.status_code, reply.json()["code"]) == (401, "sign_on.unproven")


def test_signing_in_afresh_counts_as_showing_the_password(linked: TestClient) -> None:
    journey = begun(linked, fresh=True)
    assert "prompt=login" in journey["authorization_url"]
    opened = completed(linked, journey["sealed"], signed_on(journey["authorization_url"], "lin"))
    reply = linked.post(
        "/api/v1/role-grants", json={"username": "hr", "role": "auditor"}, headers=carrying(opened)
    )
    assert reply.json()["code"] == "auth.role_missing"  # not a step-up: that was shown


def test_a_provider_that_is_down_is_said_so(
    offered: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGBAI_OIDC_ISSUER", "http://127.0.0.1:9")
    settings.cache_clear()
    reply = offered.post("/api/v1/sign-ons", json={})
    assert (reply.status_code, reply.json()["code"]) == (503, "sign_on.unreachable")
    assert reply.headers["Retry-After"]
    page = offered.get("/sign-in/provider")
    assert page.status_code == 503
    assert "identity provider" in page.text


def test_without_a_provider_there_is_no_such_door(visitor: TestClient) -> None:
    reply = visitor.post("/api/v1/sign-ons", json={})
    assert (reply.status_code, reply.json()["code"]) == (404, "sign_on.not_offered")
    assert "/sign-in/provider" not in visitor.get("/sign-in").text


def test_on_the_site_one_goes_there_and_comes_back(linked: TestClient) -> None:
    assert 'href="/sign-in/provider' in linked.get("/sign-in").text
    left = linked.get("/sign-in/provider", params={"next": "/account"})
    assert left.status_code == 303
    back = signed_on(left.headers["location"], "lin")
    arrived = linked.get(f"/sign-in/callback?{back.query.decode()}")
    assert (arrived.status_code, arrived.headers["location"]) == (303, "/account")
    assert linked.get("/account").status_code == 200


def test_another_browser_may_not_come_back_with_it(linked: TestClient) -> None:
    left = linked.get("/sign-in/provider")
    back = signed_on(left.headers["location"], "lin")
    linked.cookies.clear()
    arrived = linked.get(f"/sign-in/callback?{back.query.decode()}")
    assert arrived.status_code == 401
    assert "token" not in arrived.cookies


def test_who_declines_is_told_so(offered: TestClient) -> None:
    offered.get("/sign-in/provider")
    page = offered.get("/sign-in/callback?error=access_denied&state=x")
    assert page.status_code == 401
    assert "was not completed" in page.text
