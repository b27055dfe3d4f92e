"""An order takes effect wholly or not at all, at whatever instant the power goes."""

import os
import random
import shutil
import signal
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from app.acts import suspension_lines
from app.acts.desk import Desk
from app.db import Database
from tests.acts import campaign as small
from tests.conftest import drop

KILLS = int(os.environ.get("KILLS", "50"))
ABSENT, FAILED = 12, 20
PATIENCE = 30.0  # seconds for a child that ends by itself
COUNTS = text(
    "select (select state from suspension_order where order_no = :no),"
    " (select count(*) from suspension_line where state = 'effective' and number like :lines),"
    " (select count(*) from officer where qualification = 'suspended'),"
    " (select count(*) from ledger_entry where act = 'officer.suspended'),"
    " (select count(*) from credential where status = 'suspended' and since = '2026-04-30'),"
    " (select count(*) from ledger_entry where act = 'suspension_order.effective'"
    "   and subject_key = :no)"
)
Copy = Callable[[int], str]


@pytest.fixture
def copy(configured: str, tmp_path: Path) -> Iterator[Copy]:
    """Copies of a register in which a confirmed order waits for its day."""
    with closing(Database(configured)) as opened:
        office = small.Office(opened.writer)
        small.examine(office, absent=ABSENT, failed=FAILED, passed=1)
        small.preview(office)
        small.confirm(office, ABSENT + FAILED)
    made: list[str] = []

    def copied(n: int) -> str:
        url = make_url(configured)
        if url.get_backend_name() == "sqlite":
            return f"sqlite:///{shutil.copy(url.database or '', tmp_path / f'copy{n}.db')}"
        engine = create_engine(
            url.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool
        )
        with engine.connect() as connection:
            connection.execute(text(f"create database killed{n} template {url.database}"))
        made.append(url.set(database=f"killed{n}").render_as_string(hide_password=False))
        return made[-1]

    yield copied
    for each in made:
        drop(make_url(each))


def take_effect(url: str) -> None:
    with closing(Database(url)) as opened:
        small.take_effect(small.Office(opened.writer))


def killed_after(url: str, seconds: float) -> None:
    """The act in a process of its own, killed at an instant of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the child only acts, and is gone
        child = os.fork()
    if not child:
        try:
            take_effect(url)
        finally:
            os._exit(0)
    over = time.monotonic() + seconds
    while time.monotonic() < over and not os.waitpid(child, os.WNOHANG)[0]:
        time.sleep(0.001)
    with suppress(ProcessLookupError, ChildProcessError):
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def counts(url: str) -> tuple[object, ...]:
    asked = {"no": small.ORDER, "lines": f"{small.ORDER}-%"}
    with closing(Database(url)) as opened, opened.reader.connect() as connection:
        return tuple(connection.execute(COUNTS, asked).one())


def halves(copy: Copy) -> list[tuple[object, ...]]:
    """What was found after each kill that is neither all of it nor nothing."""
    first = copy(0)
    before, began = counts(first), time.monotonic()
    take_effect(first)
    lasted, after = time.monotonic() - began, counts(first)
    assert (before[0], after[0], after[1]) == ("confirmed", "effective", ABSENT + FAILED)
    chance, found = random.Random(20260430), []  # noqa: S311  instants, not secrets
    for n in range(1, KILLS + 1):
        url = copy(n)
        killed_after(url, chance.uniform(0, lasted * 1.1))
        found.append(counts(url))
    return [each for each in found if each not in (before, after)]


def test_fifty_kills_leave_all_or_nothing(copy: Copy) -> None:
    assert halves(copy) == []


def test_the_check_notices_a_commit_in_the_middle(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = suspension_lines.suspend_people

    def planted(desk: Desk, *more: Any) -> None:
        whole(desk, *more)
        desk.session.flush()
        desk.session.connection().exec_driver_sql("commit")
        os._exit(1)

    monkeypatch.setattr(suspension_lines, "suspend_people", planted)
    url = copy(0)
    before = counts(url)
    killed_after(url, PATIENCE)
    after = counts(url)
    assert after != before
    assert after[0] == "confirmed"
