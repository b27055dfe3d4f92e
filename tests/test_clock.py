"""The clock: what falls due happens by itself, once, and the head is anchored outside."""

import json
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import text
from sqlmodel import Session

from app import clock
from app.acts import personal_reads
from app.config import legal_day, settings
from app.db import Database
from app.ledger import verify
from tests.acts import campaign as small


def let_time_pass(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    later = legal_day() + timedelta(days=days)
    monkeypatch.setenv("MINGBAI_NOW", f"{later}T00:05:00+08:00")
    settings.cache_clear()


def anchors() -> list[dict[str, object]]:
    return [json.loads(line) for line in settings().anchor_file.read_text().splitlines()]


def count(opened: Database, what: str) -> int:
    with opened.reader.connect() as connection:
        return int(connection.execute(text(f"select count(*) from {what}")).scalar_one())


def test_what_has_run_out_is_marked_and_told(
    opened: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_time_pass(monkeypatch, 400)
    due = f"credential where valid_to < '{legal_day()}' and status in ('active', 'suspended')"
    told = "ledger_entry where act = 'credential.expired' and at >= '2027'"
    waiting = count(opened, due)
    clock.beat(opened)
    assert waiting > 0
    assert count(opened, due) == 0
    assert count(opened, told) == waiting


def test_a_second_beat_changes_nothing(opened: Database) -> None:
    clock.beat(opened)
    first = anchors()
    clock.beat(opened)
    assert anchors() == first


def test_the_anchor_is_the_head_and_the_chain_agrees(opened: Database) -> None:
    clock.beat(opened)
    with opened.writer.connect() as connection:
        seq = connection.execute(text("select max(seq) from ledger_entry")).scalar_one()
        assert [line["seq"] for line in anchors()] == [seq]
        assert list(verify(connection, settings().anchor_file)) == []


def test_the_looks_of_a_day_are_sealed_when_the_last_of_them_is_in(
    opened: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Session(opened.writer) as session, session.begin():
        session.add(personal_reads.look("hr", "x", "officer", "LC1200030", 1))
    sealed = "ledger_entry where act = 'personal_read.sealed'"
    told = []
    for time in ("00:05", "00:11", "00:12"):
        monkeypatch.setenv("MINGBAI_NOW", f"2026-04-01T{time}:00+08:00")
        settings.cache_clear()
        clock.beat(opened)
        told.append(count(opened, sealed))
    assert told == [0, 1, 1]


def test_of_two_clocks_on_postgresql_one_beats(
    configured: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if configured.startswith("sqlite"):
        pytest.skip("SQLite has one serving process and its own clock")
    both, stop = [Database(configured) for _ in range(2)], Event()
    beats: list[Database] = []
    monkeypatch.setattr(clock, "beat", beats.append)
    threads = [Thread(target=clock.run, args=(each, stop, 0.02)) for each in both]
    for thread in threads:
        thread.start()
    stop.wait(0.6)
    winner = set(map(id, beats))
    stop.set()
    for thread in threads:
        thread.join()
    for each in both:
        each.close()
    assert len(beats) > 3
    assert len(winner) == 1


def test_when_the_elected_clock_goes_the_other_takes_over(
    configured: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if configured.startswith("sqlite"):
        pytest.skip("SQLite has one serving process and its own clock")
    monkeypatch.setattr(clock, "beat", lambda _: None)
    first, second = Database(configured), Database(configured)
    with first.reader.connect() as seat, second.reader.connect() as other:
        assert clock.elected(seat)
        assert clock.elected(seat)
        assert not clock.elected(other)
        seat.execute(clock.YIELD)
        assert clock.elected(other)
        other.execute(clock.YIELD)
    first.close()
    second.close()


def test_a_clock_without_a_database_waits_for_it(tmp_path: Path) -> None:
    away = Database(f"sqlite:///{tmp_path / 'none' / 'register.db'}")
    stop = Event()
    thread = Thread(target=clock.run, args=(away, stop, 0.01))
    thread.start()
    stop.wait(0.1)
    assert thread.is_alive()
    stop.set()
    thread.join(5)
    assert not thread.is_alive()
    away.close()


def test_a_confirmed_order_waits_for_its_day_and_two_clocks_do_it_once(
    opened: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = small.Office(opened.writer)
    small.examine(office)
    small.preview(office)
    small.confirm(office)
    told = "ledger_entry where act = 'suspension_order.effective'"
    before = count(opened, told)
    monkeypatch.setenv("MINGBAI_NOW", "2026-04-29T23:59:00+08:00")
    settings.cache_clear()
    clock.beat(opened)
    assert count(opened, told) == before
    monkeypatch.setenv("MINGBAI_NOW", "2026-04-30T00:00:30+08:00")
    settings.cache_clear()
    beats = [Thread(target=clock.beat, args=(opened,)) for _ in range(2)]
    for each in beats:
        each.start()
    for each in beats:
        each.join()
    assert count(opened, told) == before + 1
    assert count(opened, "suspension_line where state = 'effective'") == 66 + 3
