"""Leaving and moving: no valid card stays behind, and the paper comes back in five working days."""

from datetime import date

import pytest
from sqlmodel import col, select

from app.acts import credentials, movements, officers
from app.acts.desk import Desk
from app.db import Database
from app.errors import Refusal
from app.models.credentials import Credential
from app.models.departments import Department
from app.models.officers import Officer
from app.rules.officers import Status
from tests.acts.campaign import Office
from tests.acts.test_credentials import NEW, TODAY, holder

FRIDAY_BEFORE_A_HOLIDAY = date(2026, 2, 13)


@pytest.fixture
def office(opened: Database) -> Office:
    return Office(opened.writer)


def cards(desk: Desk) -> list[str]:
    held = select(Credential.status).where(col(Credential.officer_id) == holder(desk).id)
    return list(desk.session.exec(held))


@pytest.mark.parametrize("to", [Status.TRANSFERRED, Status.RETIRED, Status.LEFT, Status.DECEASED])
def test_inv_o2_who_leaves_has_no_valid_card_and_five_working_days(
    office: Office, to: Status
) -> None:
    with office.day(FRIDAY_BEFORE_A_HOLIDAY) as desk:
        officers.leave(desk, holder(desk), to)
    with office.day(TODAY) as desk:
        assert cards(desk) == ["recovered"]
        assert holder(desk).recovery_due == date(2026, 2, 27)  # 14 worked, 15-23 off, 24-27


def test_inv_o2_the_task_ends_once(office: Office) -> None:
    with office.day(TODAY) as desk:
        with pytest.raises(Refusal, match="officer.no_cards_due"):
            movements.hand_back(desk, holder(desk))
        officers.leave(desk, holder(desk), Status.RETIRED)
        movements.hand_back(desk, holder(desk))
        assert holder(desk).cards_returned_on == TODAY
        with pytest.raises(Refusal, match="officer.no_cards_due"):
            movements.hand_back(desk, holder(desk))


def test_nobody_leaves_twice(office: Office) -> None:
    with office.day(TODAY) as desk:
        officers.leave(desk, holder(desk), Status.RETIRED)
    with office.day(TODAY) as desk, pytest.raises(Refusal, match="officer.not_in_service"):
        officers.leave(desk, holder(desk), Status.LEFT)


def test_who_moves_gives_the_old_card_back_and_gets_the_new_units(office: Office) -> None:
    with office.day(TODAY) as desk:
        movements.transfer(desk, holder(desk), desk.one(Department, code="20"))
        assert cards(desk) == ["recovered"]
        unit = desk.one(Department, code="20")
        credentials.issue(desk, credentials.apply(desk, holder(desk), unit, NEW))
    with office.day(TODAY) as desk:
        assert sorted(cards(desk)) == ["active", "recovered"]
        assert desk.one(Officer, officer_no="LC1200001").status == "active"


def test_inv_o1_a_qualified_officer_moves_to_an_announced_body_only(office: Office) -> None:
    with office.day(TODAY) as desk, pytest.raises(Refusal, match="department_not_announced"):
        movements.transfer(desk, holder(desk), desk.one(Department, code="36"))
