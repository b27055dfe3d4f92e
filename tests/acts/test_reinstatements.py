"""The way back: by a later exam, or because it should never have been."""

from datetime import date

import pytest
from sqlmodel import col, select

from app.acts import appeals, exam_campaigns, exam_sessions, officers, reinstatements
from app.acts.desk import Desk
from app.db import Database
from app.errors import Refusal
from app.models.changes import LedgerEntry
from app.models.departments import Department
from app.models.exam_campaigns import ExamCampaign
from app.models.officers import Officer
from app.models.registrations import Registration
from app.models.reinstatements import Reinstatement
from app.rules.appeals import Act as AppealAct
from app.rules.credentials import Cause
from app.rules.exam_campaigns import Act, AttendanceAct, Paper
from tests.acts import campaign as small
from tests.acts.campaign import HR, JUSTICE, PANEL, PASS, Office

LATER = date(2026, 6, 10)


@pytest.fixture
def office(opened: Database) -> Office:
    made = Office(opened.writer)
    small.suspended(made)
    return made


def later_exam(desk: Desk, officer: Officer) -> Registration:
    """The next campaign, of one person, passed."""
    facts = {"code": "EX2026B", "name": "x", "year": 2026, "syllabus": ["x"]}
    campaign = exam_campaigns.create(desk, small.DIVISION, facts)
    exam_campaigns.move(desk, campaign, Act.OPEN_ROSTER)
    (key,) = exam_campaigns.register(desk, campaign, [officer])
    registration = desk.one(Registration, id=key)
    unit = desk.one(Department, id=registration.department_id)
    exam_campaigns.sign_roster(desk, campaign, unit, f"H{unit.code}")
    exam_campaigns.freeze(desk, campaign)
    exam_campaigns.move(desk, campaign, Act.BEGIN)
    held = {"code": "EX2026B-1", "kind": "main", "held_on": desk.today, "place": "x"}
    session = exam_sessions.schedule(
        desk, campaign, {**held, "capacity": 9, "invigilators": ["a", "b"]}
    )
    exam_sessions.seat(desk, session, [registration])
    exam_sessions.take_attendance(desk, session, {registration.number: AttendanceAct.ATTEND})
    sheet = {registration.number: {Paper.GENERAL: PASS, Paper.SPECIAL: PASS}}
    exam_sessions.enter_scores(desk, session, sheet, ("m1", "m2"))
    return registration


def ask(office: Office, hours: int = 24) -> None:
    with office.day(LATER) as desk:
        line = small.line_of(desk)
        officer = desk.one(Officer, id=line.officer_id)
        if hours:
            reinstatements.record_training(desk, officer, "x", hours, LATER)
        asked = reinstatements.request(desk, line)
        reinstatements.link_exam(desk, asked, later_exam(desk, officer))


def approve(office: Office) -> None:
    with office.day(LATER, HR) as desk:
        reinstatements.propose(desk, desk.session.exec(select(Reinstatement)).one())
    with office.day(LATER, JUSTICE) as desk:
        reinstatements.approve(desk, desk.session.exec(select(Reinstatement)).one())


def state_of(office: Office) -> tuple[str, str, str]:
    with office.day(LATER) as desk:
        line = small.line_of(desk)
        officer = desk.one(Officer, id=line.officer_id)
        return line.state, officer.qualification, small.cards_of(desk, line)[0].status


def test_a_later_exam_and_the_hours_let_a_person_back_in(office: Office) -> None:
    ask(office)
    approve(office)
    assert state_of(office) == ("reinstated", "qualified", "active")


def test_the_hours_are_not_waived(office: Office) -> None:
    ask(office, hours=23)
    with pytest.raises(Refusal, match="reinstatement.hours"):
        approve(office)
    assert state_of(office) == ("effective", "suspended", "suspended")


def test_another_open_cause_keeps_the_person_suspended(office: Office) -> None:
    with office.day(LATER) as desk:
        card = small.cards_of(desk, small.line_of(desk))[0]
        officers.suspend(desk, card, Cause.SUPERVISION, "x", maker="x")
    ask(office)
    with pytest.raises(Refusal, match="reinstatement.causes"):
        approve(office)


def test_an_expired_card_is_not_revived(office: Office) -> None:
    with office.day(LATER) as desk:
        card = small.cards_of(desk, small.line_of(desk))[0]
        card.valid_to = date(2026, 6, 1)
        desk.note("credential.shortened", card.certificate_no)
    ask(office)
    approve(office)
    assert state_of(office) == ("reinstated", "qualified", "expired")


def appeal(office: Office, act: AppealAct) -> None:
    with office.day(date(2026, 5, 8)) as desk:
        filed = appeals.file(desk, small.line_of(desk), "x")
        appeals.take_up(desk, filed, [PANEL])
    with office.day(date(2026, 5, 20), PANEL) as desk:
        appeals.decide(desk, appeals.of(desk, small.line_of(desk))[0], act, "x")


def test_a_maintained_appeal_changes_nothing(office: Office) -> None:
    appeal(office, AppealAct.MAINTAIN)
    assert state_of(office) == ("effective", "suspended", "suspended")


def test_a_revoked_suspension_never_was_and_everybody_is_told(office: Office) -> None:
    appeal(office, AppealAct.REVOKE)
    assert state_of(office) == ("revoked_on_appeal", "qualified", "active")
    with office.day(LATER) as desk:
        told = select(LedgerEntry).where(col(LedgerEntry.act) == "credential.corrected")
        assert len(list(desk.session.exec(told))) == 1


def test_an_appeal_after_its_time_is_rejected_with_that_reason(office: Office) -> None:
    with office.day(LATER) as desk:
        filed = appeals.file(desk, small.line_of(desk), "x")
        assert (filed.state, filed.reason) == ("rejected", "out_of_time")


def test_who_made_or_marked_it_is_not_on_the_panel(office: Office) -> None:
    with office.day(date(2026, 5, 8)) as desk:
        filed = appeals.file(desk, small.line_of(desk, 1), "x")
        for involved in (HR, JUSTICE, "m1"):
            with pytest.raises(Refusal, match="appeal.panel_involved"):
                appeals.take_up(desk, filed, [PANEL, involved])


def test_an_appeal_does_not_stop_the_effect(office: Office) -> None:
    with office.day(date(2026, 5, 8)) as desk:
        appeals.file(desk, small.line_of(desk), "x")
    assert state_of(office) == ("effective", "suspended", "suspended")


def test_the_exam_that_was_failed_lets_nobody_in(office: Office) -> None:
    with office.day(LATER) as desk:
        line = small.line_of(desk)
        campaign = desk.one(ExamCampaign, code=small.CODE)
        keys = {"campaign_id": campaign.id, "officer_id": line.officer_id}
        asked = reinstatements.request(desk, line)
        with pytest.raises(Refusal, match="reinstatement.not_a_later_exam"):
            reinstatements.link_exam(desk, asked, desk.one(Registration, **keys))
