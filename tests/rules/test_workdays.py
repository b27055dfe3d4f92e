from datetime import date, timedelta

import pytest

from app.demo.registry import HOLIDAYS, span
from app.rules.workdays import DayKind, Limit, Unit, add_workdays, due, in_workdays, is_workday_in

DAYS = {
    **{day: DayKind.HOLIDAY for year, (off, _) in HOLIDAYS.items() for day in span(year, off)},
    **{day: DayKind.MAKEUP_WORKDAY for year, (_, on) in HOLIDAYS.items() for day in span(year, on)},
}
IS_WORKDAY = is_workday_in(DAYS)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2025-01-24", 3, "2025-02-05"),
        ("2025-09-26", 5, "2025-10-10"),
        ("2025-09-30", 20, "2025-11-04"),
        ("2025-12-31", 1, "2026-01-04"),
        ("2026-01-05", 45, "2026-03-13"),
        ("2026-02-10", 5, "2026-02-24"),
        ("2026-02-13", 20, "2026-03-19"),
        ("2026-04-30", 3, "2026-05-08"),
        ("2026-09-18", 10, "2026-10-09"),
    ],
)
def test_the_nine_vectors(start: str, days: int, end: str) -> None:
    assert add_workdays(date.fromisoformat(start), days, IS_WORKDAY) == date.fromisoformat(end)


@pytest.mark.parametrize("year", [2025, 2026])
def test_each_year_has_248_working_days(year: int) -> None:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    assert sum(IS_WORKDAY(day) for day in days) == 248


def test_a_limit_counts_in_its_own_unit() -> None:
    start = date(2026, 1, 31)
    assert due(start, Limit(1, Unit.MONTH), IS_WORKDAY) == date(2026, 2, 28)
    assert due(start, Limit(10, Unit.NATURAL_DAY), IS_WORKDAY) == date(2026, 2, 10)
    assert in_workdays(Limit(7, Unit.NATURAL_DAY)) == 5
    assert in_workdays(Limit(2, Unit.MONTH)) == 42
