"""Loading the whole demo city, once, into an empty register."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count

import orjson
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from app.demo import (
    accounts,
    calendars,
    exam,
    liaison,
    officers,
    permits,
    registry,
    self_checks,
    suspensions,
)
from app.demo.city import DIVISION, City
from app.models.changes import LedgerEntry


def has_entries(engine: Engine) -> bool:
    with engine.connect() as connection:
        return bool(connection.execute(text("select count(*) from ledger_entry")).scalar_one())


def is_whole(engine: Engine) -> bool:
    """A load that was cut short left no last entry."""
    last = text("select count(*) from ledger_entry where act = 'demo.loaded'")
    with engine.connect() as connection:
        return bool(connection.execute(last).scalar_one())


def stopped_before(engine: Engine) -> date | None:
    """The day from which on nothing was played, if the city was loaded up to one."""
    last = select(LedgerEntry.public).where(LedgerEntry.act == "demo.loaded")
    with Session(engine) as session:
        until = orjson.loads(session.exec(last).one_or_none() or "{}").get("until")
    return date.fromisoformat(until) if until else None


Told = Callable[[int, int], None]


def load(
    engine: Engine,
    told: Told = lambda _done, _of: None,
    scale: int = 0,
    until: date | None = None,
) -> None:
    """Run every act that made the city, in the order of days; `scale` asks for many officers.

    `told` hears how many steps are done, of how many: each act, and each unit's officers. With
    `until`, what happened on that day and after it is left to whoever sits down at the desk.
    """
    done = count(1)
    city = City(engine, lambda: told(next(done), steps), scale)
    campaign = () if scale else (exam, self_checks, suspensions)
    rooms = (calendars, accounts, registry, permits, liaison, officers, *campaign)
    every = (day for room in rooms for day in room.days(city) if day[0] < (until or date.max))
    days = sorted(every, key=lambda day: day[0])
    steps = len(days) + len(city.data["officers_by_unit"])
    with hurried(engine):
        for _, act in days:
            act()
            city.progress()
    with city.day(until or officers.TODAY, "登记系统") as desk:
        desk.note("demo.loaded", DIVISION, officers=scale or None, until=until and str(until))


@contextmanager
def hurried(engine: Engine) -> Iterator[None]:
    """What is cut short is thrown away, so nothing need be on disk before all of it is.

    Looking for cycles among a million rows that have none took an eighth of the time.
    """
    gc.disable()
    set_pragmas(engine, "synchronous=off", "cache_size=-131072")
    try:
        yield
    finally:
        set_pragmas(engine, "synchronous=full", "cache_size=-32768")
        gc.enable()


def set_pragmas(engine: Engine, *pragmas: str) -> None:
    """Of the one connection that writes to SQLite; they cannot be set within a transaction."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        for pragma in pragmas:
            connection.cursor().execute(f"pragma {pragma}")
        connection.close()
