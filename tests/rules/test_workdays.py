from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.demo.calendars import HOLIDAYS, span
from app.rules.workdays import (
    DayKind,
    Limit,
    Passed,
    Unit,
    add_workdays,
    due,
    explain,
    in_workdays,
    is_workday_in,
    received,
)  # fmt: skip

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


def test_a_due_date_opens_to_its_sum() -> None:
    told = explain(date(2026, 2, 10), Limit(5, Unit.WORKING_DAY), DAYS, {2025, 2026})
    assert told.due == date(2026, 2, 24)
    assert told.of(Passed.WEEKEND) == []
    assert told.of(Passed.HOLIDAY) == list(span(2026, "0215-0223"))
    assert told.of(Passed.MAKEUP_WORKDAY) == [date(2026, 2, 14)]
    assert [each.number for each in told.days if each.number] == [1, 2, 3, 4, 5]
    assert not told.provisional


@pytest.mark.parametrize("days", [1, 20, 45])
def test_the_sum_adds_up(days: int) -> None:
    told = explain(date(2026, 1, 5), Limit(days, Unit.WORKING_DAY), DAYS, {2026})
    assert len(told.days) == (told.due - date(2026, 1, 5)).days + 1
    assert told.days[-1].number == days
    assert all((each.number is not None) == IS_WORKDAY(each.day) for each in told.days[1:])


def test_a_year_without_its_notice_is_provisional() -> None:
    late = Limit(5, Unit.WORKING_DAY)
    assert explain(date(2026, 12, 29), late, DAYS, {2025, 2026}).provisional
    assert not explain(date(2026, 12, 1), late, DAYS, {2025, 2026}).provisional
    assert not explain(date(2026, 12, 29), Limit(5, Unit.NATURAL_DAY), DAYS, {2026}).provisional


def test_natural_days_and_months_skip_nothing() -> None:
    told = explain(date(2026, 2, 10), Limit(10, Unit.NATURAL_DAY), DAYS, {2026})
    assert told.due == date(2026, 2, 20)
    assert [each.number for each in told.days] == [None, *range(1, 11)]


@pytest.mark.parametrize(
    ("day", "counts_as"),
    [("2026-03-28", "2026-03-30"), ("2026-02-14", "2026-02-14"), ("2026-02-15", "2026-02-24")],
)
def test_what_comes_on_a_day_off_is_received_on_the_next_working_day(
    day: str, counts_as: str
) -> None:
    assert received(date.fromisoformat(day), IS_WORKDAY) == date.fromisoformat(counts_as)


STARTS = st.dates(date(2024, 6, 1), date(2027, 6, 30))
LIMITS = st.builds(Limit, st.integers(0, 60), st.sampled_from(Unit))


@given(STARTS, st.integers(0, 90), st.integers(0, 90))
def test_a_longer_limit_never_ends_earlier(start: date, some: int, more: int) -> None:
    short, long = (
        add_workdays(start, some, IS_WORKDAY),
        add_workdays(start, some + more, IS_WORKDAY),
    )
    assert short <= long
    assert long == add_workdays(short, more, IS_WORKDAY)


@given(STARTS, st.integers(0, 400), st.integers(1, 60))
def test_who_begins_later_never_ends_earlier(start: date, later: int, days: int) -> None:
    first = add_workdays(start, days, IS_WORKDAY)
    assert first <= add_workdays(start + timedelta(days=later), days, IS_WORKDAY)


@given(STARTS, LIMITS)
def test_the_sum_always_leads_to_the_due_date(start: date, limit: Limit) -> None:
    told = explain(start, limit, DAYS, {2025, 2026})
    assert told.due == due(start, limit, IS_WORKDAY) == told.days[-1].day
    assert [each.day for each in told.days] == [
        start + timedelta(days=n) for n in range((told.due - start).days + 1)
    ]
    counted = [each.number for each in told.days if each.number]
    assert counted == list(range(1, len(counted) + 1))
    if limit.unit is not Unit.MONTH:
        assert len(counted) == limit.value
