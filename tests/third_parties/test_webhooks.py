"""Being told of changes: signed, in order per subject, tried for days, seen by whoever is told."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from app.acts.webhook_rounds import Rounds
from app.config import settings
from app.db import Database
from tests.acts.campaign import Office
from tests.acts.rosters import TODAY
from tests.clients_at_work import API, App, act, auth, let_in
from tests.receiver import Receiver, receiving

ROOT = Path(__file__).parents[2]
HOSTS = {"webhook_hosts": ["127.0.0.1"]}


@pytest.fixture
def receiver(configured: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv("MINGBAI_WEBHOOK_PRIVATE_RANGES", '["127.0.0.0/8"]')
    settings.cache_clear()
    with receiving() as found:
        yield found


@pytest.fixture
def app(receiver: Receiver, visitor: TestClient) -> App:
    return let_in(visitor, **HOSTS)


@pytest.fixture
def deliver(opened: Database) -> Callable[[], None]:
    """A round of the clock, and everybody who was sent out is back."""

    def round_() -> None:
        rounds = Rounds(opened)
        rounds.step()
        rounds.threads.shutdown()

    return round_


def endpoint(app: App, url: str, *events: str) -> tuple[str, str]:
    made = app.post("/webhooks", url=url, events=list(events or ["*"]))
    assert made.status_code == 201, made.text
    return made.json()["number"], made.json()["secret"]


def notes(opened: Database, *keys: str) -> None:
    """Entries of the ledger about these subjects, one after another."""
    with Office(opened.writer).day(TODAY) as desk:
        for number, key in enumerate(keys):
            desk.note("exam.noted", key, number=number)


def later(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setenv("MINGBAI_NOW", moment)
    settings.cache_clear()


def test_a_delivery_is_signed_and_says_what_the_feed_says(
    app: App, receiver: Receiver, opened: Database, deliver: Callable[[], None]
) -> None:
    _, secret = endpoint(app, receiver.url, "exam.*")
    notes(opened, "k")
    deliver()
    ((headers, body),) = receiver.got
    told = Verifier(secret).verify(body, headers)
    entry = app.get("/changes", sort="-seq", limit=1).json()["items"][0]
    assert told["seq"] == entry["seq"]
    assert (told["type"], told["timestamp"]) == ("exam.noted", entry["at"])
    assert told["data"] == {"subject_kind": "exam", "subject_key": "k", **entry["public"]}
    assert headers["webhook-id"].startswith("msg_")
    with pytest.raises(WebhookVerificationError):
        Verifier(secret).verify(body.replace(b"exam", b"exam2"), headers)


def test_during_a_rotation_both_secrets_verify(
    app: App,
    receiver: Receiver,
    opened: Database,
    deliver: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number, old = endpoint(app, receiver.url, "exam.*")
    new = app.post(f"/webhooks/{number}/rotations").json()["secret"]
    notes(opened, "k")
    deliver()
    headers, body = receiver.got[-1]
    assert Verifier(old).verify(body, headers) == Verifier(new).verify(body, headers)
    later(monkeypatch, "2026-04-01T09:31:00+08:00")
    notes(opened, "l")
    deliver()
    headers, body = receiver.got[-1]
    Verifier(new).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(old).verify(body, headers)


def test_what_concerns_one_subject_comes_in_order_and_holds_up_no_other(
    app: App,
    receiver: Receiver,
    opened: Database,
    deliver: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    endpoint(app, receiver.url, "exam.*")
    notes(opened, "a", "a", "b", "a", "b")
    receiver.answers = [500]  # the first about `a`
    deliver()
    told = [(each["data"]["subject_key"], each["data"]["number"]) for each in receiver.messages]
    assert told == [("a", 0), ("b", 2), ("b", 4)]
    later(monkeypatch, "2026-03-31T09:30:05+08:00")
    deliver()
    told = [(each["data"]["subject_key"], each["data"]["number"]) for each in receiver.messages[3:]]
    assert told == [("a", 0), ("a", 1), ("a", 3)]
    ids = [headers["webhook-id"] for headers, _ in receiver.got]
    assert ids[0] == ids[3]


def test_after_72_hours_it_is_given_up_and_may_be_sent_again(
    app: App,
    receiver: Receiver,
    opened: Database,
    deliver: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number, _ = endpoint(app, receiver.url, "exam.*")
    notes(opened, "a", "a")
    receiver.answers, receiver.body = [503, 503], "坏了".encode()
    deliver()
    later(monkeypatch, "2026-04-03T09:29:50+08:00")
    deliver()
    dead = app.get(f"/webhooks/{number}/deliveries", state="dead").json()["items"]
    assert [each["body"]["data"]["number"] for each in dead] == [0]
    detail = app.get(f"/webhooks/{number}/deliveries/{dead[0]['message_id']}").json()
    assert [(each["status"], each["answer"]) for each in detail["tries"]] == [(503, "坏了")] * 2
    assert receiver.messages[-1]["data"]["number"] == 1  # what came after it went on
    again = app.post(f"/webhooks/{number}/redeliveries", message_id=dead[0]["message_id"])
    assert again.json()["state"] == "pending"
    deliver()
    assert receiver.messages[-1]["data"]["number"] == 0
    assert app.get(f"/webhooks/{number}/deliveries", state="dead").json()["items"] == []


def test_a_redirect_is_not_followed(
    app: App, receiver: Receiver, opened: Database, deliver: Callable[[], None]
) -> None:
    number, _ = endpoint(app, receiver.url, "exam.*")
    with receiving() as elsewhere:
        receiver.answers, receiver.headers = [302], {"Location": elsewhere.url}
        notes(opened, "a")
        deliver()
        assert (len(receiver.got), elsewhere.got) == (1, [])
    (waiting,) = app.get(f"/webhooks/{number}/deliveries").json()["items"]
    assert (waiting["state"], waiting["attempts"]) == ("pending", 1)


def test_nobody_there_is_a_try_like_any_other(
    app: App, receiver: Receiver, opened: Database, deliver: Callable[[], None]
) -> None:
    number, _ = endpoint(app, "http://127.0.0.1:9/hook", "exam.*")
    notes(opened, "a")
    deliver()
    (waiting,) = app.get(f"/webhooks/{number}/deliveries").json()["items"]
    detail = app.get(f"/webhooks/{number}/deliveries/{waiting['message_id']}").json()
    assert [each["error"] for each in detail["tries"]] == ["delivery.connection_failed"]


def test_a_ping_arrives_and_says_nothing(
    app: App, receiver: Receiver, deliver: Callable[[], None]
) -> None:
    number, secret = endpoint(app, receiver.url, "exam.*")
    assert app.post(f"/webhooks/{number}/pings").status_code == 201
    deliver()
    ((headers, body),) = receiver.got
    assert Verifier(secret).verify(body, headers)["data"] == {"webhook": number}


def test_who_answers_410_is_told_no_more(
    app: App, receiver: Receiver, opened: Database, deliver: Callable[[], None]
) -> None:
    number, _ = endpoint(app, receiver.url, "exam.*")
    receiver.answers = [410]
    notes(opened, "a")
    deliver()
    notes(opened, "b")
    deliver()
    assert len(receiver.got) == 1
    read = app.get(f"/webhooks/{number}")
    assert read.json()["state"] == "paused"
    changed = app.visitor.post(
        f"{API}/webhooks/{number}/revisions",
        json={"state": "active"},
        headers={**auth(app.key), "If-Match": read.headers["etag"]},
    )
    assert changed.json()["state"] == "active"
    deliver()
    assert [each["data"]["subject_key"] for each in receiver.messages] == ["a", "b"]


def test_a_change_says_what_was_read(app: App, receiver: Receiver) -> None:
    number, _ = endpoint(app, receiver.url)
    path, tag = f"{API}/webhooks/{number}/revisions", app.get(f"/webhooks/{number}").headers["etag"]
    blind = app.visitor.post(path, json={"state": "paused"}, headers=auth(app.key))
    assert blind.status_code == 428
    both = {**auth(app.key), "If-Match": tag}
    assert app.visitor.post(path, json={"state": "paused"}, headers=both).status_code == 201
    stale = app.visitor.post(path, json={"state": "active"}, headers=both)
    assert (stale.status_code, stale.json()["code"]) == (412, "precondition.stale")


def test_a_client_that_was_stopped_is_told_nothing(
    app: App, receiver: Receiver, opened: Database, deliver: Callable[[], None]
) -> None:
    endpoint(app, receiver.url, "exam.*")
    act(app.visitor, app.client_no, "suspensions", "system", reason="x")
    notes(opened, "a")
    deliver()
    assert receiver.got == []
    act(app.visitor, app.client_no, "resumptions", "system")
    deliver()
    assert len(receiver.got) == 1  # what happened meanwhile is told then


def test_another_clients_endpoint_is_as_good_as_none(app: App, receiver: Receiver) -> None:
    number, _ = endpoint(app, receiver.url)
    other = let_in(app.visitor, **HOSTS)
    paths = (f"/webhooks/{number}", f"/webhooks/{number}/deliveries")
    assert [other.get(each).status_code for each in paths] == [404, 404]
    for step in ("rotations", "endings", "pings"):
        assert other.post(f"/webhooks/{number}/{step}").status_code == 404
    assert other.get("/webhooks").json()["items"] == []


@pytest.mark.parametrize("events", [["exam"], ["exam.noted.x"], ["Exam.noted"], ["**"], [" *"], []])
def test_what_is_no_event_is_refused(app: App, receiver: Receiver, events: list[str]) -> None:
    refused = app.post("/webhooks", url=receiver.url, events=events)
    assert refused.status_code in (409, 422)


def test_deliveries_begin_where_a_mirror_stands(
    app: App, receiver: Receiver, opened: Database, deliver: Callable[[], None]
) -> None:
    notes(opened, "a", "b")
    head: Any = app.get("/changes", sort="-seq", limit=1).json()["items"][0]["seq"]
    app.post("/webhooks", url=receiver.url, events=["exam.*"], after=head - 1)
    deliver()
    assert [each["data"]["subject_key"] for each in receiver.messages] == ["b"]


def test_the_javascript_library_verifies_it_also_during_a_rotation(
    app: App, receiver: Receiver, opened: Database, deliver: Callable[[], None]
) -> None:
    number, old = endpoint(app, receiver.url, "exam.*")
    new = app.post(f"/webhooks/{number}/rotations").json()["secret"]
    notes(opened, "k")
    deliver()
    ((headers, body),) = receiver.got
    text = body.decode()
    told = verified([old, headers, text], [new, headers, text], [new, headers, text + " "])
    assert told == ["exam.noted", "exam.noted", "WebhookVerificationError"]


def verified(*deliveries: list[Any]) -> list[str]:
    """What the standard's own library for Node makes of them."""
    node = ROOT / ".venv/bin/node"
    script = ROOT / "tests/clients/verify.js"
    done = subprocess.run(
        [node, script], input=json.dumps(deliveries), capture_output=True, text=True, check=True
    )
    return done.stdout.split()
