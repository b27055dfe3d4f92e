"""A register in earnest does not open on settings it may not be relied on with."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.config import settings
from tests.conftest import NewDatabase
from tests.servers import free_port, served

KEY = "thirty-two characters, or longer."


@pytest.fixture
def register(new_sqlite: NewDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = new_sqlite(tmp_path, "empty")
    monkeypatch.setenv("MINGBAI_DATABASE_URL", url)
    monkeypatch.setenv("MINGBAI_ANCHOR_FILE", str(tmp_path / "anchor.jsonl"))
    monkeypatch.setenv("MINGBAI_SECRET_KEY", KEY)
    settings.cache_clear()
    return url


def started(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(free_port()), *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECRET_KEY", "", "the secret key"),
        ("SECRET_KEY", "short", "the secret key"),
        ("NOW", "2026-03-31T09:30:00+08:00", "the clock"),
        ("PUBLIC_URL", "http://register.example", "https"),
        ("ANCHOR_FILE", "/etc/hostname/anchor.jsonl", "the anchors"),
        ("DATABASE_URL", "sqlite:////nowhere/at-all.db", "the database answers"),
    ],
)
def test_it_says_what_does_not_hold(
    register: str, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"MINGBAI_{name}", value)
    ended = started()
    assert ended.returncode == 1
    assert [line for line in ended.stderr.splitlines() if line.startswith("FAIL")] != []
    assert said in ended.stderr


def test_it_starts_when_all_holds(register: str) -> None:
    with served("serve", module="app.cli") as (client, _):
        assert client.get("/departments").status_code == 200


def test_a_demonstration_answers_on_loopback_only(
    register: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGBAI_DEMO", "1")
    ended = started("--host", "0.0.0.0")  # noqa: S104
    assert (ended.returncode, "loopback" in ended.stderr) == (2, True)
