"""Who did what, when and in which post; whether the chain holds; and who looked."""

from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.acts import personal_reads
from app.acts.desk import Desk as Office
from app.db import Database, transaction
from app.models.ledger_entries import LedgerEntryFilter
from tests.api.test_suspension_orders import on
from tests.staff import bearer

API = "/api/v1"
ORDER, SUSPENDED = "澜执资停〔2025〕1号", "LC1200030"
TOMORROW = date(2026, 4, 1)


def entries(visitor: TestClient, username: str = "audit", **wanted: str) -> Any:
    head = bearer(visitor, username)
    return visitor.get(f"{API}/ledger-entries", params=wanted, headers=head)


def test_the_auditor_asks_by_person(visitor: TestClient) -> None:
    told = entries(visitor, person=SUSPENDED, limit="200").json()["items"]
    assert {"officer", "credential", "registration", "suspension_line"} <= {
        each["subject_kind"] for each in told
    }
    last = [each["act"] for each in told if each["at"].startswith("2025-11-17")]
    assert last == ["suspension_line.effective", "credential.suspended", "officer.suspended"]
    assert {each["actor"] for each in told if each["at"].startswith("2025-11-17")} == {"登记系统"}


def test_the_auditor_asks_by_order_actor_act_and_day(visitor: TestClient) -> None:
    asked = {"order_no": ORDER, "act": "suspension_order", "actor": "市司法局"}
    told = entries(visitor, **asked, since="2025-11-14", until="2025-11-14").json()["items"]
    assert [each["act"] for each in told] == ["suspension_order.confirmed"]
    assert entries(visitor, **asked, until="2025-11-13").json()["items"] == []
    every = entries(visitor, order_no=ORDER, act="suspension_line.effective", limit="200").json()
    assert len(every["items"]) == 66


def test_every_filter_narrows(visitor: TestClient) -> None:
    """A filter that is taken and does nothing would show the auditor too much."""
    nothing = {"sort": None, "limit": None, "cursor": None}
    head = bearer(visitor, "audit")
    for name in LedgerEntryFilter.model_fields.keys() - nothing:
        value = "2035-01-01" if name == "since" else "2015-01-01" if name == "until" else "nobody"
        path = f"{API}/ledger-entries?{name}={value}"
        assert (name, visitor.get(path, headers=head).json()["items"]) == (name, [])


def test_a_sealed_part_is_read_by_auditors_and_the_look_is_kept(visitor: TestClient) -> None:
    head = bearer(visitor, "audit")
    asked = {"person": SUSPENDED, "act": "exam_result.entered"}
    seq = entries(visitor, **asked).json()["items"][0]["seq"]
    found = visitor.get(f"{API}/ledger-entries/{seq}", headers=head).json()
    assert found["sealed"]
    assert "salt" in found["private"]
    looks = visitor.get(f"{API}/personal-reads", headers=head).json()["items"]
    assert (looks[0]["actor"], looks[0]["subject_key"], looks[0]["persons"]) == (
        "audit", str(seq), 1,
    )  # fmt: skip
    assert looks[0]["on_behalf_of"] == "市审计局科长"


def test_the_chain_is_recomputed_and_the_run_is_entered(visitor: TestClient) -> None:
    head = bearer(visitor, "audit")
    told = visitor.post(f"{API}/ledger-verifications", headers=head).json()
    assert (told["whole"], told["faults"]) == (True, [])
    newest = visitor.get(f"{API}/changes?sort=-seq&limit=1").json()["items"][0]
    assert (newest["act"], newest["public"]["entries"]) == ("ledger.verified", told["entries"])


def test_a_broken_chain_is_told_in_words(visitor: TestClient, opened: Database) -> None:
    with opened.writer.begin() as connection:
        connection.execute(text("update ledger_entry set actor = 'nobody' where seq = 7"))
    head = {**bearer(visitor, "audit"), "Accept-Language": "zh-CN"}
    told = visitor.post(f"{API}/ledger-verifications", headers=head).json()
    assert not told["whole"]
    assert told["faults"][0] == {"code": "ledger.entry_altered", "detail": "第7条登记被改动。"}


def test_a_day_of_looks_is_sealed_and_an_altered_look_is_seen(
    visitor: TestClient, opened: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = bearer(visitor, "hr")
    for path in ("officers/LC1200030", "registrations?campaign=EX2025", "objections"):
        assert visitor.get(f"{API}/{path}", headers=head).status_code == 200
    on(monkeypatch, TOMORROW)
    with transaction() as session:
        assert personal_reads.seal(Office(session, "clock", TOMORROW), TOMORROW) == 1
    newest = visitor.get(f"{API}/changes?sort=-seq&limit=1").json()["items"][0]
    assert (newest["act"], newest["public"]["looks"]) == ("personal_read.sealed", 3)
    with opened.reader.connect() as connection:
        assert list(personal_reads.verify(connection)) == []
    with opened.writer.begin() as connection:
        connection.execute(text("delete from personal_read where subject_kind = 'officer'"))
    with opened.reader.connect() as connection:
        assert [each.code for each in personal_reads.verify(connection)] == ["ledger.looks_altered"]
