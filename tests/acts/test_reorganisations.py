"""A unit ends when nothing is left in it, and a body that no longer enforces says why."""

from datetime import date

import pytest
from sqlmodel import col, select

from app.acts import departments, movements, permits, reorganisations
from app.acts.desk import Desk
from app.db import Database
from app.errors import Refusal
from app.models.departments import Department
from app.models.officers import Officer
from app.models.permits import PermitItem, PermitRevision
from app.models.qualification_reviews import QualificationReview
from app.rules.departments import Basis, UnitAct
from tests.acts.campaign import Office

TODAY = date(2026, 4, 1)
UNIT, SUCCESSOR = "33", "20"


@pytest.fixture
def office(opened: Database) -> Office:
    return Office(opened.writer)


def unit(desk: Desk, code: str = UNIT) -> Department:
    return desk.one(Department, code=code)


def empty(desk: Desk) -> None:
    reorganisations.take_over(desk, unit(desk), unit(desk, SUCCESSOR))
    every = select(Officer).where(
        col(Officer.department_id) == unit(desk).id, col(Officer.status) == "active"
    )
    for officer in desk.session.exec(every):
        movements.transfer(desk, officer, unit(desk, SUCCESSOR))
    held = (
        select(PermitItem)
        .join(PermitRevision, col(PermitRevision.permit_id) == col(PermitItem.id))
        .where(col(PermitRevision.department_id) == unit(desk).id)
    )
    for item in desk.session.exec(held):
        permits.cancel(desk, item, "澜政发〔2026〕3号")


def test_inv_d3_a_unit_with_items_officers_or_pairs_does_not_end(office: Office) -> None:
    with office.day(TODAY) as desk:
        with pytest.raises(Refusal, match="department.not_empty"):
            reorganisations.end(desk, unit(desk), UnitAct.MERGE, unit(desk, SUCCESSOR))
        with pytest.raises(Refusal, match="department.successor_missing"):
            reorganisations.end(desk, unit(desk), UnitAct.ABOLISH, None)


@pytest.mark.parametrize(("act", "status"), [("merge", "merged"), ("abolish", "abolished")])
def test_inv_d3_an_empty_unit_ends_with_its_successor(
    office: Office, act: str, status: str
) -> None:
    with office.day(TODAY) as desk:
        empty(desk)
        reorganisations.end(desk, unit(desk), UnitAct(act), unit(desk, SUCCESSOR))
    with office.day(TODAY) as desk:
        now = departments.current(desk, unit(desk))
        assert (now.status, now.successor_code, now.enforcement) == (status, SUCCESSOR, False)
        with pytest.raises(Refusal, match="department.act_not_allowed"):
            reorganisations.end(desk, unit(desk), UnitAct.MERGE, unit(desk, SUCCESSOR))


def review(desk: Desk) -> QualificationReview:
    of_unit = col(QualificationReview.department_id) == unit(desk).id
    newest = select(QualificationReview).where(of_unit).order_by(col(QualificationReview.id).desc())
    return desk.session.exec(newest.limit(1)).one()


def test_a_withdrawn_body_says_why_and_may_be_reviewed_anew(office: Office) -> None:
    with office.day(TODAY) as desk:
        with pytest.raises(Refusal, match="review.reason_missing"):
            reorganisations.withdraw(desk, unit(desk), review(desk), None, None)
        reorganisations.withdraw(desk, unit(desk), review(desk), None, "授权依据已废止")
        assert not departments.current(desk, unit(desk)).enforcement
        departments.open_review(desk, unit(desk), Basis.AUTHORIZED_ORG, [])
    with office.day(TODAY) as desk:
        assert review(desk).state == "declared"


def test_who_confirmed_a_body_does_not_announce_it(office: Office) -> None:
    with office.day(TODAY, "市司法局") as desk:
        review(desk).state = "confirmed"
        with pytest.raises(Refusal, match="act.same_person"):
            departments.announce(desk, unit(desk), review(desk), "x")
        desk.session.rollback()
