"""Loading the whole demo city, once, into an empty register."""

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
from app.demo.city import DIVISION, City, Progress


def has_entries(engine: Engine) -> bool:
    with engine.connect() as connection:
        return bool(connection.execute(text("select count(*) from ledger_entry")).scalar_one())


def is_whole(engine: Engine) -> bool:
    """A load that was cut short left no last entry."""
    last = text("select count(*) from ledger_entry where act = 'demo.loaded'")
    with engine.connect() as connection:
        return bool(connection.execute(last).scalar_one())


def load(engine: Engine, progress: Progress = lambda _: None, scale: int = 0) -> None:
    """Run every act that made the city, in the order of days; `scale` asks for many officers."""
    city = City(engine, progress, scale)
    campaign = () if scale else (exam, self_checks, suspensions)
    rooms = (calendars, accounts, registry, permits, liaison, officers, *campaign)
    days = [day for room in rooms for day in room.days(city)]
    for _, act in sorted(days, key=lambda day: day[0]):
        act()
    with city.day(officers.TODAY, "登记系统") as desk:
        desk.note("demo.loaded", DIVISION, officers=scale or None)
