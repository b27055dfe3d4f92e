"""A unit checks its own enforcers: nil is a report, silence is not, removal is not for officers."""

from datetime import date
from typing import Any

import pytest

from app.acts import exam_campaigns, self_checks
from app.acts.desk import Desk
from app.db import Database
from app.errors import Refusal
from app.models.credentials import Credential
from app.models.departments import Department
from app.models.exam_campaigns import ExamCampaign
from app.models.self_checks import SelfCheckTask
from tests.acts.campaign import CODE, DIVISION, UNIT, Office

ISSUED, REPORTED, LATE = date(2026, 4, 1), date(2026, 4, 10), date(2026, 4, 30)
TEMPORARY = {
    "person_name": "某甲",
    "employment_type": "temporary",
    "acts_done": 2,
    "action": "removed",
}


@pytest.fixture
def office(opened: Database) -> Office:
    made = Office(opened.writer)
    with made.day(ISSUED) as desk:
        facts = {"code": CODE, "name": "x", "year": 2026, "syllabus": ["x"]}
        campaign = exam_campaigns.create(desk, DIVISION, facts)
        unit = desk.one(Department, division_code=DIVISION, code=UNIT)
        self_checks.issue(desk, campaign, [unit])
    return made


def task_of(desk: Desk) -> SelfCheckTask:
    return desk.one(SelfCheckTask, campaign_id=desk.one(ExamCampaign, code=CODE).id)


def report(office: Office, findings: list[Any], *, nil: bool, signed: str = "H12") -> None:
    with office.day(REPORTED) as desk:
        self_checks.report(desk, task_of(desk), signed, findings, nil=nil)


def state(office: Office) -> str:
    with office.day(REPORTED) as desk:
        return task_of(desk).state


def test_a_nil_return_is_a_report(office: Office) -> None:
    report(office, [], nil=True)
    assert state(office) == "submitted"


@pytest.mark.parametrize(("findings", "nil"), [([TEMPORARY], True), ([], False)])
def test_a_report_says_nil_or_names_people(office: Office, findings: list[Any], nil: bool) -> None:
    with pytest.raises(Refusal, match="self_check.nil_or_findings"):
        report(office, findings, nil=nil)


def test_the_head_of_the_unit_signs(office: Office) -> None:
    with pytest.raises(Refusal, match="post.not_first_responsible"):
        report(office, [], nil=True, signed="clerk")


def test_an_officer_on_establishment_is_not_removed(office: Office) -> None:
    with pytest.raises(Refusal, match="self_check.eligible_person"):
        report(office, [{**TEMPORARY, "employment_type": "civil_servant"}], nil=False)


def test_a_card_given_by_mistake_is_recovered_and_cancelled(office: Office) -> None:
    report(office, [{**TEMPORARY, "certificate_no": "99018112001"}], nil=False)
    with office.day(REPORTED) as desk:
        card = desk.one(Credential, certificate_no="99018112001")
        assert (card.status, card.ended_as) == ("cancelled", "recovered")


def test_silence_is_reminded_once_a_day(office: Office) -> None:
    counts = []
    for day in (REPORTED, LATE, LATE):
        with office.day(day) as desk:
            counts.append(self_checks.remind(desk, desk.one(ExamCampaign, code=CODE)))
    assert counts == [0, 1, 0]


def test_a_contradicted_nil_return_goes_back(office: Office) -> None:
    report(office, [], nil=True)
    with office.day(REPORTED) as desk:
        self_checks.give_back(desk, task_of(desk), "a roster")
    report(office, [TEMPORARY], nil=False)
    assert state(office) == "submitted"
