"""Back to green by two offices: the checklist first, and nobody decides alone."""

from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.db import Database
from app.models.officers import Officer
from tests.acts import campaign as small
from tests.acts.test_reinstatements import later_exam
from tests.api.test_objections import lines
from tests.api.test_suspension_orders import Desk, on
from tests.pages.test_order_pages import Browser
from tests.staff import bearer

API, DAY = "/api/v1/reinstatements", "2026-06-10"
TRAINED = {"course": "执法资格恢复培训", "hours": 24, "held_on": DAY}


@pytest.fixture
def sat(opened: Database, monkeypatch: pytest.MonkeyPatch) -> str:
    """The number of a suspended person on the roster of a later exam, which they passed."""
    office = small.Office(opened.writer)
    small.suspended(office)
    on(monkeypatch, DAY)
    with office.day(date(2026, 6, 9)) as desk:
        officer = desk.one(Officer, id=small.line_of(desk).officer_id)
        return later_exam(desk, officer).number


def verified(visitor: TestClient, line: dict[str, Any]) -> str:
    asked = {"certificate_no": line["cards"][0]["certificate_no"], "name": line["name"]}
    return str(visitor.post("/api/v1/verifications", json=asked).json()["result"])


def test_a_person_comes_back_by_two_offices(visitor: TestClient, sat: str) -> None:
    line, hr = lines(visitor)[0], bearer(visitor, "hr")
    made = visitor.post(API, json={"line": line["number"], "registration": sat}, headers=hr).json()
    path = f"{API}/{made['number']}"
    assert made["checklist"] == {
        "exam": True, "hours": False, "employment": True, "causes": True, "validity": True,
    }  # fmt: skip
    early = visitor.post(f"{path}/proposals", headers=hr)
    assert (early.status_code, early.json()["code"]) == (409, "reinstatement.hours")
    assert visitor.post(f"{path}/trainings", json=TRAINED, headers=hr).json()["checklist"]["hours"]
    assert visitor.post(f"{path}/proposals", headers=hr).json()["state"] == "proposed"
    assert visitor.post(f"{path}/approvals", headers=hr).status_code == 403
    assert verified(visitor, line) == "suspended"
    justice = bearer(visitor, "justice")
    assert visitor.post(f"{path}/approvals", headers=justice).json()["state"] == "effective"
    assert verified(visitor, line) == "valid"


def test_a_unit_asks_for_its_own_people_only(visitor: TestClient, sat: str) -> None:
    asked = {"line": lines(visitor)[0]["number"]}
    assert visitor.post(API, json=asked, headers=bearer(visitor, "unit20")).status_code == 404
    made = visitor.post(API, json=asked, headers=bearer(visitor, "unit12"))
    assert (made.status_code, made.json()["state"]) == (201, "requested")
    foreign = Desk(visitor, "unit20").read(f"{API}/{made.json()['number']}")
    assert foreign.status_code == 404


def test_by_the_forms_of_the_pages(visitor: TestClient, sat: str) -> None:
    line = lines(visitor)[0]
    unit = Browser(visitor, "unit12")
    asked = f"/suspension-orders/{small.ORDER}/lines/{line['number']}/reinstatements"
    assert unit.send(asked).status_code == 303
    path = f"/reinstatements/{line['number']}-H1"
    hr = Browser(visitor, "hr")
    assert "A person who may be let back in" in visitor.get("/work").text
    assert hr.send(f"{path}/exams", registration=sat).status_code == 303
    assert hr.send(f"{path}/proposals").status_code == 409
    assert "Missing" in visitor.get(path).text
    trained = {name: str(value) for name, value in TRAINED.items()}
    assert hr.send(f"{path}/trainings", **trained).status_code == 303
    assert hr.send(f"{path}/proposals").status_code == 303
    justice = Browser(visitor, "justice")
    assert justice.send(f"{path}/approvals").status_code == 303
    assert "Let back in" in visitor.get(path).text
    assert line["name"] in visitor.get("/reinstatements").text


def test_a_refusal_says_why(visitor: TestClient, sat: str) -> None:
    line, hr = lines(visitor)[0], bearer(visitor, "hr")
    made = visitor.post(API, json={"line": line["number"]}, headers=hr).json()
    path = f"{API}/{made['number']}"
    assert visitor.post(f"{path}/refusals", json={"reason": ""}, headers=hr).status_code == 422
    refused = visitor.post(f"{path}/refusals", json={"reason": "未参加考核"}, headers=hr).json()
    assert (refused["state"], refused["reason"]) == ("refused", "未参加考核")
    assert verified(visitor, line) == "suspended"
