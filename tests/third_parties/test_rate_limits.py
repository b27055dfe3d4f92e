"""How much a key or an address may ask; verification stays free of whoever asks too much."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.config import settings
from app.db import Database
from app.rate_counts import OwnCounter, SharedCounter
from tests.clients_at_work import API, App, let_in, signed_in
from tests.conftest import NewDatabase

VERIFY = f"{API}/verifications"
WHO = {"certificate_no": "1", "name": "x"}


@contextmanager
def limits(monkeypatch: pytest.MonkeyPatch, **quotas: int) -> Iterator[None]:
    for name, quota in quotas.items():
        monkeypatch.setenv(f"MINGBAI_{name.upper()}", str(quota))
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_what_is_left_is_told_with_every_answer(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with limits(monkeypatch, limit_reads=3):
        replies = [visitor.get(f"{API}/departments?limit={n}") for n in (1, 2, 3, 4)]
    assert [each.status_code for each in replies] == [200, 200, 200, 429]
    told = [each.headers["ratelimit"].split(";")[1] for each in replies]
    assert told == ["r=2", "r=1", "r=0", "r=0"]
    refused = replies[-1]
    assert refused.headers["ratelimit-policy"] == '"reads";q=3;w=60'
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.json()["code"] == "limits.exceeded"
    assert refused.headers["content-type"] == "application/problem+json"


def test_an_answer_that_still_holds_costs_nothing(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with limits(monkeypatch, limit_reads=2):
        tag = visitor.get(f"{API}/departments").headers["etag"]
        kept = {"If-None-Match": tag}
        again = [visitor.get(f"{API}/departments", headers=kept) for _ in range(5)]
    assert {each.status_code for each in again} == {304}


def test_a_key_raises_the_limit_where_its_scopes_reach(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = let_in(visitor)
    with limits(monkeypatch, limit_reads=5, limit_keyed_reads=50):
        told = {
            path: app.get(path).headers["ratelimit-policy"] for path in ("/permits", "/leaders")
        }
    assert told == {"/permits": '"keyed-reads";q=50;w=60', "/leaders": '"reads";q=5;w=60'}


def test_verifications_are_counted_by_person_and_for_each_address(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGBAI_TRUSTED_PROXIES", '["testclient"]')
    with limits(monkeypatch, limit_verifications=4):
        from_one = {"X-Forwarded-For": "203.0.113.7"}
        team = visitor.post(
            f"{API}/team-verifications", json={"officers": [WHO] * 3}, headers=from_one
        )
        replies = [visitor.post(VERIFY, json=WHO, headers=from_one) for _ in range(2)]
        other = visitor.post(VERIFY, json=WHO, headers={"X-Forwarded-For": "203.0.113.8"})
    assert [each.status_code for each in (team, *replies, other)] == [200, 200, 429, 200]
    assert replies[1].headers["ratelimit-policy"] == '"verifications";q=4;w=60'
    assert "203.0.113" not in replies[1].text


def test_the_page_is_counted_for_its_visitor(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = {"certificate_no": "1", "name": "x"}
    with limits(monkeypatch, limit_verifications=2):
        pages = [visitor.post("/verify", data=form) for _ in range(3)]
    assert [each.status_code for each in pages] == [200, 200, 429]


def test_a_batch_answers_each_in_order(visitor: TestClient) -> None:
    app = let_in(visitor)
    officers = [WHO, {"token": "no such token"}] * 100
    reply = app.post("/verification-batches", officers=officers)
    assert (reply.status_code, len(reply.json()["results"])) == (200, 200)
    assert reply.headers["cache-control"] == "no-store"
    assert app.post("/verification-batches", officers=[*officers, WHO]).status_code == 422
    assert visitor.post(f"{API}/verification-batches", json={"officers": [WHO]}).status_code == 401


def harvest(app: App) -> list[Any]:
    return [app.post("/verification-batches", officers=[WHO] * 200) for _ in range(6)]


def test_a_harvest_is_slowed_alarmed_and_stopped_by_a_person(visitor: TestClient) -> None:
    app = let_in(visitor)
    assert [each.status_code for each in harvest(app)] == [200, 200, 200, 429, 429, 429]
    alarms = visitor.get(f"{API}/usage-alarms", headers=signed_in(visitor, "system")).json()
    (alarm,) = alarms["items"]
    assert (alarm["subject_kind"], alarm["subject_key"], alarm["state"]) == (
        "client", app.client_no, "open",
    )  # fmt: skip
    closing = {"stop": True, "reason": "一分钟内成批核验"}
    path = f"{API}/usage-alarms/{alarm['number']}/closings"
    headers = signed_in(visitor, "system")
    assert visitor.post(path, json=closing, headers=headers).json()["outcome"] == "stopped"
    assert app.get("/departments").json()["code"] == "api_client.not_active"
    assert visitor.post(path, json=closing, headers=headers).json()["code"] == "usage_alarm.closed"


def test_an_address_that_a_person_stopped_verifies_nobody(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with limits(monkeypatch, harvest_alarm=3):
        for _ in range(3):
            visitor.post(VERIFY, json=WHO)
        headers = signed_in(visitor, "justice")
        (alarm,) = visitor.get(f"{API}/usage-alarms", headers=headers).json()["items"]
        assert "testclient" not in str(alarm)
        path = f"{API}/usage-alarms/{alarm['number']}/closings"
        visitor.post(path, json={"stop": True, "reason": "x"}, headers=headers)
        reply = visitor.post(VERIFY, json=WHO)
        assert (reply.status_code, reply.json()["code"]) == (403, "limits.blocked")
        assert visitor.get(f"{API}/departments").status_code == 200


def test_applications_from_one_address_are_few(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.clients_at_work import APPLICATION

    with limits(monkeypatch, limit_applications=2):
        made = [visitor.post(f"{API}/api-clients", json=APPLICATION) for _ in range(3)]
    assert [each.status_code for each in made] == [201, 201, 429]


def test_a_window_that_is_over_begins_anew() -> None:
    moment = 1000.0
    counter = OwnCounter(lambda: moment)
    assert [counter.count("k", 60, 1).amount for _ in range(3)] == [1, 2, 3]
    moment = 1060.0
    assert counter.count("k", 60, 1) == (1, 1120.0)
    assert list(counter.windows) == ["k"]


@pytest.fixture
def on_postgresql(new_postgresql_18: NewDatabase, tmp_path: Any, monkeypatch: Any) -> Any:
    """For what only a database with many connections can show."""
    monkeypatch.setenv("MINGBAI_READERS", "4")
    settings.cache_clear()
    opened = Database(new_postgresql_18(tmp_path, "city"))
    yield opened
    opened.close()
    settings.cache_clear()


def test_several_processes_count_together(on_postgresql: Database) -> None:
    moment = 1000.0
    counters = [SharedCounter(on_postgresql.counter, lambda: moment) for _ in range(2)]
    assert [each.count("k", 60, 2).amount for each in counters * 2] == [2, 4, 6, 8]
    moment = 1061.0
    assert counters[1].count("k", 60, 1) == (1, 1121.0)


def test_readers_that_wait_do_not_hold_up_a_verification(on_postgresql: Database) -> None:
    def slow(connection: Any) -> float:
        return float(
            connection.execute(text("select extract(epoch from now()), pg_sleep(2)")).first()[0]
        )

    async def both() -> bool:
        crowd = [asyncio.create_task(on_postgresql.read(slow)) for _ in range(4)]
        await asyncio.sleep(0.2)
        await on_postgresql.read_reserved(lambda c: c.execute(text("select 1")).scalar())
        waiting = not any(each.done() for each in crowd)
        await asyncio.gather(*crowd)
        return waiting

    assert asyncio.run(both())
