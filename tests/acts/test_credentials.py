"""A card is applied for, issued, suspended for a set of causes, and given back its force."""

from datetime import date
from typing import Any

import pytest

from app.acts import credentials, movements, officers
from app.acts.desk import Desk
from app.db import Database
from app.errors import Refusal
from app.models.credentials import Credential
from app.models.departments import Department
from app.models.officers import Officer
from app.rules.credentials import Act, Cause
from tests.acts.campaign import Office

TODAY = date(2026, 3, 31)
NUMBER, HOLDER = "99018112001", "LC1200001"
NEW: dict[str, Any] = {
    "certificate_no": "99018112999", "category": "城市管理", "area_code": "990181", "issuer": "x",
}  # fmt: skip


@pytest.fixture
def office(opened: Database) -> Office:
    return Office(opened.writer)


def card(desk: Desk, number: str = NUMBER) -> Credential:
    return desk.one(Credential, certificate_no=number)


def holder(desk: Desk) -> Officer:
    return desk.one(Officer, officer_no=HOLDER)


def unit(desk: Desk, code: str = "12") -> Department:
    return desk.one(Department, code=code)


def apply(office: Office) -> None:
    with office.day(TODAY, "dept_admin") as desk:
        credentials.apply(desk, holder(desk), unit(desk), NEW)


def test_a_card_applied_for_is_issued_and_its_last_day_is_the_parameters(office: Office) -> None:
    apply(office)
    with office.day(TODAY) as desk:
        assert card(desk, NEW["certificate_no"]).status == "applied"
        issued = credentials.issue(desk, card(desk, NEW["certificate_no"]))
        assert (issued.status, issued.valid_to) == ("active", date(2031, 3, 30))


def test_inv_o3_an_officer_may_hold_several_cards(office: Office) -> None:
    apply(office)
    with office.day(TODAY) as desk:
        credentials.issue(desk, card(desk, NEW["certificate_no"]))
        assert {card(desk).status, card(desk, NEW["certificate_no"]).status} == {"active"}


def suspend(office: Office, cause: Cause = Cause.SUPERVISION) -> None:
    with office.day(TODAY, "justice") as desk:
        officers.suspend(desk, card(desk), cause, "x", maker="hr")


def test_nobody_under_suspension_is_issued_a_card(office: Office) -> None:
    apply(office)
    suspend(office)
    with office.day(TODAY) as desk, pytest.raises(Refusal, match="credential.officer_suspended"):
        credentials.issue(desk, card(desk, NEW["certificate_no"]))


def test_a_card_has_force_again_when_the_last_of_its_causes_ends(office: Office) -> None:
    suspend(office)
    suspend(office, Cause.SELF_CHECK)
    for cause, status in ((Cause.SELF_CHECK, "suspended"), (Cause.SUPERVISION, "active")):
        with office.day(TODAY, "justice") as desk:
            credentials.lift(desk, card(desk), cause, "y", maker="hr")
            assert card(desk).status == status


def test_a_card_past_its_last_day_expires_instead(office: Office) -> None:
    suspend(office)
    with office.day(date(2040, 1, 1), "justice") as desk:
        credentials.lift(desk, card(desk), Cause.SUPERVISION, "y", maker="hr")
        assert card(desk).status == "expired"


def test_a_cause_that_is_not_open_cannot_end(office: Office) -> None:
    with office.day(TODAY, "justice") as desk, pytest.raises(Refusal, match="cause_not_open"):
        credentials.lift(desk, card(desk), Cause.SUPERVISION, "y", maker="hr")


def disqualify(desk: Desk, of: Credential, _: Cause, decision: str, maker: str) -> None:
    movements.disqualify(desk, desk.one(Officer, id=of.officer_id), decision, maker)


@pytest.mark.parametrize("act", [officers.suspend, credentials.lift, disqualify])
def test_nobody_confirms_what_they_made(office: Office, act: Any) -> None:
    with office.day(TODAY, "one") as desk, pytest.raises(Refusal, match="act.same_person"):
        act(desk, card(desk), Cause.SUPERVISION, "x", maker="one")


def test_who_is_disqualified_loses_every_card_and_gets_no_other(office: Office) -> None:
    apply(office)
    with office.day(TODAY, "justice") as desk:
        movements.disqualify(desk, holder(desk), "澜司处〔2026〕1号", maker="hr")
        assert card(desk).status == card(desk, NEW["certificate_no"]).status == "revoked"
    with office.day(TODAY) as desk, pytest.raises(Refusal, match="officer_not_qualified"):
        credentials.apply(desk, holder(desk), unit(desk), {**NEW, "certificate_no": "1"})


def test_a_record_is_closed_by_cancelling_and_by_nothing_after(office: Office) -> None:
    with office.day(TODAY) as desk:
        officers.change(desk, card(desk), Act.RECOVER)
        officers.change(desk, card(desk), Act.CANCEL)
    with office.day(TODAY) as desk, pytest.raises(Refusal, match="act_not_allowed"):
        officers.change(desk, card(desk), Act.REVOKE)
