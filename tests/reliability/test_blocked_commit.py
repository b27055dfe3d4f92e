"""While a commit waits for a standby that never comes, nobody is told that it succeeded."""

import time
from collections.abc import Iterator
from typing import LiteralString

import httpx2
import psycopg
import pytest

from app.config import settings
from tests.conftest import migrate
from tests.postgres import Server, server
from tests.servers import served

HELD = 3  # seconds without an answer; the statement timeout ends the wait at 5


def asked(postgresql: Server, *statements: LiteralString) -> str:
    """Each in a connection of its own, which sees the settings as they are now."""
    with psycopg.connect(
        host=str(postgresql.folder), user="postgres", dbname="postgres", autocommit=True
    ) as connection:
        found = [connection.execute(each) for each in statements][-1]
        return str(found.fetchone()[0]) if found.description else ""  # type: ignore[index]


def wait_for_standby(postgresql: Server, name: LiteralString) -> None:
    change: LiteralString = "alter system set synchronous_standby_names = '" + name + "'"
    asked(postgresql, change, "select pg_reload_conf()")
    while asked(postgresql, "show synchronous_standby_names") != name:
        time.sleep(0.02)  # the postmaster reads its file when it comes to it


@pytest.fixture
def writer(monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx2.Client]:
    with server(18) as postgresql:
        migrate(postgresql.address % "postgres")
        monkeypatch.setenv("MINGBAI_DATABASE_URL", postgresql.address % "postgres")
        settings.cache_clear()
        with served("tests.writing:app") as (client, _):
            client.base_url = str(client.base_url).removesuffix("/api/v1/")
            client.timeout = httpx2.Timeout(HELD)
            assert client.post("/honest/1").status_code == 201
            wait_for_standby(postgresql, "nobody")
            yield client
            wait_for_standby(postgresql, "")
    settings.cache_clear()


def test_no_success_before_the_commit(writer: httpx2.Client) -> None:
    with pytest.raises(httpx2.ReadTimeout):
        writer.post("/honest/2")


def test_the_check_notices_an_answer_that_leaves_first(writer: httpx2.Client) -> None:
    assert writer.post("/hasty/3").status_code == 201
