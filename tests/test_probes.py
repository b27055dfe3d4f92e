"""What a supervisor, a proxy and a scanner ask first."""

import re
from datetime import datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.config import now
from app.db import Database
from app.doctor import examine, newest_schema


def test_it_lives_without_asking_the_database(visitor: TestClient, opened: Database) -> None:
    opened.close()
    reply = visitor.get("/healthz")
    assert (reply.status_code, reply.json()) == (200, {"status": "alive"})
    assert reply.headers["cache-control"] == "no-store"


def test_it_is_ready_at_the_newest_schema(visitor: TestClient) -> None:
    reply = visitor.get("/readyz")
    assert reply.status_code == 200
    assert reply.json()["schema"] == newest_schema()
    assert reply.headers["cache-control"] == "no-store"


def test_it_is_not_ready_at_another_schema(visitor: TestClient, opened: Database) -> None:
    visitor.get("/readyz")
    with opened.writer.begin() as connection:
        connection.execute(text("update alembic_version set version_num = 'older'"))
    reply = visitor.get("/readyz")
    assert (reply.status_code, reply.json()["code"]) == (503, "service.schema_differs")
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["retry-after"]


def test_the_catalogue_leads_to_the_description(visitor: TestClient) -> None:
    reply = visitor.get("/.well-known/api-catalog")
    assert reply.headers["content-type"].startswith("application/linkset+json")
    (api,) = reply.json()["linkset"]
    assert api["anchor"].endswith("/api/v1")
    described = visitor.get(api["service-desc"][0]["href"].removeprefix("http://127.0.0.1:8000"))
    assert described.json()["openapi"].startswith("3.1")
    assert described.json()["servers"] == [{"url": "/api/v1"}]


def test_a_weakness_has_an_address(visitor: TestClient) -> None:
    text = visitor.get("/.well-known/security.txt").text
    fields = dict(line.split(": ", 1) for line in text.splitlines())
    assert fields["Contact"].startswith(("https://", "http://", "mailto:", "tel:"))
    left = datetime.fromisoformat(fields["Expires"]) - now()
    assert timedelta(days=30) < left < timedelta(days=365)


@pytest.mark.parametrize("path", ["/", "/permits", "/api/v1/departments", "/healthz"])
def test_head_is_get_without_the_body(visitor: TestClient, path: str) -> None:
    full, brief = visitor.get(path), visitor.head(path)
    assert (brief.status_code, brief.content) == (200, b"")
    for name in ("content-type", "content-length"):
        assert brief.headers.get(name) == full.headers.get(name)


def test_the_register_loads_no_foreign_script_for_its_description(visitor: TestClient) -> None:
    drawn = visitor.get("/api/v1/docs").text
    sources = re.findall(r'(?:src|href)="([^"]+)"', drawn)
    assert sources
    assert [each for each in sources if not each.startswith("/")] == []
    assert visitor.get("/api/v1/redoc").status_code == 404


def test_the_doctor_names_what_does_not_hold(opened: Database) -> None:
    found = dict(examine(opened))
    assert not found["the secret key is set and 32 characters or longer"]
    assert not found["the clock is the machine's own"]
    assert found["the database answers"]
    assert found["the schema is the one this code was written for"]
    assert found["this year's working days are official"]


def test_the_doctor_sees_a_superuser(opened: Database) -> None:
    found = dict(examine(opened))
    if opened.in_place:
        assert found["SQLite syncs every commit"]
        assert found["SQLite checks foreign keys"]
    else:
        assert not found["the role is no superuser and obeys row security"]
