"""Objections and appeals through the API: who may file, who decides, and what it does."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import col, select

from app.db import Database
from app.models.changes import LedgerEntry
from tests.acts import campaign as small
from tests.api.test_suspension_orders import MADE, ORDERS, Desk, on
from tests.staff import bearer

EVIDENCE = hashlib.sha256(b"a certificate of the hospital").hexdigest()
SAID = {"kind": "was_excused", "statement": "当日在医院"}


@pytest.fixture
def office(opened: Database) -> small.Office:
    return small.Office(opened.writer)


@pytest.fixture
def previewed(office: small.Office, monkeypatch: pytest.MonkeyPatch) -> None:
    small.examine(office)
    small.preview(office)
    on(monkeypatch, small.PREVIEWED)


def lines(visitor: TestClient, username: str = "unit12") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Desk(visitor, username).read(f"{MADE}/lines").json()["items"]
    return found


def objected(visitor: TestClient, line: str, username: str = "unit12", **said: str) -> Any:
    asked = {"line": line, **SAID, **said}
    return visitor.post("/api/v1/objections", json=asked, headers=bearer(visitor, username))


def decided(justice: Desk, number: str, **more: str) -> Any:
    told = {"decision": "upheld", "reason": "核实属实", "evidence_digest": EVIDENCE, **more}
    path = f"/api/v1/objections/{number}/decisions"
    return justice.visitor.post(path, json=told, headers=justice.headers)


@pytest.mark.usefixtures("previewed")
def test_a_unit_objects_for_its_own_people_and_no_others(visitor: TestClient) -> None:
    line = lines(visitor)[0]["number"]
    foreign = objected(visitor, line, "unit20")
    assert (foreign.status_code, foreign.json()["code"]) == (404, "record.not_found")
    assert objected(visitor, line, "justice").status_code == 403
    made = objected(visitor, line)
    assert (made.status_code, made.json()["state"]) == (201, "filed")
    mine = f"/api/v1/objections?order_no={small.ORDER}"
    for username, seen in (("unit12", 1), ("unit20", 0), ("hr", 1)):
        found = visitor.get(mine, headers=bearer(visitor, username)).json()["items"]
        assert (username, len(found)) == (username, seen)


@pytest.mark.usefixtures("previewed")
def test_upheld_takes_the_person_off_and_the_list_is_read_again(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = objected(visitor, lines(visitor)[0]["number"]).json()
    upheld = decided(Desk(visitor, "justice"), made["number"])
    assert upheld.json()["decided_by"] == "justice"
    on(monkeypatch, small.SUBMITTED)
    refused = Desk(visitor, "hr").act("submissions")
    assert (refused.status_code, refused.json()["code"]) == (409, "suspension_order.data_changed")
    moved = Desk(visitor, "hr").read(f"{MADE}/differences").json()["items"]
    assert [(each["officer_no"], each["now"]) for each in moved] == [(made["officer_no"], None)]
    assert Desk(visitor, "hr").act("previews").json()["persons"] == 2
    assert Desk(visitor, "hr").act("submissions").json()["state"] == "submitted"


@pytest.mark.usefixtures("previewed")
def test_no_decision_without_its_reason_and_what_it_rests_on(visitor: TestClient) -> None:
    number = objected(visitor, lines(visitor)[0]["number"]).json()["number"]
    justice = Desk(visitor, "justice")
    for missing in ({"evidence_digest": ""}, {"reason": ""}, {"decision": "filed"}):
        assert decided(justice, number, **missing).status_code == 422
    blank = decided(justice, number, reason=" ")
    assert (blank.status_code, blank.json()["code"]) == (409, "objection.reason_missing")


@pytest.fixture
def submitted(visitor: TestClient, previewed: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """The ETag of an order that waits for its confirmation."""
    on(monkeypatch, small.SUBMITTED)
    tag = str(Desk(visitor, "hr").act("submissions").json()["work"]["version"])
    on(monkeypatch, small.CONFIRMED)
    return f'"v{tag}"'


def confirmations(opened: Database) -> int:
    done = select(LedgerEntry.seq).where(
        col(LedgerEntry.act) == "suspension_order.confirmed",
        col(LedgerEntry.subject_key) == small.ORDER,
    )
    with opened.reader.connect() as connection:
        return len(connection.execute(done).all())


def test_fifty_confirmations_under_one_key_are_one(
    visitor: TestClient, opened: Database, submitted: str
) -> None:
    """One wins and the others get the same order back."""
    justice = Desk(visitor, "justice").headers

    def confirm(key: str) -> Any:
        headers = {**justice, "If-Match": submitted, "Idempotency-Key": key}
        while True:
            reply = visitor.post(f"{MADE}/confirmations", json={"persons": 3}, headers=headers)
            if reply.json().get("code") != "idempotency.in_progress":
                return reply

    with ThreadPoolExecutor(8) as crowd:
        replies = list(crowd.map(confirm, ["one"] * 50))
    assert {reply.status_code for reply in replies} == {201}
    assert len({reply.content for reply in replies}) == 1
    assert confirmations(opened) == 1


def test_an_appeal_is_decided_by_the_uninvolved_and_restores(
    visitor: TestClient, office: small.Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.suspended(office)
    on(monkeypatch, small.EFFECTIVE)
    line = lines(visitor)[0]
    asked = {"line": line["number"], "grounds": "成绩有误"}
    foreign = visitor.post("/api/v1/appeals", json=asked, headers=bearer(visitor, "unit20"))
    assert foreign.status_code == 404
    filed = visitor.post("/api/v1/appeals", json=asked, headers=bearer(visitor, "unit12")).json()
    assert filed.get("state") == "accepted", filed
    path, panel = f"/api/v1/appeals/{filed['number']}", bearer(visitor, "panel")
    for members, status in (
        (["hr", "panel"], 409), (["nobody"], 409), (["unit12", "panel"], 409), ([], 409),
        (["panel"], 201),
    ):  # fmt: skip
        reply = visitor.post(f"{path}/panels", json={"members": members}, headers=panel)
        assert reply.status_code == status, reply.text
    told = {"decision": "revoked", "reason": "复查后成绩合格"}
    assert visitor.post(f"{path}/decisions", json=told, headers=panel).json()["state"] == "revoked"
    asked = {"certificate_no": line["cards"][0]["certificate_no"], "name": line["name"]}
    assert visitor.post("/api/v1/verifications", json=asked).json()["result"] == "valid"


def test_what_waits_is_told_to_who_can_do_it(
    visitor: TestClient, office: small.Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.examine(office)
    small.preview(office)
    on(monkeypatch, small.PREVIEWED)

    def kinds(username: str) -> set[str]:
        found = visitor.get("/api/v1/work", headers=bearer(visitor, username)).json()["items"]
        return {each["kind"] for each in found if small.ORDER in each["key"]}

    assert kinds("unit12") == {"order_to_object_to"}
    assert kinds("unit20") == set()
    objected(visitor, lines(visitor)[0]["number"])
    assert kinds("justice") == {"objection_to_decide"}
    assert kinds("hr") == {"order_to_submit"}


def test_whoever_is_on_the_list_makes_nothing_of_it(
    visitor: TestClient, office: small.Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.examine(office)
    on(monkeypatch, small.PREVIEWED)
    given = {"order_no": small.ORDER, "campaign": small.CODE}
    visitor.post(ORDERS, json=given, headers=bearer(visitor, "hr"))
    with office.day(small.PREVIEWED) as desk:
        concerned = small.people(desk, 1)[0].officer_no
    facts = {"username": "self", "name": "x", "post": "x", "password": "a long way round"}
    admin = bearer(visitor, "system")
    visitor.post("/api/v1/accounts", json={**facts, "officer_no": concerned}, headers=admin)
    grant = visitor.post(
        "/api/v1/role-grants", json={"username": "self", "role": "hr_office"}, headers=admin
    ).json()["number"]
    second = bearer(visitor, "system2")
    visitor.post(f"/api/v1/role-grants/{grant}/confirmations", headers=second)
    opened = visitor.post(
        "/api/v1/sessions", json={"username": "self", "password": facts["password"]}
    ).json()
    headers = {"Authorization": f"Bearer {opened['token']}", "If-Match": '"v1"'}
    refused = visitor.post(f"{MADE}/previews", headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (409, "act.concerns_yourself")
