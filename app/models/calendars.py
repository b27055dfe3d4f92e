"""The working-day calendar, a year at a time, as each autumn's notice announces it."""

from datetime import date
from typing import Final

from sqlalchemy import select
from sqlmodel import Field, SQLModel, col

from app.listing import Selection
from app.models.columns import PUBLIC, always, closed
from app.rules.workdays import DayKind, Passed, Unit, YearStatus


class CalendarYear(SQLModel, table=True):
    __tablename__ = "calendar_year"
    __table_args__ = (
        closed("status", YearStatus),
        always("notice", "status <> 'official' or notice_no is not null"),
        PUBLIC,
    )

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    status: str = Field(max_length=16)
    notice_no: str | None = Field(default=None, max_length=100)


class CalendarDay(SQLModel, table=True):
    __tablename__ = "calendar_day"
    __table_args__ = (closed("kind", DayKind), PUBLIC)

    day: date = Field(primary_key=True)
    year: int = Field(foreign_key="calendar_year.year")
    kind: str = Field(max_length=16)
    name: str = Field(max_length=50)


class NamedDay(SQLModel):
    day: date
    name: str


class PassedDayOut(SQLModel):
    day: date
    kind: Passed
    number: int | None


class DueOut(SQLModel):
    """A due date with its sum: `limit` in `unit` from `start`, which is day 0."""

    due: date
    start: date
    limit: int
    unit: Unit
    counted: int
    weekend_days: int
    holidays: list[NamedDay]
    makeup_workdays: list[NamedDay]
    days: list[PassedDayOut]
    provisional: bool
    basis: str | None


DAYS: Final[Selection] = select(
    col(CalendarDay.day), col(CalendarDay.kind), col(CalendarDay.name)
).order_by(col(CalendarDay.day))
YEARS: Final[Selection] = select(col(CalendarYear.year), col(CalendarYear.status))
