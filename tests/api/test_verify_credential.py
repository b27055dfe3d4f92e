"""Verification: eight results, one answer for every kind of no, and the rule of two."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from app.db import Database
from tests.all_databases import new_database as new_database

VERIFY = "/api/v1/verifications"


@pytest.fixture
def roster(visitor: TestClient) -> dict[str, str]:
    found: dict[str, str] = {}
    for unit in ("04", "12", "13", "15", "18", "20", "28", "32"):
        path = f"/api/v1/departments/{unit}/officers?limit=200"
        found |= {e["certificate_no"]: e["name"] for e in visitor.get(path).json()["items"]}
    return found


def ask(visitor: TestClient, **body: Any) -> dict[str, Any]:
    reply = visitor.post(VERIFY, json=body)
    assert reply.status_code == 200, reply.text
    assert reply.headers["cache-control"] == "no-store"
    answer: dict[str, Any] = reply.json()
    return answer


@pytest.mark.parametrize(
    ("number", "result"),
    [
        ("99018112001", "valid"),
        ("99018113021", "suspended"),
        ("99018112003", "expired"),
        ("99018132041", "recovered"),
        ("99018112088", "lost"),
        ("99018113010", "lost"),
        ("99018115007", "recovered"),
        ("99018104011", "not_yet_valid"),
        ("YC13990181001", "valid"),
    ],
)
def test_each_state_is_told(
    visitor: TestClient, roster: dict[str, str], number: str, result: str
) -> None:
    reply = ask(visitor, certificate_no=number, name=roster[number])
    assert reply["result"] == result
    annotated = reply["locally_suspended_since"] is not None
    assert reply["may_enforce"] is (result == "valid" and not annotated)
    assert annotated is number.startswith("YC")


def test_unknown_number_and_wrong_name_read_the_same(visitor: TestClient) -> None:
    replies = [
        ask(visitor, certificate_no="99018112001", name="司马"),
        ask(visitor, certificate_no="00000000000", name="司马"),
        ask(visitor, token="0" * 32),
    ]
    assert replies[0]["result"] == "no_match"
    assert replies[0] == replies[1] == replies[2]


def test_why_is_given_in_rule_order(visitor: TestClient, roster: dict[str, str]) -> None:
    reply = ask(
        visitor, certificate_no="99018112001", name=roster["99018112001"], area_code="110101",
        power="交通运输",
    )  # fmt: skip
    assert [(r["rule"], r["ok"]) for r in reply["why"]] == [
        ("qualification", True), ("employment", True), ("unit", True), ("area", False),
        ("category", False),
    ]  # fmt: skip
    assert (reply["result"], reply["may_enforce"]) == ("valid", False)


def test_an_earlier_day_is_answered_from_the_events(
    visitor: TestClient, roster: dict[str, str]
) -> None:
    asked = {"certificate_no": "99018113021", "name": roster["99018113021"]}
    assert ask(visitor, **asked, on="2026-03-11")["result"] == "valid"
    assert ask(visitor, **asked, on="2026-03-12")["result"] == "suspended"


@pytest.mark.parametrize(
    ("numbers", "valid"),
    [
        (["99018112001", "99018112002"], True),
        (["99018112001", "99018112001"], False),
        (["99018112001", "99018113021"], False),
        (["99018112001", "99018120001"], False),
        (["99018118001", "99018120001"], True),
    ],
)
def test_a_team_needs_two_of_one_unit_or_joint_action(
    visitor: TestClient, roster: dict[str, str], numbers: list[str], valid: bool
) -> None:
    officers = [{"certificate_no": number, "name": roster[number]} for number in numbers]
    reply = visitor.post("/api/v1/team-verifications", json={"officers": officers})
    assert (reply.status_code, reply.json()["team_valid"]) == (200, valid)


@pytest.mark.parametrize(
    "written", ["９９０１８１１２００１", " 990 181 12001 ", "990\u300018112001"]
)
def test_a_number_may_be_typed_in_any_width(
    visitor: TestClient, roster: dict[str, str], written: str
) -> None:
    reply = ask(visitor, certificate_no=written, name=roster["99018112001"][0])
    assert (reply["result"], reply["certificate_no"]) == ("valid", "99018112001")


def test_a_card_of_a_ministry_names_its_issuer(visitor: TestClient, roster: dict[str, str]) -> None:
    reply = ask(visitor, certificate_no="yc13990181001", name=roster["YC13990181001"])
    assert reply["scheme"] == "ministry"
    assert reply["issuer"]
    assert ask(visitor, certificate_no="0", name="x")["issuer"] is None


@pytest.mark.parametrize(("on", "result"), [("2000-01-01", "no_match"), ("9999-12-31", "expired")])
def test_a_day_before_the_card_or_after_it(
    visitor: TestClient, roster: dict[str, str], on: str, result: str
) -> None:
    reply = ask(visitor, certificate_no="99018112001", name=roster["99018112001"], on=on)
    assert (reply["result"], reply["may_enforce"], reply["on"]) == (result, False, on)


@pytest.mark.parametrize("on", [None, "2026-01-15"])
def test_unknown_number_and_wrong_name_cost_the_same(
    visitor: TestClient, opened: Database, on: str | None
) -> None:
    asked: list[str] = []
    event.listen(opened.reserved, "before_cursor_execute", lambda *args: asked.append(args[2]))
    counts = []
    ask(visitor, certificate_no="0", name="x")  # who is shut out is looked up every few seconds
    for number in ("99018112001", "00000000000"):
        asked.clear()
        ask(visitor, certificate_no=number, name="司马", on=on)
        counts.append(len(asked))
    assert counts == [1, 1]
