"""The working-day calendar, a year at a time, as each autumn's notice announces it."""

from datetime import date
from typing import Final

from sqlalchemy import select
from sqlmodel import Field, SQLModel, col

from app.listing import Selection
from app.models.columns import PUBLIC, closed
from app.rules.workdays import DayKind, YearStatus


class CalendarYear(SQLModel, table=True):
    __tablename__ = "calendar_year"
    __table_args__ = (closed("status", YearStatus), PUBLIC)

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


DAYS: Final[Selection] = select(col(CalendarDay.day), col(CalendarDay.kind))
YEARS: Final[Selection] = select(col(CalendarYear.year), col(CalendarYear.status))
