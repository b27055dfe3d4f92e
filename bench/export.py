"""A million credentials, exported: `.venv/bin/python -m bench.export [rows] [sqlite|postgresql]`.

Seconds, rows a second, how much the server grew, and that a client which hangs up in the middle
leaves nothing behind. SQLite and PostgreSQL 18, one after the other, in one run.
"""

import hashlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import httpx2
from sqlalchemy import create_engine, insert, select
from sqlmodel import Session

from app.acts import api_clients, api_keys
from app.acts.desk import Desk
from app.config import settings
from app.db import Database
from app.demo.load import load
from app.models.credentials import Credential
from app.rules.api_clients import Act
from app.rules.api_keys import Kind
from bench.growth import peak
from bench.servers import ROOT
from tests.postgres import cluster
from tests.servers import free_port, wait_for

ROWS: Final = 1_000_000
BATCH: Final = 20_000
PATH: Final = "/api/v1/exports/credentials.ndjson"
CITY: Final = {"organisation": "x", "purpose": "a measurement", "scopes": ["credentials:sync"]}
CONTACT: Final = {"name": "x", "email": "x@x.example", "phone": "00000"}


def filled(url: str, rows: int) -> str:
    """The demo city with so many credentials, and a key to export them."""
    subprocess.run([sys.executable, "-m", "app.cli", "migrate"], cwd=ROOT, check=True)
    opened = Database(url)
    load(opened.writer)
    engine = create_engine(url)  # no ledger watches: this is no act
    with engine.begin() as connection:
        table: Any = Credential.__table__  # type: ignore[attr-defined]
        like = dict(connection.execute(select(table).limit(1)).mappings().one())
        del like["id"]
        for start in range(0, rows, BATCH):
            connection.execute(
                insert(table), [copied(like, n) for n in range(start, start + BATCH)]
            )
    engine.dispose()
    with Session(opened.writer) as session, session.begin():
        desk = Desk(session, "bench", date(2026, 3, 31))
        facts = {**CITY, "webhook_hosts": [], "contact": CONTACT}
        client, _ = api_clients.apply(desk, facts)
        api_clients.decide(desk, client, Act.APPROVE)
        client.maker = "another"
        api_clients.decide(desk, client, Act.CONFIRM)
        _, key = api_keys.issue(desk, client, Kind.LIVE, {"label": "x", "scopes": CITY["scopes"]})
    opened.close()
    return key


def copied(like: dict[str, Any], n: int) -> dict[str, Any]:
    return {**like, "certificate_no": f"B{n:010}", "verify_token": f"bench{n:010}"}


@contextmanager
def serving(url: str) -> Iterator[tuple[int, int]]:
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "app.main:app", "--port", str(port)]
    command += ["--log-level", "error", "--no-access-log"]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "MINGBAI_DATABASE_URL": url})
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}/api/v1", trust_env=False) as client:
        wait_for(client)
    try:
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(20)


def resident(pid: int) -> float:
    """MiB that the process holds now."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def whole(port: int, key: str) -> tuple[int, float]:
    """How many rows came, and in how many seconds; the digest is checked on the way."""
    started, digest, count, last = time.monotonic(), hashlib.sha256(), 0, b""
    headers = {"Authorization": f"Bearer {key}", "Accept-Encoding": "identity"}
    with httpx2.stream(
        "GET", f"http://127.0.0.1:{port}{PATH}", headers=headers, timeout=60, trust_env=False
    ) as reply:
        for part in reply.iter_raw(1 << 20):
            *lines, last = (last + part).split(b"\n")
            for line in lines:
                if line.startswith(b'{"rows"'):
                    assert digest.hexdigest().encode() in line
                    return count, time.monotonic() - started
                digest.update(line + b"\n")
                count += 1
    raise SystemExit("the export was cut short")


def hung_up(port: int, pid: int, key: str) -> tuple[int, int]:
    """Open files of the server before, and some seconds after a client left in the middle."""
    before = len(os.listdir(f"/proc/{pid}/fd"))
    for _ in range(10):
        with socket.create_connection(("127.0.0.1", port)) as visitor:
            asked = f"GET {PATH} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n\r\n"
            visitor.sendall(asked.encode())
            visitor.recv(1 << 20)
    time.sleep(3)
    return before, len(os.listdir(f"/proc/{pid}/fd"))


def measure(name: str, url: str, rows: int) -> None:
    os.environ["MINGBAI_DATABASE_URL"] = url
    settings.cache_clear()
    key = filled(url, rows)
    with serving(url) as (port, pid):
        whole_small = httpx2.get(f"http://127.0.0.1:{port}/api/v1/departments", trust_env=False)
        assert whole_small.status_code == 200
        before = resident(pid)
        count, seconds = whole(port, key)
        grown = peak(pid) / 1024 - before
        files = hung_up(port, pid, key)
        _, again = whole(port, key)
    print(  # noqa: T201
        f"{name:14} {count:,} rows {seconds:6.1f} s, again {again:6.1f} s, "
        f"{count / seconds:,.0f} a second, grew by {grown:.1f} MiB; "
        f"open files {files[0]} before, {files[1]} after ten hung up",
        flush=True,
    )


def main() -> None:
    given = sys.argv[1:]
    rows = next((int(each.replace("_", "")) for each in given if each[0].isdigit()), ROWS)
    os.environ["MINGBAI_SECRET_KEY"] = "for this measurement only"
    os.environ["MINGBAI_NOW"] = "2026-03-31T09:30:00+08:00.."
    if "postgresql" not in given:
        with TemporaryDirectory() as folder:
            measure("SQLite", f"sqlite:///{folder}/bench.db", rows)
    if "sqlite" not in given:
        with cluster(18) as address:
            measure("PostgreSQL 18", address % "postgres", rows)


if __name__ == "__main__":
    main()
