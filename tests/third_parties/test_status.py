"""How the register stands: versions, head, anchor, and what waits to be delivered."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from app import ledger
from app.acts import webhook_deliveries
from app.config import settings
from app.db import Database
from app.doctor import newest_schema
from app.models.webhooks import Webhook
from tests.clients_at_work import let_in
from tests.receiver import receiving

STATUS = "/api/v1/status"


@pytest.fixture
def inside(configured: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MINGBAI_WEBHOOK_PRIVATE_RANGES", '["127.0.0.0/8"]')
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_the_head_is_the_newest_entry(visitor: TestClient, opened: Database) -> None:
    told = visitor.get(STATUS).json()
    newest = visitor.get("/api/v1/changes?sort=-seq&limit=1").json()["items"][0]
    assert {name: told["ledger"][name] for name in ("seq", "hash", "at")} == {
        name: newest[name] for name in ("seq", "hash", "at")
    }
    assert (told["schema_version"], told["anchored_seq"]) == (newest_schema(), None)
    with opened.reader.connect() as connection:
        ledger.anchor(connection, settings().anchor_file)
    told = visitor.get(STATUS).json()
    assert told["anchored_seq"] == newest["seq"]
    assert 0 <= told["anchor_age"] < 60


def test_what_waits_to_be_delivered_is_counted(
    inside: None, visitor: TestClient, opened: Database
) -> None:
    app = let_in(visitor, webhook_hosts=["127.0.0.1"])
    with receiving() as receiver:
        app.post("/webhooks", url=receiver.url, events=["*"])
    assert visitor.get(STATUS).json()["deliveries"] == {"pending": 0, "retrying": 0, "dead": 0}
    with Session(opened.writer) as session, session.begin():
        webhook_deliveries.ping(session, session.get_one(Webhook, 1))
    assert visitor.get(STATUS).json()["deliveries"]["pending"] == 1
    page = visitor.get("/status").text
    assert "State of the service" in page
    assert visitor.get(STATUS).headers["cache-control"] == "no-store"
