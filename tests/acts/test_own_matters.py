"""Nobody decides what concerns themselves, and who had a part in it does not review it."""

import hashlib

import pytest

from app.acts import appeals, objections, suspension_orders
from app.db import Database
from app.errors import Refusal
from app.models.accounts import Account
from app.models.appeals import Appeal
from app.models.objections import Objection
from app.models.suspension_orders import SuspensionOrder
from app.rules.appeals import Act
from app.rules.objections import Act as Answer
from tests.acts import campaign as small
from tests.acts.campaign import EFFECTIVE, HR, JUSTICE, ORDER, PANEL, PREVIEWED, Office

OWN = "act.concerns_yourself"


@pytest.fixture
def office(opened: Database) -> Office:
    office = Office(opened.writer)
    small.examine(office)
    small.preview(office)
    return office


def listed(office: Office) -> int:
    with office.day(PREVIEWED) as desk:
        return small.line_of(desk).officer_id


def test_who_is_on_the_list_does_not_return_it(office: Office) -> None:
    office.do(small.SUBMITTED, HR, suspension_orders.submit)
    with office.day(small.CONFIRMED, JUSTICE, listed(office)) as desk:
        order = desk.one(SuspensionOrder, order_no=ORDER)
        with pytest.raises(Refusal, match=OWN):
            suspension_orders.give_back(desk, order, "x")


def test_who_is_on_the_list_does_not_withdraw_it(office: Office) -> None:
    small.confirm(office)
    with office.day(small.CONFIRMED, "hr2", listed(office)) as desk:
        order = desk.one(SuspensionOrder, order_no=ORDER)
        with pytest.raises(Refusal, match=OWN):
            suspension_orders.withdraw(desk, order, "x")


def appealed(office: Office) -> str:
    small.confirm(office)
    small.take_effect(office)
    with office.day(EFFECTIVE) as desk:
        return appeals.file(desk, small.line_of(desk), "x").number


def test_nobody_takes_up_their_own_appeal(office: Office) -> None:
    number = appealed(office)
    with office.day(EFFECTIVE, PANEL, listed(office)) as desk:
        found = desk.one(Appeal, number=number)
        with pytest.raises(Refusal, match=OWN):
            appeals.take_up(desk, found, [PANEL])


def test_nobody_extends_or_decides_their_own_appeal(office: Office) -> None:
    number = appealed(office)
    with office.day(EFFECTIVE, PANEL) as desk:
        appeals.take_up(desk, desk.one(Appeal, number=number), [PANEL])
    with office.day(EFFECTIVE, PANEL, listed(office)) as desk:
        found = desk.one(Appeal, number=number)
        with pytest.raises(Refusal, match=OWN):
            appeals.extend(desk, found)
        with pytest.raises(Refusal, match=OWN):
            appeals.decide(desk, found, Act.REVOKE, "x")


def test_nobody_is_named_to_the_panel_of_their_own_appeal(office: Office) -> None:
    number = appealed(office)
    with office.day(EFFECTIVE, PANEL) as desk:
        desk.one(Account, username="audit").officer_id = small.line_of(desk).officer_id
        desk.note("account.changed", "audit")
        with pytest.raises(Refusal, match="appeal.panel_involved"):
            appeals.take_up(desk, desk.one(Appeal, number=number), [PANEL, "audit"])


def test_who_decided_the_objection_does_not_hear_the_appeal(office: Office) -> None:
    digest = hashlib.sha256(b"x").hexdigest()
    with office.day(PREVIEWED, "unit12") as desk:
        order = desk.one(SuspensionOrder, order_no=ORDER)
        said = {"kind": "wrong_score", "statement": "x"}
        made = objections.file(desk, order, small.line_of(desk), said).number
    with office.day(PREVIEWED, "second") as desk:
        found = desk.one(Objection, number=made)
        objections.decide(desk, found, Answer.DISMISS, "x", digest)
    number = appealed(office)
    with office.day(EFFECTIVE, PANEL) as desk:
        filed = desk.one(Appeal, number=number)
        with pytest.raises(Refusal, match="appeal.panel_involved"):
            appeals.take_up(desk, filed, [PANEL, "second"])
