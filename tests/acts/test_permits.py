"""A published item rests, comes back or ends by a document, and is revised by two people."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import orjson
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from app.acts import permits
from app.acts.desk import Desk
from app.db import Database
from app.errors import Refusal
from app.models.departments import Department
from app.models.permits import PermitItem, PermitRevision
from tests.acts.campaign import Office

TODAY = date(2026, 4, 1)
CODE = "9901810010100100"
DOCUMENT = "澜政发〔2026〕3号"


@pytest.fixture
def office(opened: Database) -> Office:
    return Office(opened.writer)


def item(desk: Desk) -> PermitItem:
    return desk.one(PermitItem, code=CODE)


def stated(desk: Desk) -> dict[str, Any]:
    open_one = select(PermitRevision).where(
        col(PermitRevision.permit_id) == item(desk).id, col(PermitRevision.valid_to).is_(None)
    )
    row = desk.session.exec(open_one).one().model_dump()
    return {**row, **orjson.loads(row["content"]), "themes": orjson.loads(row["themes"])}


def revise(desk: Desk, **changed: Any) -> PermitRevision:
    unit = desk.one(Department, code="01")
    facts = {**stated(desk), "public_note": "x", **changed}
    return permits.revise(desk, item(desk), unit, facts, maker="maker")


def test_an_item_rests_by_law_and_comes_back(office: Office) -> None:
    with office.day(TODAY) as desk:
        permits.suspend(desk, item(desk), DOCUMENT)
        assert (item(desk).state, item(desk).state_since) == ("suspended_by_law", TODAY)
        with pytest.raises(Refusal, match="act_not_allowed"):
            revise(desk)
        permits.resume(desk, item(desk), DOCUMENT)
        assert item(desk).state == "published"


def test_inv_m5_no_item_disappears_without_a_document(office: Office) -> None:
    with office.day(TODAY) as desk:
        for act in (permits.cancel, permits.suspend):
            with pytest.raises(Refusal, match="document"):
                act(desk, item(desk), "")
        permits.cancel(desk, item(desk), DOCUMENT)
    with office.day(TODAY) as desk:
        assert (item(desk).state, item(desk).cancellation_no) == ("cancelled", DOCUMENT)
        assert stated(desk)["name"]  # what it said stays readable


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"public_note": None}, "permit.note_missing"),
        ({"promised_limit": 21}, "permit.promise_too_long"),
        ({"conditions": [{"text": "x"}]}, "permit.basis_missing"),
        ({"windows": []}, "permit.incomplete"),
        ({"free": False}, "permit.free_or_not"),
        ({"free": False, "fees": [{"code": "F1", "status": "cancelled"}]}, "fee_not_retained"),
    ],
)
def test_a_revision_is_held_to_what_the_first_one_was(
    office: Office, changed: dict[str, Any], refused: str
) -> None:
    with office.day(TODAY) as desk, pytest.raises(Refusal, match=refused):
        revise(desk, **changed)


def test_a_revision_needs_two_people(office: Office) -> None:
    with office.day(TODAY, "maker") as desk, pytest.raises(Refusal, match="act.same_person"):
        revise(desk)
    with office.day(TODAY, "checker") as desk:
        assert revise(desk).revision == 2


@pytest.mark.parametrize(
    ("table", "changed"),
    [
        (PermitItem, {"state": "cancelled"}),  # INV-M5
        (PermitItem, {"state": "suspended_by_law"}),
        (PermitRevision, {"promised_limit": 200}),  # INV-M1
        (PermitRevision, {"checker": "y", "maker": "y"}),
    ],
)
def test_the_database_itself_refuses(office: Office, table: Any, changed: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), office.day(TODAY) as desk:
        desk.session.connection().execute(update(table).values(**changed))


@pytest.mark.parametrize("act", [permits.suspend, permits.cancel])
def test_what_an_item_was_is_true_of_its_days(
    visitor: TestClient, office: Office, act: Callable[[Desk, PermitItem, str], None]
) -> None:
    """It rested, came back and rested again or ended: each day says what was so then."""
    address, days = f"/api/v1/permits/{CODE}", [date(2026, 2, n) for n in (2, 5, 9)]
    for on, done in zip(days, (permits.suspend, permits.resume, act), strict=True):
        with office.day(on) as desk:
            done(desk, item(desk), DOCUMENT)
    rests = "cancelled" if act is permits.cancel else "suspended_by_law"
    expected = {1: "published", 2: "suspended_by_law", 4: "suspended_by_law", 5: "published"}
    for day, state in {**expected, 8: "published", 9: rests, 20: rests}.items():
        told = visitor.get(f"{address}?as_of=2026-02-{day:02}").json()
        assert (day, told["state"]) == (day, state)
        listed = visitor.get(
            f"/api/v1/permits?department=01&include_total=true&as_of=2026-02-{day:02}&state={state}"
        ).json()
        assert CODE in [each["code"] for each in listed["items"]]


def total(visitor: TestClient, query: str = "") -> int:
    return int(visitor.get(f"/api/v1/permits?include_total=true{query}").json()["total"])


def test_what_rests_stays_on_the_list_and_what_ended_is_asked_for(
    visitor: TestClient, office: Office
) -> None:
    with office.day(TODAY - timedelta(days=1)) as desk:
        permits.suspend(desk, item(desk), DOCUMENT)
        permits.cancel(desk, desk.one(PermitItem, code="9901810010100200"), DOCUMENT)
    assert (total(visitor), total(visitor, "&state=published")) == (218, 217)
    assert total(visitor, "&state=cancelled") == 1
    counted = visitor.get("/api/v1/statistics/permits-in-force").json()["value"]
    assert counted == 217
    assert visitor.get("/api/v1/departments/01").json()["permits"] == total(
        visitor, "&department=01"
    )
    for code, words in ((CODE, "Suspended by law since"), ("9901810010100200", "Cancelled on")):
        page = visitor.get(f"/permits/{code}").text
        assert words in page
        assert DOCUMENT in page
