"""Third-party apps: who lets them in, and what their keys open."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from app.config import settings
from app.db import Database
from tests.clients_at_work import ALL, API, act, apply, auth, let_in
from tests.staff import bearer


def test_personal_scopes_are_let_in_by_two_offices(visitor: TestClient) -> None:
    app = apply(visitor)
    assert app.make_key().json()["code"] == "api_client.not_active"
    endorsed = act(visitor, app.client_no, "approvals", "system")
    assert endorsed.json()["state"] == "endorsed"
    assert app.make_key().json()["code"] == "api_client.not_active"
    confirmed = act(visitor, app.client_no, "confirmations", "justice").json()
    assert (confirmed["state"], confirmed["approved_by"], confirmed["confirmed_by"]) == (
        "active", "system", "justice",
    )  # fmt: skip
    assert app.make_key().status_code == 201


def test_what_is_public_needs_one_office(visitor: TestClient) -> None:
    app = apply(visitor, scopes=["departments:read"])
    assert act(visitor, app.client_no, "approvals", "system").json()["state"] == "active"
    refused = act(visitor, app.client_no, "confirmations", "justice")
    assert (refused.status_code, refused.json()["code"]) == (409, "api_client.act_not_allowed")


def test_a_key_opens_no_more_than_the_client_was_given(visitor: TestClient) -> None:
    app = let_in(visitor, scopes=["credentials:verify"])
    more = app.make_key(scopes=["credentials:verify", "credentials:sync"])
    assert (more.status_code, more.json()["code"]) == (409, "api_key.scope_not_granted")
    refused = app.get("/credentials")
    assert (refused.status_code, refused.json()["code"]) == (403, "api_key.scope_missing")
    assert refused.json()["errors"][0]["detail"] == "credentials:sync"


def test_a_key_is_told_once_and_kept_as_a_digest(visitor: TestClient, opened: Database) -> None:
    app = let_in(visitor)
    listed = visitor.get(f"{API}/api-keys", headers=auth(app.own))
    assert app.key not in listed.text
    assert app.own not in listed.text
    with opened.reader.connect() as connection:
        kept = connection.exec_driver_sql("select * from api_key").all()
        entries = connection.exec_driver_sql("select public from ledger_entry").all()
    assert app.key[20:60] not in f"{kept} {entries}"


def test_a_key_with_one_changed_character_is_refused_without_a_query(
    visitor: TestClient, opened: Database
) -> None:
    app = let_in(visitor)
    asked: list[str] = []
    for engine in (opened.reader, opened.reserved, opened.writer):
        event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    for place in (9, 15, 30, len(app.key) - 1):
        wrong = app.key[:place] + ("x" if app.key[place] != "x" else "y") + app.key[place + 1 :]
        reply = visitor.get(f"{API}/credentials", headers=auth(wrong))
        assert (reply.status_code, reply.headers["www-authenticate"]) == (401, "Bearer")
        assert reply.json()["code"] in ("api_key.checksum", "api_key.malformed")
    assert asked == []
    assert app.get("/credentials").status_code == 200
    assert asked


@pytest.mark.parametrize("address", ["/departments?key={}", "/departments/{}", "/changes?q={}"])
def test_a_key_in_an_address_is_refused(visitor: TestClient, address: str) -> None:
    app = let_in(visitor)
    reply = visitor.get(API + address.format(app.key))
    assert (reply.status_code, reply.json()["code"]) == (400, "request.key_in_address")


def test_two_keys_overlap_and_the_old_one_ends(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = let_in(visitor)
    old, key_id = app.key, app.key.split("_")[2]
    path = f"{API}/api-keys/{key_id}/rotations"
    made = visitor.post(path, json={"overlap_hours": 2}, headers=auth(app.own)).json()
    for key in (old, made["key"]):
        assert visitor.get(f"{API}/credentials", headers=auth(key)).status_code == 200
    monkeypatch.setenv("MINGBAI_NOW", "2026-03-31T11:31:00+08:00")
    settings.cache_clear()
    assert visitor.get(f"{API}/credentials", headers=auth(made["key"])).status_code == 200
    refused = visitor.get(f"{API}/credentials", headers=auth(old))
    assert (refused.status_code, refused.json()["code"]) == (401, "api_key.expired")


def test_a_revoked_key_opens_nothing_from_the_next_request_on(visitor: TestClient) -> None:
    app = let_in(visitor)
    path = f"{API}/api-keys/{app.key.split('_')[2]}/revocations"
    assert visitor.post(path, headers=auth(app.own)).status_code == 201
    refused = app.get("/credentials")
    assert (refused.status_code, refused.json()["code"]) == (401, "api_key.revoked")


def test_a_key_lasts_a_year_at_most(visitor: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    app = let_in(visitor)
    assert app.make_key(expires_on="2027-04-01").json()["code"] == "api_key.expiry"
    assert app.make_key(expires_on="2027-03-31").status_code == 201
    monkeypatch.setenv("MINGBAI_NOW", "2027-04-01T00:00:00+08:00")
    settings.cache_clear()
    assert app.get("/credentials").json()["code"] == "api_key.expired"


def test_a_key_works_from_the_addresses_that_it_lists(visitor: TestClient) -> None:
    app = let_in(visitor)
    app.key = app.make_key(addresses=["198.51.100.0/24"]).json()["key"]
    refused = app.get("/credentials")
    assert (refused.status_code, refused.json()["code"]) == (403, "api_key.address_not_listed")
    wrong = app.make_key(addresses=["not an address"])
    assert (wrong.status_code, wrong.json()["code"]) == (409, "api_key.address_invalid")


def test_a_stopped_client_opens_nothing_and_may_go_on_later(visitor: TestClient) -> None:
    app = let_in(visitor)
    stopped = act(visitor, app.client_no, "suspensions", "justice", reason="异常查询")
    assert stopped.json()["state"] == "suspended"
    refused = app.get("/credentials")
    assert (refused.status_code, refused.json()["code"]) == (403, "api_client.not_active")
    own = visitor.get(f"{API}/api-clients/{app.client_no}", headers=auth(app.own)).json()
    assert own["reason"] == "异常查询"
    assert act(visitor, app.client_no, "resumptions", "system").json()["state"] == "active"
    assert app.get("/credentials").status_code == 200


def test_a_client_sees_itself_and_no_other(visitor: TestClient) -> None:
    one, other = let_in(visitor), apply(visitor)
    for path in (f"/api-clients/{other.client_no}", f"/api-clients/{other.client_no}/usage"):
        there = visitor.get(API + path, headers=auth(one.own))
        nowhere = visitor.get(API + path.replace(other.client_no, "C1"), headers=auth(one.own))
        assert (there.status_code, there.json()["code"]) == (404, "record.not_found")
        assert there.json()["detail"] == nowhere.json()["detail"]
    foreign = other.own.split("_")[2]
    for step in ("revocations", "rotations"):
        body: dict[str, str] | None = {} if step == "rotations" else None
        path = f"{API}/api-keys/{foreign}/{step}"
        assert visitor.post(path, json=body, headers=auth(one.own)).status_code == 404
    listed = visitor.get(f"{API}/api-keys", headers=auth(one.own)).json()["items"]
    assert {each["client_no"] for each in listed} == {one.client_no}


def test_the_key_of_the_own_page_reads_no_register(visitor: TestClient) -> None:
    app = let_in(visitor)
    assert visitor.get(f"{API}/credentials", headers=auth(app.own)).status_code == 403
    assert visitor.get(f"{API}/accounts", headers=auth(app.own)).status_code == 403
    assert visitor.post(f"{API}/api-keys", json={}, headers=auth(app.key)).status_code == 403


def test_an_application_has_one_effect_under_its_key(visitor: TestClient) -> None:
    body = {"organisation": "x", "purpose": "一个足够长的用途说明", "scopes": ["permits:read"]}
    body["contact"] = {"name": "x", "email": "x@x.example", "phone": "12345"}  # type: ignore[assignment]
    marked = {"Idempotency-Key": "k1"}
    one, two = (visitor.post(f"{API}/api-clients", json=body, headers=marked) for _ in range(2))
    assert (one.json(), two.headers["idempotency-replayed"]) == (two.json(), "true")
    listed = visitor.get(f"{API}/api-clients", headers=bearer(visitor, "audit")).json()
    assert len(listed["items"]) == 1


def test_usage_is_counted_and_errors_are_shown(visitor: TestClient) -> None:
    from app.acts import api_usage

    app = let_in(visitor)
    app.get("/credentials")
    app.get("/credentials", limit="999")
    api_usage.write()
    usage = visitor.get(f"{API}/api-clients/{app.client_no}/usage", headers=auth(app.own)).json()
    days = {(each["day"], each["status"]): each["requests"] for each in usage["days"]}
    assert (days["2026-03-31", 200], days["2026-03-31", 422]) == (1, 1)
    (failed,) = usage["errors"]
    assert (failed["path"], failed["code"]) == ("/credentials", "request.invalid")
    keys = visitor.get(f"{API}/api-keys", headers=auth(app.own)).json()["items"]
    used = {each["label"]: each["last_used_at"] for each in keys}
    assert used["prod"].startswith("2026-03-31T09:30")
    assert {each["name"] for each in usage["limits"]} == {"keyed-reads", "keyed-verifications"}


def test_a_refusal_long_enough_to_be_packed_is_shown_too(visitor: TestClient) -> None:
    from app.acts import api_usage

    app = let_in(visitor)
    refused = app.get("/credentials", status=",".join(["x"] * 20))
    assert (refused.status_code, refused.headers["content-encoding"]) == (422, "gzip")
    api_usage.write()
    usage = visitor.get(f"{API}/api-clients/{app.client_no}/usage", headers=auth(app.own)).json()
    assert [each["code"] for each in usage["errors"]] == ["request.invalid"]


def test_every_scope_can_be_applied_for(visitor: TestClient) -> None:
    app = apply(visitor, scopes=[*ALL, "departments:read", "liaison:read", "requests:write"])
    assert act(visitor, app.client_no, "approvals", "system").json()["state"] == "endorsed"
