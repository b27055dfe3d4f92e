"""The first two administrators come from the console, and nobody else does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import make_url
from sqlmodel import Session, col, select
from typer.testing import CliRunner, Result

from app.cli import cli
from app.config import settings
from app.db import Database
from app.doctor import examine
from app.main import app
from app.models.changes import LedgerEntry
from tests.all_databases import new_database as new_database
from tests.conftest import NewDatabase, drop

PASSWORD = "a long way round the lake"


@pytest.fixture
def founded(
    new_database: NewDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, configured: str
) -> Iterator[str]:
    """A register with nothing in it, beside the demo city's."""
    folder = tmp_path / f"empty{tmp_path.name}"
    folder.mkdir()
    url = new_database(folder, "empty")
    monkeypatch.setenv("MINGBAI_DATABASE_URL", url)
    settings.cache_clear()
    yield url
    if url.startswith("postgresql"):
        drop(make_url(url))


def create(tmp_path: Path, username: str, password: str = PASSWORD) -> Result:
    (tmp_path / "password").write_text(password + "\n")
    told = ["--name", "林静", "--post", "科长", "--password-file", str(tmp_path / "password")]
    return CliRunner().invoke(cli, ["account", "create", username, *told])


def test_two_administrators_are_created_and_no_third(founded: str, tmp_path: Path) -> None:
    assert [create(tmp_path, name).exit_code for name in ("lin", "wei")] == [0, 0]
    third = create(tmp_path, "third")
    assert third.exit_code == 1
    assert "Two administrators exist already" in third.stderr
    with TestClient(app) as client:
        opened = client.post("/api/v1/sessions", json={"username": "lin", "password": PASSWORD})
    assert [each["role"] for each in opened.json()["account"]["roles"]] == ["sysadmin"]


def test_what_is_refused_leaves_nothing(founded: str, tmp_path: Path) -> None:
    for username, password in (("lin", "short"), ("Lin Jing", PASSWORD), ("a" * 65, PASSWORD)):
        assert create(tmp_path, username, password).exit_code == 1
    database = Database(founded)
    with Session(database.reader) as session:
        written = session.exec(select(LedgerEntry).where(col(LedgerEntry.act) == "account.created"))
        assert written.all() == []
    database.close()


@pytest.mark.parametrize("demo", [True, False])
def test_a_published_password_is_noticed(
    configured: str, monkeypatch: pytest.MonkeyPatch, demo: bool
) -> None:
    monkeypatch.setenv("MINGBAI_DEMO", str(demo))
    settings.cache_clear()
    database = Database(configured)
    found = dict(examine(database))
    database.close()
    assert found["no account opens with the demonstration's password"] is demo
