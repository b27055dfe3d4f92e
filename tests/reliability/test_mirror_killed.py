"""A mirror ends equal to the register, whoever is killed on the way, and how often."""

import hashlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import httpx2
import pytest
import uvicorn
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from app import clock
from app.acts import officers
from app.acts.desk import Desk
from app.config import legal_day, settings
from app.db import Database
from app.models.credentials import Credential, CredentialCause
from app.rules.credentials import Act, Cause
from tests.clients_at_work import let_in
from tests.servers import free_port

KILLS = int(os.environ.get("MIRROR_KILLS", "4"))
CLIENT = Path(__file__).parents[2] / "examples/sync_client.py"
PATIENCE = 60.0  # seconds for the mirror to catch up at the end


def forked(work: object) -> int:
    """A child that has everything imported already, so that it may live and die quickly."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the child only works, and is killed
        child = os.fork()
    if not child:
        try:
            settings.cache_clear()
            work()  # type: ignore[operator]
        finally:
            os._exit(0)
    return child


def killed(child: int) -> None:
    with suppress(ProcessLookupError, ChildProcessError):
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


class Servers:
    """The site and the clock of one register, each in a process that may be killed."""

    def __init__(self, url: str, port: int) -> None:
        self.url, self.port = url, port
        self.site, self.worker = forked(self.serve), forked(self.beat)

    def serve(self) -> None:
        uvicorn.run("app.main:app", port=self.port, log_level="critical", access_log=False)

    def beat(self) -> None:
        clock.run(Database(self.url), Event(), every=0.3)

    def kill(self, chance: random.Random) -> None:
        if chance.random() < 0.6:
            killed(self.site)
            self.site = forked(self.serve)
        else:
            killed(self.worker)
            self.worker = forked(self.beat)

    def stop(self) -> None:
        killed(self.site)
        killed(self.worker)


class Writer(Thread):
    """Suspends one valid certificate after another, until it is told to stop."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.database, self.over, self.written = Database(url), Event(), 0

    def run(self) -> None:
        while not self.over.wait(0.03):
            with suppress(Exception), Session(self.database.writer) as session, session.begin():
                desk = Desk(session, "tests", legal_day())
                active = select(Credential).where(col(Credential.status) == "active").limit(1)
                card = session.exec(active).one()
                number = card.id or 0
                session.add(
                    CredentialCause(
                        credential_id=number, cause=Cause.SUPERVISION, decision_no="x",
                        since=desk.today,
                    )
                )  # fmt: skip
                officers.change(desk, card, Act.SUSPEND)
            self.written += 1
        self.database.close()


@contextmanager
def mirroring(port: int, key: str, path: Path, secret: str, hook: int) -> Iterator[None]:
    command = [sys.executable, str(CLIENT), "--register", f"http://127.0.0.1:{port}"]
    command += ["--mirror", str(path), "--listen", str(hook)]
    env = {**os.environ, "MINGBAI_KEY": key, "MINGBAI_WEBHOOK_SECRET": secret}
    mirror = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    try:
        yield
        assert mirror.poll() is None, "the mirror gave up"
    finally:
        mirror.kill()
        mirror.wait()


def exported(port: int, key: str) -> tuple[int, str]:
    headers = {"Authorization": f"Bearer {key}"}
    base = f"http://127.0.0.1:{port}/api/v1"
    with httpx2.Client(base_url=base, headers=headers, trust_env=False) as http:
        *rows, _ = http.get("/exports/credentials.ndjson").text.splitlines()
    text = "\n".join(sorted(rows))
    return len(rows), hashlib.sha256(text.encode()).hexdigest()


def mirrored(path: Path) -> tuple[int, str]:
    with closing(sqlite3.connect(path)) as db:
        rows = sorted(text for (text,) in db.execute("select row from credential"))
    return len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("MINGBAI_NOW", "2026-03-31T09:30:00+08:00..")  # a moving clock
    monkeypatch.setenv("MINGBAI_WEBHOOK_PRIVATE_RANGES", '["127.0.0.0/8"]')
    return free_port()


def test_the_mirror_ends_equal_to_the_register(
    configured: str, hook: int, visitor: TestClient, tmp_path: Path
) -> None:
    settings.cache_clear()
    app = let_in(visitor, webhook_hosts=["127.0.0.1"])
    url = f"http://127.0.0.1:{hook}/"
    secret = app.post("/webhooks", url=url, events=["credential.*"]).json()["secret"]
    port, path, chance = free_port(), tmp_path / "mirror.db", random.Random(7)  # noqa: S311
    servers, writer = Servers(configured, port), Writer(configured)
    writer.start()
    try:
        for _ in range(KILLS):
            with mirroring(port, app.key, path, secret, hook):  # it is killed as well
                for _ in range(5):
                    time.sleep(chance.uniform(0.05, 0.5))
                    servers.kill(chance)
        writer.over.set()
        writer.join()
        with mirroring(port, app.key, path, secret, hook):
            assert caught_up(port, app.key, path)
    finally:
        writer.over.set()
        servers.stop()
    assert writer.written > KILLS


def caught_up(port: int, key: str, path: Path) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(httpx2.TransportError, sqlite3.OperationalError):
            if mirrored(path) == exported(port, key):
                return True
        time.sleep(0.3)
    return False


def test_the_client_prints_where_it_stands(
    configured: str, hook: int, visitor: TestClient, tmp_path: Path
) -> None:
    """`--once`: count and digest, as whoever audits the mirror would compare them."""
    app = let_in(visitor)
    port = free_port()
    servers = Servers(configured, port)
    try:
        command = [sys.executable, str(CLIENT), "--register", f"http://127.0.0.1:{port}", "--once"]
        command += ["--mirror", str(tmp_path / "mirror.db")]
        env = {**os.environ, "MINGBAI_KEY": app.key}
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
        told = done.stdout.splitlines()[-1].split()
        assert (int(told[1]), told[2]) == exported(port, app.key)
    finally:
        servers.stop()
    assert json.loads(written(tmp_path))["certificate_no"]


def written(tmp_path: Path) -> str:
    with closing(sqlite3.connect(tmp_path / "mirror.db")) as db:
        return str(db.execute("select row from credential limit 1").fetchone()[0])
