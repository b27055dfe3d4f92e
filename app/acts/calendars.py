"""Loading a year's working-day calendar and the legal parameters."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from app.acts.desk import Desk
from app.models.calendars import CalendarDay, CalendarYear
from app.models.parameters import LegalParameter
from app.rules.workdays import DayKind, YearStatus


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
    desk.session.add(LegalParameter(**facts))
    desk.note("parameter.set", facts["key"], value=facts["value"], unit=facts["unit"])
