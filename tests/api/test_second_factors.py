"""A second factor: shown before it counts, counted once, and never weakened by beginning anew."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.config import DEMO_PASSWORD, settings
from tests.staff import SESSIONS, bearer, code, sign_in

FACTORS = "/api/v1/accounts/hr/second-factors"


def at(monkeypatch: pytest.MonkeyPatch, instant: str) -> None:
    monkeypatch.setenv("MINGBAI_NOW", instant)
    settings.cache_clear()


def enrol(visitor: TestClient, who: dict[str, str]) -> str:
    secret: str = visitor.post(FACTORS, headers=who).json()["secret"]
    return secret


def confirm(visitor: TestClient, who: dict[str, str], given: str) -> Any:
    return visitor.post(f"{FACTORS}/confirmations", json={"code": given}, headers=who)


def test_a_factor_counts_from_the_code_on(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = bearer(visitor, "hr")
    secret = enrol(visitor, who)
    assert sign_in(visitor, "hr").status_code == 201, "not shown yet, so not asked for"
    assert confirm(visitor, who, "000000").json()["code"] == "account.wrong_code"
    assert confirm(visitor, who, code(secret)).json()["second_factor"] is True
    assert sign_in(visitor, "hr").json()["code"] == "sign_in.code_missing"
    at(monkeypatch, "2026-03-31T09:31:00+08:00")
    assert sign_in(visitor, "hr", code=code(secret)).status_code == 201


def test_beginning_anew_leaves_the_old_one_in_force(visitor: TestClient) -> None:
    who = bearer(visitor, "justice")
    path = "/api/v1/accounts/justice/second-factors"
    assert visitor.post(path, headers=who).status_code == 201
    assert sign_in(visitor, "justice").json()["code"] == "sign_in.code_missing"


def test_a_code_of_the_next_half_minute_counts_once_too(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, "2026-03-31T09:30:30+08:00")
    early = code()
    at(monkeypatch, "2026-03-31T09:30:15+08:00")
    assert sign_in(visitor, "justice", code=early).status_code == 201
    at(monkeypatch, "2026-03-31T09:30:40+08:00")
    assert sign_in(visitor, "justice", code=early).json()["code"] == "sign_in.refused"


def test_a_new_password_ends_the_other_sessions(visitor: TestClient) -> None:
    here, there = bearer(visitor, "hr"), bearer(visitor, "hr")
    words = {"old": DEMO_PASSWORD, "new": "a longer sentence than before"}
    reply = visitor.post("/api/v1/accounts/hr/passwords", json=words, headers=here)
    assert reply.status_code == 201
    statuses = [visitor.get(SESSIONS, headers=who).status_code for who in (here, there)]
    assert statuses == [200, 401]
