"""When PostgreSQL is gone, nobody is told "valid": the register and its pages say 503."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from app.config import settings
from app.main import app
from tests.conftest import migrate
from tests.postgres import cluster

HEADERS = {"Accept-Language": "en", "Sec-Fetch-Site": "same-origin"}
ASKED = {"certificate_no": "99018112001", "name": "x"}


@pytest.fixture(params=[18])
def stopping(request: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[TestClient, Any]]:
    with cluster(request.param) as address:
        url = address % "postgres"
        migrate(url)
        monkeypatch.setenv("MINGBAI_DATABASE_URL", url)
        monkeypatch.setenv("MINGBAI_TRUSTED_HOSTS", '["testserver"]')
        settings.cache_clear()
        folder = Path(parse_qs(urlsplit(url).query)["host"][0])

        def stop() -> None:
            pid = int((folder / "data" / "postmaster.pid").read_text().split()[0])
            os.kill(pid, signal.SIGINT)  # a fast shutdown
            while (folder / "data" / "postmaster.pid").exists():
                pass

        with TestClient(app, headers=HEADERS, raise_server_exceptions=False) as client:
            yield client, stop
    settings.cache_clear()


def test_a_register_that_cannot_be_read_says_so(stopping: tuple[TestClient, Any]) -> None:
    visitor, stop = stopping
    assert visitor.post("/api/v1/verifications", json=ASKED).json()["result"] == "no_match"
    assert visitor.get("/api/v1/departments").status_code == 200
    stop()
    for _ in range(2):
        reply = visitor.post("/api/v1/verifications", json=ASKED)
        assert (reply.status_code, reply.json()["code"]) == (503, "service.unavailable")
        assert reply.headers["retry-after"] == "2"
        assert visitor.get("/api/v1/departments").status_code == 503
        page = visitor.post("/verify", data=ASKED)
        assert page.status_code == 503
        assert visitor.get("/permits").status_code == 503
        assert visitor.get("/healthz").status_code == 200
