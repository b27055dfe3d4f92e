"""Test keys read the demo city that lies beside the register, and leave the register alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from app.acts import officers
from app.acts.desk import Desk
from app.config import legal_day, settings
from app.db import Database
from app.doctor import examine_sandbox
from app.main import app
from app.models.credentials import Credential
from app.models.officers import Officer
from app.rules.credentials import Act
from tests.clients_at_work import auth, let_in
from tests.conftest import NewDatabase

VERIFY = "/api/v1/verifications"


@pytest.fixture
def sandbox(
    new_sqlite: NewDatabase, tmp_path: Path, configured: str, monkeypatch: pytest.MonkeyPatch
) -> str:
    """Another city, in which one officer is revoked."""
    (tmp_path / "beside").mkdir()
    url = new_sqlite(tmp_path / "beside", "city")
    monkeypatch.setenv("MINGBAI_SANDBOX_DATABASE_URL", url)
    settings.cache_clear()
    return url


@pytest.fixture
def visitor(sandbox: str) -> Iterator[TestClient]:
    with TestClient(app, headers={"Accept-Language": "en"}) as client:
        yield client


def revoked_there(url: str) -> dict[str, str]:
    opened = Database(url)
    with Session(opened.writer) as session, session.begin():
        active = select(Credential, Officer.name).join(Officer)
        found = session.exec(active.where(col(Credential.status) == "active").limit(1)).one()
        card, name = found
        officers.change(Desk(session, "tests", legal_day()), card, Act.REVOKE)
        number = card.certificate_no
    opened.close()
    return {"certificate_no": number, "name": name}


def test_a_test_key_reads_the_city_beside(visitor: TestClient, sandbox: str) -> None:
    client = let_in(visitor, webhook_hosts=["hooks.app.example"])
    officer = revoked_there(sandbox)
    trying = client.make_key(kind="test").json()["key"]
    assert trying.startswith("mb_test_")
    there = visitor.post(VERIFY, json=officer, headers=auth(trying)).json()
    here = visitor.post(VERIFY, json=officer, headers=auth(client.key)).json()
    assert (there["result"], here["result"] == "revoked") == ("revoked", False)
    number = officer["certificate_no"]
    listed = visitor.get(f"/api/v1/credentials?certificate_no={number}", headers=auth(trying))
    assert listed.json()["items"][0]["status"] == "revoked"


def test_a_test_key_writes_nothing(visitor: TestClient) -> None:
    client = let_in(visitor, webhook_hosts=["hooks.app.example"])
    trying = auth(client.make_key(kind="test").json()["key"])
    made = {"url": "https://hooks.app.example/", "events": ["*"]}
    refused = visitor.post("/api/v1/webhooks", json=made, headers=trying)
    assert (refused.status_code, refused.json()["code"]) == (403, "api_key.test_reads_only")


def test_without_a_city_beside_there_are_no_test_keys(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = let_in(visitor)
    monkeypatch.delenv("MINGBAI_SANDBOX_DATABASE_URL")
    settings.cache_clear()
    assert client.make_key(kind="test").json()["code"] == "api_key.no_sandbox"


def test_the_doctor_looks_at_the_city_beside(sandbox: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = "the city of the test keys answers at this schema"
    assert list(examine_sandbox()) == [(told, True)]
    monkeypatch.setenv("MINGBAI_SANDBOX_DATABASE_URL", "sqlite:////nowhere/at/all.db")
    settings.cache_clear()
    assert list(examine_sandbox()) == [(told, False)]
