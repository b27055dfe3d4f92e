"""A self-check through the API: asked for, reported by the unit, verified, sent back, closed."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.test_suspension_orders import on
from tests.staff import bearer

CHECKS = "/api/v1/self-checks"
MINE = f"{CHECKS}/EX2026-12"
EXAM = {"code": "EX2026", "name": "x", "year": 2026, "syllabus": ["x"]}
FOUND = {"person_name": "某甲", "employment_type": "temporary", "acts_done": 2, "action": "removed"}
SIGNED = {"signed_by": "H12"}


class Office:
    def __init__(self, visitor: TestClient, username: str) -> None:
        self.visitor, self.headers = visitor, bearer(visitor, username)

    def post(self, path: str, **body: Any) -> Any:
        return self.visitor.post(path, json=body or None, headers=self.headers)


@pytest.fixture
def justice(visitor: TestClient, monkeypatch: pytest.MonkeyPatch) -> Office:
    on(monkeypatch, "2026-04-01")
    Office(visitor, "hr").post("/api/v1/exam-campaigns", **EXAM)
    office = Office(visitor, "justice")
    made = office.post(CHECKS, campaign="EX2026", departments=["12", "20"])
    assert [(each["state"], each["due_on"]) for each in made.json()] == [
        ("issued", "2026-04-23")
    ] * 2
    return office


def test_every_enforcing_unit_is_asked_when_none_is_named(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, "2026-04-01")
    Office(visitor, "hr").post("/api/v1/exam-campaigns", **EXAM)
    made = Office(visitor, "justice").post(CHECKS, campaign="EX2026").json()
    assert len(made) == 35
    assert "findings" not in made[0]


def test_a_nil_return_is_verified_and_closed(visitor: TestClient, justice: Office) -> None:
    unit = Office(visitor, "unit12")
    assert unit.post(f"{MINE}/reports", nil=True, **SIGNED).json()["nil_report"] is True
    assert unit.post(f"{MINE}/reports", nil=True, **SIGNED).status_code == 409
    sampled = justice.post(f"{MINE}/verifications", sample="四月值班表").json()
    assert (sampled["state"], sampled["sample"]) == ("verified", "四月值班表")
    assert justice.post(f"{MINE}/closings").json()["state"] == "closed"


def test_what_is_sent_back_is_added_to(visitor: TestClient, justice: Office) -> None:
    unit = Office(visitor, "unit12")
    unit.post(f"{MINE}/reports", nil=False, findings=[FOUND], **SIGNED)
    justice.post(f"{MINE}/returns", reason="值班表中另有一人")
    emptied = unit.post(f"{MINE}/reports", nil=True, **SIGNED)
    assert (emptied.status_code, emptied.json()["code"]) == (409, "self_check.nil_or_findings")
    more = [FOUND, {**FOUND, "person_name": "某乙"}]
    told = unit.post(f"{MINE}/reports", nil=False, findings=more, **SIGNED).json()
    assert [each["person_name"] for each in told["findings"]] == ["某甲", "某乙"]
    assert (told["removed"], told["acts_to_review"]) == (2, 4)


def test_the_public_reads_counts_and_no_name(visitor: TestClient, justice: Office) -> None:
    Office(visitor, "unit12").post(f"{MINE}/reports", nil=False, findings=[FOUND], **SIGNED)
    listed = visitor.get(CHECKS, params={"campaign": "EX2026", "found": "true"})
    assert [each["removed"] for each in listed.json()["items"]] == [1]
    assert "某甲" not in listed.text
    assert visitor.get(MINE).status_code == 401
    assert (
        justice.visitor.get(MINE, headers=justice.headers).json()["findings"][0]["acts_done"] == 2
    )


def test_another_units_self_check_is_not_there(visitor: TestClient, justice: Office) -> None:
    unit = Office(visitor, "unit20")
    assert unit.post(f"{MINE}/reports", nil=True, **SIGNED).status_code == 404
    assert visitor.get(MINE, headers=unit.headers).status_code == 404
    wrong = unit.post(f"{CHECKS}/EX2026-20/reports", nil=True, **SIGNED)
    assert (wrong.status_code, wrong.json()["code"]) == (409, "post.not_first_responsible")


def test_who_is_late_is_reminded(
    visitor: TestClient, justice: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    Office(visitor, "unit12").post(f"{MINE}/reports", nil=True, **SIGNED)
    on(monkeypatch, "2026-04-24")
    late = Office(visitor, "justice")
    told = [late.post(f"{CHECKS}/reminders", campaign="EX2026").json() for _ in range(2)]
    assert [each["reminded"] for each in told] == [1, 0]
