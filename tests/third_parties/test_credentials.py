"""A mirror of credentials: in the order in which they changed, and nothing ever leaves."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func
from sqlmodel import Session, col, select

from app.acts import officers
from app.config import settings
from app.db import Database
from app.models.credentials import Credential
from app.rules.credentials import Act
from tests.acts.campaign import Office
from tests.acts.rosters import TODAY
from tests.clients_at_work import App, let_in


@pytest.fixture
def app(visitor: TestClient) -> App:
    return let_in(visitor, scopes=["credentials:sync"])


def every(app: App, **query: object) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    cursor = None
    while True:
        more: dict[str, Any] = {"cursor": cursor} if cursor else {}
        page = app.get("/credentials", limit=200, **query, **more).json()
        found += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


def test_pages_go_over_all_of_them_once(app: App, session: Session) -> None:
    keys = [(each["certificate_no"], each["scheme"]) for each in every(app)]
    kept = session.exec(select(func.count()).select_from(Credential)).one()
    assert len(keys) == len(set(keys)) == kept


def test_what_changed_comes_last_and_since_then(
    app: App, opened: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGBAI_NOW", "2027-02-01T00:00:30+08:00")
    settings.cache_clear()
    number = through(opened, Act.REVOKE)[0]
    (changed,) = every(app, updated_since="2027-02-01")
    assert (changed["certificate_no"], changed["status"]) == (number, "revoked")
    assert changed["updated_at"] == "2027-01-31T16:00:30+00:00"
    assert every(app)[-1] == changed
    assert every(app, updated_since="2027-02-02") == []
    read = app.get(f"/credentials/{number}", scheme=changed["scheme"])
    assert read.json() == changed


def through(opened: Database, *acts: Act) -> tuple[str, str]:
    """One valid certificate goes through these acts."""
    with Office(opened.writer).day(TODAY) as desk:
        active = select(Credential).where(col(Credential.status) == "active").limit(1)
        card = desk.session.exec(active).one()
        for act in acts:
            officers.change(desk, card, act)
        return card.certificate_no, card.scheme


def test_nothing_leaves_the_list_when_it_is_over(app: App, opened: Database) -> None:
    before = len(every(app))
    number, scheme = through(opened, Act.REVOKE, Act.CANCEL)
    assert len(every(app)) == before
    assert app.get(f"/credentials/{number}", scheme=scheme).json()["status"] == "cancelled"


def test_a_mirror_asks_whether_anything_moved(app: App) -> None:
    tag = app.get("/credentials").headers["etag"]
    headers = {"Authorization": f"Bearer {app.key}", "If-None-Match": tag}
    again = app.visitor.get("/api/v1/credentials", headers=headers)
    assert (again.status_code, again.content) == (304, b"")


def test_no_name_and_no_reason_is_told(app: App) -> None:
    assert {"name", "reason", "verify_token", "officer_no"}.isdisjoint(every(app)[0])
    assert app.get("/credentials", q="张").status_code == 422
    assert app.get("/credentials/none").status_code == 404
