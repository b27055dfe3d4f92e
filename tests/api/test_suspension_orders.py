"""An order through the API: two offices, what was read is what is confirmed, no name in public."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.acts import suspension_orders
from app.config import settings
from app.db import Database
from tests.acts import campaign as small
from tests.all_databases import new_database as new_database
from tests.staff import bearer

ORDERS = "/api/v1/suspension-orders"
DONE = f"{ORDERS}/澜执资停〔2025〕1号"
MADE = f"{ORDERS}/{small.ORDER}"


@pytest.fixture
def examined(opened: Database) -> None:
    small.examine(small.Office(opened.writer))


def on(monkeypatch: pytest.MonkeyPatch, day: Any, time: str = "10:00:00") -> None:
    monkeypatch.setenv("MINGBAI_NOW", f"{day}T{time}+08:00")
    settings.cache_clear()


class Desk:
    """Somebody's session; each act sends the ETag that was read just before."""

    def __init__(self, visitor: TestClient, username: str) -> None:
        self.visitor, self.headers = visitor, bearer(visitor, username)

    def read(self, path: str = MADE) -> Any:
        return self.visitor.get(path, headers=self.headers)

    def act(self, noun: str, tag: str | None = None, **body: Any) -> Any:
        tag = tag or self.read().headers["etag"]
        headers = {**self.headers, "If-Match": tag}
        return self.visitor.post(f"{MADE}/{noun}", headers=headers, json=body or None)


def test_the_public_reads_counts_and_no_name(visitor: TestClient) -> None:
    order = visitor.get(DONE).json()
    assert (order["persons"], order["failed"], order["absent"]) == (66, 31, 35)
    assert sum(each["failed"] for each in order["units"]) == 31
    assert order["work"] is None
    assert visitor.get(f"{DONE}/lines").status_code == 401


def test_a_draft_is_nobodys_business(visitor: TestClient, opened: Database) -> None:
    office = small.Office(opened.writer)
    small.examine(office)
    small.preview(office)
    assert visitor.get(MADE).status_code == 404
    assert [each["order_no"] for each in visitor.get(ORDERS).json()["items"]] == [
        DONE.rpartition("/")[2]
    ]
    assert Desk(visitor, "justice").read().json()["work"]["previews"] == 1


@pytest.mark.usefixtures("examined")
def test_hr_makes_it_and_the_legal_supervisor_confirms_it(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, small.PREVIEWED)
    hr = Desk(visitor, "hr")
    given = {"order_no": small.ORDER, "campaign": small.CODE}
    assert visitor.post(ORDERS, json=given, headers=hr.headers).status_code == 201
    assert hr.act("previews").json()["persons"] == 3
    on(monkeypatch, small.SUBMITTED)
    hr = Desk(visitor, "hr")
    assert hr.act("submissions").json()["state"] == "submitted"
    on(monkeypatch, small.CONFIRMED)
    justice = Desk(visitor, "justice")
    assert Desk(visitor, "hr").act("confirmations", persons=3).status_code == 403
    assert justice.act("confirmations", persons=3).json()["effective_on"] == "2026-04-30"


@pytest.mark.usefixtures("examined")
def test_what_was_not_read_is_not_changed(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, small.PREVIEWED)
    hr = Desk(visitor, "hr")
    given = {"order_no": small.ORDER, "campaign": small.CODE}
    visitor.post(ORDERS, json=given, headers=hr.headers)
    old = hr.read().headers["etag"]
    assert hr.act("previews").status_code == 201
    assert hr.act("previews", tag=old).status_code == 412
    assert visitor.post(f"{MADE}/previews", headers=hr.headers).status_code == 428


def test_of_two_confirmations_at_once_one_counts_and_both_get_the_order(
    visitor: TestClient, opened: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = small.Office(opened.writer)
    small.examine(office)
    small.preview(office)
    office.do(small.SUBMITTED, small.HR, suspension_orders.submit)
    on(monkeypatch, small.CONFIRMED)
    justice = Desk(visitor, "justice")
    tag = justice.read().headers["etag"]

    def confirm(n: int, persons: int = 3) -> Any:
        headers = {**justice.headers, "If-Match": tag, "Idempotency-Key": f"window-{n}"}
        return visitor.post(f"{MADE}/confirmations", headers=headers, json={"persons": persons})

    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(confirm, range(4)))
    assert {each.status_code for each in replies} == {201}
    assert len({str({**each.json(), "revision": 0}) for each in replies}) == 1
    told = visitor.get(f"/api/v1/changes?subject_key={small.ORDER}&limit=200").json()["items"]
    assert [each["act"] for each in told].count("suspension_order.confirmed") == 1
    assert confirm(5, persons=2).status_code == 412


def test_the_lines_are_for_the_offices_and_each_units_own(visitor: TestClient) -> None:
    for username, status in (("hr", 200), ("audit", 200), ("unit12", 200), ("system", 403)):
        reply = Desk(visitor, username).read(f"{DONE}/lines?limit=5")
        assert reply.status_code == status, username
    own = Desk(visitor, "unit12").read(f"{DONE}/lines").json()["items"]
    assert {each["department"]["code"] for each in own} == {"12"}
    assert Desk(visitor, "unit12").read(f"{DONE}/lines?department=20").json()["items"] == []
    found = Desk(visitor, "hr").read(f"{DONE}/lines?reason=failed&department=12").json()["items"]
    assert len(found) == 6
    assert {each["department"]["code"] for each in found} == {"12"}
