"""Signing in: two factors for whoever confirms, few tries, and nothing told to a stranger."""

import pytest
from fastapi.testclient import TestClient

from app.config import DEMO_PASSWORD
from tests.staff import SESSIONS, bearer, code, sign_in


def test_a_password_opens_a_session_of_ones_own(visitor: TestClient) -> None:
    reply = sign_in(visitor, "hr")
    assert (reply.status_code, reply.json()["account"]["roles"][0]["role"]) == (201, "hr_office")
    own = visitor.get(SESSIONS, headers=bearer(visitor, "hr")).json()
    assert [each["current"] for each in own["items"]].count(True) == 1
    assert own["last_signed_in_at"] is not None


def test_whoever_confirms_needs_a_second_factor(visitor: TestClient) -> None:
    reply = sign_in(visitor, "justice")
    assert (reply.status_code, reply.json()["code"]) == (401, "sign_in.code_missing")
    assert sign_in(visitor, "justice", code="000000").json()["code"] == "sign_in.refused"
    assert sign_in(visitor, "justice", code=code()).status_code == 201


def test_a_code_counts_once(visitor: TestClient) -> None:
    assert sign_in(visitor, "justice", code=code()).status_code == 201
    assert sign_in(visitor, "justice", code=code()).json()["code"] == "sign_in.refused"


def test_an_unknown_name_and_a_wrong_password_read_the_same(visitor: TestClient) -> None:
    replies = [
        visitor.post(SESSIONS, json={"username": name, "password": "wrong"}).json()
        for name in ("hr", "nobody")
    ]
    for reply in replies:
        reply.pop("request_id")
    assert replies[0] == replies[1]


def test_tries_are_few_for_a_name_and_forgotten_by_nobody(visitor: TestClient) -> None:
    for _ in range(10):
        visitor.post(SESSIONS, json={"username": "hr", "password": "wrong"})
    reply = sign_in(visitor, "hr")
    assert (reply.status_code, reply.json()["code"]) == (429, "sign_in.too_many")


@pytest.mark.parametrize("token", [None, "x", ""])
def test_no_token_is_told_how_to_bring_one(visitor: TestClient, token: str | None) -> None:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    reply = visitor.get(SESSIONS, headers=headers)
    assert reply.status_code == 401
    assert reply.headers["www-authenticate"].startswith("Bearer")


def test_an_ended_session_opens_nothing(visitor: TestClient) -> None:
    headers = bearer(visitor, "hr")
    own = visitor.get(SESSIONS, headers=headers).json()["items"]
    key = next(each["key"] for each in own if each["current"])
    assert visitor.post(f"{SESSIONS}/{key}/endings", headers=headers).status_code == 201
    assert visitor.get(SESSIONS, headers=headers).json()["code"] == "auth.invalid"


def test_a_role_that_is_missing_is_named(visitor: TestClient) -> None:
    reply = visitor.get("/api/v1/accounts", headers=bearer(visitor, "hr"))
    assert (reply.status_code, reply.json()["code"]) == (403, "auth.role_missing")
    assert reply.json()["errors"][0]["detail"] == "sysadmin"


def test_a_role_takes_two_people(visitor: TestClient) -> None:
    system = bearer(visitor, "system")
    wanted = {"username": "audit", "role": "discipline"}
    made = visitor.post("/api/v1/role-grants", json=wanted, headers=system).json()
    path = f"/api/v1/role-grants/{made['number']}/confirmations"
    assert visitor.post(path, headers=system).json()["code"] == "act.same_person"
    other = bearer(visitor, "system2")
    assert visitor.post(path, headers=other).json()["state"] == "active"


def test_hr_does_not_confirm_and_the_system_does_not_decide(visitor: TestClient) -> None:
    system = bearer(visitor, "system")
    for role in ("legal_supervisor", "sysadmin", "auditor"):
        wanted = {"username": "hr", "role": role}
        reply = visitor.post("/api/v1/role-grants", json=wanted, headers=system)
        assert (reply.status_code, reply.json()["code"]) == (409, "role_grant.roles_exclude")


def test_a_password_of_ones_own_name_is_weak(visitor: TestClient) -> None:
    path, given = "/api/v1/accounts/hr/passwords", {"old": DEMO_PASSWORD, "new": "hr-hr-hr-hr-hr"}
    reply = visitor.post(path, json=given, headers=bearer(visitor, "hr"))
    assert reply.json()["code"] == "account.password_weak"


def test_nobody_changes_anothers_password(visitor: TestClient) -> None:
    given = {"old": DEMO_PASSWORD, "new": "another long password"}
    reply = visitor.post(
        "/api/v1/accounts/justice/passwords", json=given, headers=bearer(visitor, "hr")
    )
    assert (reply.status_code, reply.json()["code"]) == (403, "auth.not_yours")
