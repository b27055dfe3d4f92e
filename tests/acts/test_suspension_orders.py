"""From an exam to a lawful suspension, on both databases: who decides, when, and what it does."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from app.acts import exam_campaigns, exam_sessions, objections, officers, suspension_orders
from app.db import Database
from app.errors import Refusal
from app.models.credentials import Credential
from app.models.exam_campaigns import ExamCampaign
from app.models.exam_sessions import Sitting
from app.models.officers import Officer
from app.models.registrations import Registration
from app.models.suspension_orders import SuspensionOrder
from app.rules.credentials import Act
from app.rules.exam_campaigns import Excuse
from app.rules.objections import Act as ObjectionAct
from tests.acts import campaign as small
from tests.acts.campaign import CONFIRMED, EFFECTIVE, HR, JUSTICE, ORDER, SUBMITTED, Office


@pytest.fixture
def office(opened: Database) -> Office:
    return Office(opened.writer)


@pytest.fixture
def previewed(office: Office) -> Office:
    small.examine(office)
    small.preview(office)
    return office


def refused(code: str) -> Any:
    return pytest.raises(Refusal, match=code)


def test_outcomes_are_computed_from_the_sittings(office: Office) -> None:
    small.examine(office)
    with office.day(SUBMITTED) as desk:
        found = exam_campaigns.tally(desk, desk.one(ExamCampaign, code=small.CODE))
    assert found == {"passed": 3, "failed": 2, "absent": 1}


def test_a_confirmed_order_takes_effect_on_the_next_working_day(previewed: Office) -> None:
    small.confirm(previewed)
    small.take_effect(previewed)
    with previewed.day(EFFECTIVE) as desk:
        order, line = desk.one(SuspensionOrder, order_no=ORDER), small.line_of(desk)
        assert (order.state, order.effective_on, line.state) == (
            "effective",
            EFFECTIVE,
            "effective",
        )
        assert desk.one(Officer, id=line.officer_id).qualification == "suspended"
        assert [each.status for each in small.cards_of(desk, line)] == ["suspended"]


def test_nobody_confirms_what_they_made(previewed: Office) -> None:
    previewed.do(SUBMITTED, HR, suspension_orders.submit)
    with refused("act.same_person"):
        previewed.do(CONFIRMED, HR, suspension_orders.confirm, 3)


def test_who_had_a_hand_in_the_list_confirms_nothing_though_another_submits_it(
    previewed: Office,
) -> None:
    previewed.do(SUBMITTED, "hr2", suspension_orders.submit)
    for maker in (HR, "hr2"):
        with pytest.raises(Refusal, match="act.same_person"):
            previewed.do(CONFIRMED, maker, suspension_orders.confirm, 3)
    previewed.do(CONFIRMED, JUSTICE, suspension_orders.confirm, 3)


def test_who_is_on_the_list_makes_nothing_of_it(previewed: Office) -> None:
    with previewed.day(SUBMITTED) as desk:
        person = small.line_of(desk).officer_id
    with previewed.day(SUBMITTED, HR, person) as desk, refused("act.concerns_yourself"):
        suspension_orders.submit(desk, desk.one(SuspensionOrder, order_no=ORDER))


def test_the_time_to_object_runs_out_first(previewed: Office) -> None:
    with refused("suspension_order.objections_open"):
        previewed.do(date(2026, 4, 27), HR, suspension_orders.submit)


def test_changed_data_must_be_previewed_again(previewed: Office) -> None:
    previewed.do(SUBMITTED, HR, suspension_orders.submit)
    with previewed.day(SUBMITTED) as desk:
        line = small.line_of(desk)
        card = small.cards_of(desk, line)[0]
        officers.change(desk, desk.one(Credential, id=card.id), Act.REPORT_LOST)
    with refused("suspension_order.data_changed"):
        previewed.do(CONFIRMED, JUSTICE, suspension_orders.confirm, 3)


def test_an_undecided_objection_holds_the_order(previewed: Office) -> None:
    with previewed.day(small.PREVIEWED, "unit") as desk:
        order = desk.one(SuspensionOrder, order_no=ORDER)
        facts = {"kind": "was_excused", "statement": "on a mission"}
        objections.file(desk, order, small.line_of(desk), facts)
    with refused("suspension_order.objections_undecided"):
        previewed.do(SUBMITTED, HR, suspension_orders.submit)


def test_an_upheld_objection_takes_the_person_off(previewed: Office) -> None:
    with previewed.day(small.PREVIEWED, JUSTICE) as desk:
        order, line = desk.one(SuspensionOrder, order_no=ORDER), small.line_of(desk)
        facts = {"kind": "was_excused", "statement": "on a mission"}
        filed = objections.file(desk, order, line, facts)
        objections.decide(desk, filed, ObjectionAct.UPHOLD, "proven", "0" * 64)
        sitting = desk.session.get(Sitting, sitting_of(desk.session, line.officer_id))
        assert sitting is not None
        exam_sessions.excuse(desk, sitting, Excuse.OFFICIAL_MISSION, "0" * 64, late=True)
    previewed.do(SUBMITTED, HR, suspension_orders.rebuild)
    small.confirm(previewed, 2)
    with previewed.day(CONFIRMED) as desk:
        order = desk.one(SuspensionOrder, order_no=ORDER)
        assert order.objections_until == date(2026, 4, 27)
        assert order.previews == 2


def sitting_of(session: Session, officer: int) -> int:
    joined = select(col(Sitting.id)).join(
        Registration, col(Registration.id) == col(Sitting.registration_id)
    )
    of = joined.where(col(Registration.officer_id) == officer).order_by(col(Sitting.id).desc())
    return session.exec(of).first() or 0


def test_a_confirmed_order_may_be_withdrawn_before_its_day(previewed: Office) -> None:
    small.confirm(previewed)
    previewed.do(CONFIRMED, JUSTICE, suspension_orders.withdraw, "wrong list")
    with refused("suspension_order.act_not_allowed"):
        small.take_effect(previewed)


def test_an_effective_order_cannot_be_withdrawn(previewed: Office) -> None:
    small.confirm(previewed)
    with refused("suspension_order.already_effective"):
        previewed.do(EFFECTIVE, JUSTICE, suspension_orders.withdraw, "too late")
