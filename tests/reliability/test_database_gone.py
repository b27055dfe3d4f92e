"""When PostgreSQL is gone, or hangs, nobody is told "valid", and nobody waits for long."""

import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from app.config import settings
from tests.conftest import migrate
from tests.postgres import Server, server
from tests.servers import served

ASKED = {"certificate_no": "99018112001", "name": "x"}
FORM = {"Sec-Fetch-Site": "same-origin"}
SIGN_IN = {"username": "nobody", "password": "x" * 12}
GIVEN_UP = 5.0  # seconds; the longest that anybody waits for an answer


@pytest.fixture
def postgresql(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with server(18) as running:
        url = running.address % "postgres"
        migrate(url)
        monkeypatch.setenv("MINGBAI_DATABASE_URL", url)
        settings.cache_clear()
        yield running
        running.send(signal.SIGCONT)
    settings.cache_clear()


@pytest.fixture
def visitor(postgresql: Server) -> Iterator[httpx2.Client]:
    with served() as (client, _):
        client.base_url = str(client.base_url).removesuffix("/api/v1/")
        client.timeout = httpx2.Timeout(20)
        assert verify(client).json()["result"] == "no_match"
        assert client.post("/api/v1/sessions", json=SIGN_IN).status_code == 401
        yield client


def verify(visitor: httpx2.Client) -> httpx2.Response:
    return visitor.post("/api/v1/verifications", json=ASKED)


def took(ask: Callable[[], httpx2.Response]) -> tuple[int, float]:
    began = time.monotonic()
    status = ask().status_code
    return status, time.monotonic() - began


def test_a_register_that_cannot_be_read_says_so(visitor: httpx2.Client, postgresql: Server) -> None:
    postgresql.stop()
    for _ in range(2):
        reply = verify(visitor)
        assert (reply.status_code, reply.json()["code"]) == (503, "service.unavailable")
        assert reply.headers["retry-after"] == "2"
        page = visitor.post("/verify", data=ASKED, headers=FORM)
        assert (page.status_code, "data-result" in page.text) == (503, False)
        assert visitor.get("/permits").status_code == 503
        assert visitor.get("/api/v1/departments").status_code == 503
        assert visitor.get("/readyz").status_code == 503
        assert visitor.get("/healthz").status_code == 200
    postgresql.start()
    returned = time.monotonic()
    while verify(visitor).status_code != 200:
        assert time.monotonic() - returned < 5
    assert visitor.get("/permits").status_code == 200


def test_a_database_that_hangs_keeps_nobody(visitor: httpx2.Client, postgresql: Server) -> None:
    postgresql.send(signal.SIGSTOP)
    asked = [
        lambda: verify(visitor),
        lambda: visitor.get("/api/v1/departments"),
        lambda: visitor.post("/verify", data=ASKED, headers=FORM),
        lambda: visitor.get("/permits"),
        lambda: visitor.post("/api/v1/sessions", json=SIGN_IN),
    ] * 4
    with ThreadPoolExecutor(len(asked)) as crowd:
        waits = [crowd.submit(took, each) for each in asked]
        time.sleep(0.5)
        alive = [took(lambda: visitor.get("/healthz")) for _ in range(5)]
        answers = [each.result() for each in waits]
    postgresql.send(signal.SIGCONT)
    assert {status for status, _ in answers} == {503}
    assert max(seconds for _, seconds in answers) <= GIVEN_UP
    assert {status for status, _ in alive} == {200}
    assert min(seconds for _, seconds in alive) <= 0.2
    assert verify(visitor).status_code == 200
