"""What an order's papers say, to whom, and that a notice was served."""

from fastapi.testclient import TestClient

from app.db import Database
from tests.acts import campaign as small
from tests.api.test_suspension_orders import DONE, MADE, Desk


def test_periods_are_counted_from_their_day_by_the_law_of_the_order(visitor: TestClient) -> None:
    papers = Desk(visitor, "hr").read(f"{DONE}/papers").json()
    told = {each["key"]: each for each in papers["periods"]}
    appeal, back = told["suspension.appeal"], told["officer.recovery"]
    assert (appeal["sum"]["start"], appeal["sum"]["due"]) == ("2025-11-17", "2025-12-01")
    assert (back["sum"]["due"], back["basis"]) == ("2025-11-24", "地方执法证件管理规定")
    assert (told["reinstatement.hours"]["value"], told["reinstatement.hours"]["sum"]) == (24, None)
    assert (papers["draft"], papers["persons"], papers["checker"]["name"]) == (
        False,
        66,
        "市司法局",
    )


def test_a_notice_carries_every_card_with_its_public_page(visitor: TestClient) -> None:
    asked = f"{DONE}/notices?department=28"
    (both,) = Desk(visitor, "hr").read(asked).json()["items"]
    assert [each["scheme"] for each in both["held"]] == ["national", "ministry"]
    token = both["held"][0]["verify_token"]
    found = visitor.post("/api/v1/verifications", json={"token": token}).json()
    assert (found["certificate_no"], found["result"]) == (
        both["held"][0]["certificate_no"], "suspended",
    )  # fmt: skip


def test_a_unit_prints_for_its_own_people(visitor: TestClient) -> None:
    unit = Desk(visitor, "unit12")
    own = unit.read(f"{DONE}/notices?limit=100").json()["items"]
    assert {each["department"]["code"] for each in own} == {"12"}
    assert unit.read(f"{DONE}/notices?department=20").json()["items"] == []
    assert unit.read(f"{DONE}/papers").json()["persons"] == len(own) == 13


def test_a_draft_says_that_it_is_one(visitor: TestClient, opened: Database) -> None:
    office = small.Office(opened.writer)
    small.examine(office)
    small.preview(office)
    papers = Desk(visitor, "justice").read(f"{MADE}/papers").json()
    assert (papers["draft"], papers["checker"], papers["effective_on"]) == (True, None, None)
    assert all(each["sum"] is None for each in papers["periods"])


def test_that_a_notice_was_served_is_recorded_and_holds_nothing_up(
    visitor: TestClient, opened: Database
) -> None:
    office = small.Office(opened.writer)
    small.suspended(office)
    unit = Desk(visitor, "unit12")
    line = unit.read(f"{MADE}/notices").json()["items"][0]
    assert line["service"] is None
    path = f"{MADE}/lines/{line['number']}/services"
    served = {"service": "substituted", "receipt": "留置送达，两名见证人在场"}
    told = visitor.post(path, json=served, headers=unit.headers).json()
    assert (told["service"], told["receipt"], told["state"]) == (*served.values(), "effective")
    foreign = Desk(visitor, "unit20").headers
    assert visitor.post(path, json=served, headers=foreign).status_code == 404
    newest = visitor.get("/api/v1/changes?sort=-seq&limit=1").json()["items"][0]
    assert (newest["act"], "留置" in str(newest)) == ("suspension_line.served", False)
