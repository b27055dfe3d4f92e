"""An officer as the offices read it: cards, how it was on a day, and everything in the ledger."""

from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.acts import appeals
from app.db import Database
from app.models.officers import Officer
from app.rules.appeals import Act as AppealAct
from tests.acts import campaign as small
from tests.api.test_suspension_orders import on
from tests.staff import bearer

OFFICERS = "/api/v1/officers"
SUSPENDED = f"{OFFICERS}/LC1200030"


def card_on(visitor: TestClient, day: str) -> Any:
    found = visitor.get(SUSPENDED, params={"as_of": day}, headers=bearer(visitor, "audit")).json()
    assert found["then"]["qualification"] == {"active": "qualified"}.get(
        found["cards"][0]["then"]["status"], found["cards"][0]["then"]["status"]
    )
    return found["cards"][0]["then"]["status"]


def test_how_a_card_was_on_a_day(visitor: TestClient) -> None:
    assert card_on(visitor, "2025-11-16") == "active"
    assert card_on(visitor, "2025-11-17") == "suspended"


def test_to_another_unit_there_is_no_such_officer(visitor: TestClient) -> None:
    foreign, nobody = f"{OFFICERS}/LC2000001", f"{OFFICERS}/LC0000000"
    head = bearer(visitor, "unit12")
    replies = [visitor.get(path, headers=head) for path in (foreign, nobody)]
    assert [each.status_code for each in replies] == [404, 404]
    bodies = [each.json() for each in replies]
    assert {each["code"] for each in bodies} == {"record.not_found"}
    assert len({each["detail"] for each in bodies}) == 1
    assert visitor.get(f"{foreign}/entries", headers=head).status_code == 404
    own = visitor.get(OFFICERS, params={"limit": "200"}, headers=head).json()["items"]
    assert {each["department"]["code"] for each in own} == {"12"}


@pytest.mark.parametrize("word", ["LC1200030", "99018112030"])
def test_an_officer_is_found_by_number_card_and_name(visitor: TestClient, word: str) -> None:
    head = bearer(visitor, "hr")
    found = visitor.get(OFFICERS, params={"person": word}, headers=head).json()["items"]
    assert [each["officer_no"] for each in found] == ["LC1200030"]
    named = {"person": found[0]["name"], "department": "12"}
    again = visitor.get(OFFICERS, params=named, headers=head).json()["items"]
    assert found[0] in again


def revoked(office: small.Office) -> str:
    with office.day(small.EFFECTIVE) as desk:
        line = small.line_of(desk)
        appeals.take_up(desk, appeals.file(desk, line, "x"), [small.PANEL])
        number = desk.one(Officer, id=line.officer_id).officer_no
    with office.day(date(2026, 5, 20), small.PANEL) as desk:
        appeals.decide(desk, appeals.of(desk, small.line_of(desk))[0], AppealAct.REVOKE, "x")
    return number


def test_what_an_appeal_took_back_is_still_known(
    visitor: TestClient, opened: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Law of today: never suspended. Known on that day: suspended."""
    office = small.Office(opened.writer)
    small.suspended(office)
    number = revoked(office)
    on(monkeypatch, "2026-06-15")
    asked = {"as_of": small.EFFECTIVE.isoformat()}
    head = bearer(visitor, "audit")
    then = visitor.get(f"{OFFICERS}/{number}", params=asked, headers=head).json()["cards"][0]
    assert then["then"] == {"status": "active", "known_then": "suspended"}
