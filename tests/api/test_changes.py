"""The change feed can be followed: no gap, no idle loop, and an end to waiting."""

import threading
import time
from itertools import pairwise
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from app.db import Database
from app.ledger import GENESIS
from tests.all_databases import new_database as new_database
from tests.factories import a_division

FEED = "/api/v1/changes"


def ask(visitor: TestClient, **query: Any) -> Any:
    reply = visitor.get(FEED, params=query)
    assert reply.status_code == 200, reply.text
    return reply.json()


@pytest.fixture
def head(visitor: TestClient) -> int:
    return int(ask(visitor, limit=1)["revision"])


def test_the_header_leads_through_the_feed(visitor: TestClient, head: int) -> None:
    reply = visitor.get(FEED, params={"after": head - 250, "limit": 100})
    seqs = [each["seq"] for each in reply.json()["items"]]
    while reply.links:
        reply = visitor.get(reply.links["next"]["url"])
        seqs += [each["seq"] for each in reply.json()["items"]]
    assert seqs == list(range(head - 249, head + 1))
    assert reply.json()["next_after"] == head


def test_a_narrowed_feed_goes_on_from_where_it_was_read(visitor: TestClient, head: int) -> None:
    page = ask(visitor, subject_kind="department,permit", after=head - 1, limit=200)
    assert (page["next_after"], page["has_more"]) == (head, False)
    nobody = ask(visitor, subject_kind="no_such_kind")
    assert (nobody["items"], nobody["next_after"]) == ([], head)


def test_what_comes_later_is_not_skipped_by_a_reader_ahead(visitor: TestClient, head: int) -> None:
    assert ask(visitor, after=head + 1000)["next_after"] == head + 1000


def test_waiting_ends_when_something_happens(
    visitor: TestClient, opened: Database, head: int
) -> None:
    def later() -> None:
        time.sleep(0.6)
        with Session(opened.writer) as session:
            a_division(session, "1")
            session.commit()

    threading.Thread(target=later).start()
    started = time.monotonic()
    page = ask(visitor, after=head, wait=20)
    assert 0.5 < time.monotonic() - started < 10
    assert [each["seq"] for each in page["items"]] == [head + 1]


def test_waiting_for_one_kind_is_not_ended_by_another(visitor: TestClient, head: int) -> None:
    started = time.monotonic()
    reply = visitor.get(FEED, params={"after": 1, "wait": 1, "subject_kind": "no_such_kind"})
    assert time.monotonic() - started > 0.9
    assert (reply.json()["items"], reply.headers["cache-control"]) == ([], "no-store")


def test_each_entry_carries_the_hash_of_the_one_before(visitor: TestClient, head: int) -> None:
    entries = ask(visitor, after=head - 100, limit=100)["items"]
    for before, after in pairwise(entries):
        assert after["prev_hash"] == before["hash"]
    assert visitor.get(f"{FEED}/{head}").json() == entries[-1]
    first = visitor.get(f"{FEED}/1").json()
    assert first["prev_hash"] == GENESIS


def test_an_entry_that_there_is_not_is_not_found(visitor: TestClient, head: int) -> None:
    assert visitor.get(f"{FEED}/{head + 1}").status_code == 404


@pytest.mark.parametrize("seq", ["0", "9" * 30, "-1", "none", "１"])
def test_what_is_no_number_of_an_entry_is_said_so(visitor: TestClient, seq: str) -> None:
    reply = visitor.get(f"{FEED}/{seq}")
    assert (reply.status_code, reply.json()["errors"][0]["pointer"]) == (422, "/seq")
