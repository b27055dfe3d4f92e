"""Loading the whole demo city, once, into an empty register."""

from collections.abc import Callable
from itertools import count

from sqlalchemy import Engine, text

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


def has_entries(engine: Engine) -> bool:
    with engine.connect() as connection:
        return bool(connection.execute(text("select count(*) from ledger_entry")).scalar_one())


def is_whole(engine: Engine) -> bool:
    """A load that was cut short left no last entry."""
    last = text("select count(*) from ledger_entry where act = 'demo.loaded'")
    with engine.connect() as connection:
        return bool(connection.execute(last).scalar_one())


Told = Callable[[int, int], None]


def load(engine: Engine, told: Told = lambda _done, _of: None, scale: int = 0) -> None:
    """Run every act that made the city, in the order of days; `scale` asks for many officers.

    `told` hears how many steps are done, of how many: each act, and each unit's officers.
    """
    done = count(1)
    city = City(engine, lambda: told(next(done), steps), scale)
    campaign = () if scale else (exam, self_checks, suspensions)
    rooms = (calendars, accounts, registry, permits, liaison, officers, *campaign)
    days = sorted((day for room in rooms for day in room.days(city)), key=lambda day: day[0])
    steps = len(days) + len(city.data["officers_by_unit"])
    for _, act in days:
        act()
        city.progress()
    with city.day(officers.TODAY, "登记系统") as desk:
        desk.note("demo.loaded", DIVISION, officers=scale or None)
