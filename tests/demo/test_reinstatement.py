"""The second act: forty-four of sixty-six come back, and everybody can see it at once."""

from datetime import date

import httpx2
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from app.config import settings
from app.db import Database
from app.demo import reinstatement
from app.errors import Refusal
from app.models.credentials import Credential
from app.models.officers import Officer
from tests.servers import served

ORDER = "/suspension-orders/澜执资停〔2025〕1号"


@pytest.fixture
def april(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGBAI_NOW", reinstatement.CLOCK.removesuffix(".."))
    settings.cache_clear()


def one_let_in(engine: Engine) -> dict[str, str]:
    """The card and name of the first who sits again."""
    with Session(engine) as session:
        found = session.exec(
            select(Credential.certificate_no, Officer.name)
            .join(Officer, col(Officer.id) == col(Credential.officer_id))
            .where(col(Credential.status) == "suspended", col(Credential.since) < date(2026, 1, 1))
            .order_by(col(Officer.officer_no))
        ).first()
    assert found is not None
    return {"certificate_no": found[0], "name": found[1]}


def result(client: TestClient | httpx2.Client, asked: dict[str, str], at: str = "") -> str:
    return str(client.post(f"{at}/verifications", json=asked).json()["result"])


@pytest.mark.usefixtures("april")
def test_it_turns_green_on_every_instance(visitor: TestClient, opened: Database) -> None:
    asked = one_let_in(opened.reader)
    with served() as (elsewhere, _):
        assert result(elsewhere, asked) == "suspended"
        reinstatement.play(opened.writer)
        assert result(elsewhere, asked) == "valid"
    order = visitor.get(f"/api/v1{ORDER}").json()
    assert (order["persons"], order["suspended_now"], order["reinstated"]) == (66, 22, 44)
    exam = visitor.get("/api/v1/exam-campaigns/EX2026").json()["outcomes"]
    assert (exam["passed"], exam["failed"]) == (44, 4)


@pytest.mark.usefixtures("april")
def test_it_is_played_once(opened: Database) -> None:
    reinstatement.play(opened.writer)
    with pytest.raises(Refusal, match="demo.played_already"):
        reinstatement.play(opened.writer)
