"""The same request twice has one effect, and both times the same answer."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, col, func, select

from app.models.changes import LedgerEntry
from app.models.idempotency import IdempotencyRecord
from tests.staff import bearer

GRANTS = "/api/v1/role-grants"
FACTORS = "/api/v1/accounts/hr/second-factors"
REPLAYED = "idempotency-replayed"
GRANT = {"username": "liaison", "role": "improvement_office"}


def begun(session: Session) -> int:
    act = col(LedgerEntry.act) == "account.second_factor_begun"
    return session.exec(select(func.count()).select_from(LedgerEntry).where(act)).one()


def grant(visitor: TestClient, who: dict[str, str], key: str, **body: Any) -> Any:
    return visitor.post(GRANTS, json=body or GRANT, headers={**who, "Idempotency-Key": key})


def test_the_same_request_twice_is_answered_alike(visitor: TestClient) -> None:
    who = bearer(visitor, "system")
    first, second = grant(visitor, who, "k-1"), grant(visitor, who, "k-1")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert (REPLAYED in first.headers, second.headers[REPLAYED]) == (False, "true")


def test_another_request_under_the_same_key_is_refused(visitor: TestClient) -> None:
    who = bearer(visitor, "system")
    grant(visitor, who, "k-1")
    reply = grant(visitor, who, "k-1", username="hr", role="improvement_office")
    assert (reply.status_code, reply.json()["code"]) == (422, "idempotency.other_request")


def test_a_key_belongs_to_its_caller(visitor: TestClient) -> None:
    grant(visitor, bearer(visitor, "system"), "k-1")
    reply = grant(visitor, bearer(visitor, "system2"), "k-1")
    assert (reply.status_code, REPLAYED in reply.headers) == (409, False)


def test_a_refusal_is_not_kept(visitor: TestClient) -> None:
    who = bearer(visitor, "system")
    assert grant(visitor, who, "k-1", username="nobody", role="auditor").status_code == 404
    assert grant(visitor, who, "k-1").status_code == 201


@pytest.mark.parametrize("key", ["", "a b", "x" * 256])
def test_a_key_is_visible_and_not_long(visitor: TestClient, key: str) -> None:
    assert grant(visitor, bearer(visitor, "system"), key).status_code == 422


def test_fifty_posts_of_one_key_have_one_effect(visitor: TestClient, session: Session) -> None:
    headers = {**bearer(visitor, "hr"), "Idempotency-Key": "k-50"}
    with ThreadPoolExecutor(50) as many:
        replies = list(many.map(lambda _: visitor.post(FACTORS, headers=headers), range(50)))
    made = [reply for reply in replies if reply.status_code == 201]
    assert {reply.status_code for reply in replies} <= {201, 409}
    assert sum(REPLAYED not in reply.headers for reply in made) == 1
    assert len({reply.text for reply in made}) == 1
    assert begun(session) == 1


def test_what_is_kept_tells_nothing_to_who_reads_the_database(
    visitor: TestClient, session: Session
) -> None:
    headers = {**bearer(visitor, "hr"), "Idempotency-Key": "k-1"}
    secret = visitor.post(FACTORS, headers=headers).json()["secret"]
    assert secret.encode() not in session.exec(select(IdempotencyRecord)).one().answer
