"""The working-day calendar and the legal parameters: set by notice, read by every act."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlmodel import col, select

from app.acts.desk import Desk
from app.models.calendars import CalendarDay, CalendarYear
from app.models.parameters import LegalParameter
from app.rules import parameters
from app.rules.workdays import DayKind, IsWorkday, Limit, YearStatus, is_workday_in


def load_year(
    desk: Desk, year: int, notice_no: str | None, days: Iterable[tuple[date, DayKind, str]]
) -> None:
    """A year with its notice is official; without, it is provisional and counts weekends only."""
    status = YearStatus.OFFICIAL if notice_no else YearStatus.PROVISIONAL
    desk.add(CalendarYear(year=year, status=status, notice_no=notice_no))
    for day, kind, name in days:
        desk.session.add(CalendarDay(day=day, year=year, kind=kind, name=name))
    desk.note("calendar.loaded", str(year), status=status)


def set_parameter(desk: Desk, facts: Mapping[str, Any]) -> None:
    """Open a version and close the one before it on the same day."""
    last = next(iter(versions(desk, facts["key"])), None)
    begins = facts["effective_from"]
    parameters.follow(version(last) if last else None, begins)
    if last is not None:
        last.effective_to = begins
    desk.session.add(LegalParameter(**facts))
    desk.note("parameter.set", facts["key"], value=facts["value"], unit=facts["unit"])


def versions(desk: Desk, key: str) -> list[LegalParameter]:
    """Newest first."""
    held = select(LegalParameter).where(col(LegalParameter.key) == key)
    return list(desk.session.exec(held.order_by(col(LegalParameter.effective_from).desc())))


def version(row: LegalParameter) -> parameters.Version:
    return parameters.Version(row.value, row.unit, row.effective_from, row.effective_to)


def limit(desk: Desk, key: str) -> Limit:
    """The period that the law of this desk's day gives."""
    return parameters.limit(key, map(version, versions(desk, key)), desk.today)


def value(desk: Desk, key: str) -> int:
    """A mark, a count or a number of days, as the law of this desk's day has it."""
    return parameters.in_force(key, map(version, versions(desk, key)), desk.today).value


def workdays(desk: Desk) -> IsWorkday:
    days = desk.session.exec(select(CalendarDay))
    return is_workday_in({each.day: DayKind(each.kind) for each in days})
