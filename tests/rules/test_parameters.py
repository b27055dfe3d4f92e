"""Every period comes from a dated parameter; an act of the past is judged by the law of its day."""

from datetime import date

import pytest

from app.errors import Refusal
from app.rules.parameters import Version, follow, in_force, limit
from app.rules.workdays import Limit, Unit

OLD = Version(20, "natural_day", date(2019, 4, 23), date(2025, 1, 1))
NEW = Version(15, "working_day", date(2025, 1, 1))
BOTH = (NEW, OLD)


@pytest.mark.parametrize(
    ("on", "value"),
    [("2019-04-23", 20), ("2024-12-31", 20), ("2025-01-01", 15), ("2030-01-01", 15)],
)
def test_the_day_decides_which_version_applies(on: str, value: int) -> None:
    assert in_force("x", BOTH, date.fromisoformat(on)).value == value


def test_before_the_first_version_there_is_none() -> None:
    with pytest.raises(Refusal, match="parameter.not_in_force"):
        in_force("x", BOTH, date(2019, 4, 22))


def test_a_period_keeps_its_kind_of_days() -> None:
    assert limit("x", BOTH, date(2020, 1, 1)) == Limit(20, Unit.NATURAL_DAY)
    assert limit("x", BOTH, date(2026, 1, 1)) == Limit(15, Unit.WORKING_DAY)


def test_a_mark_is_no_period() -> None:
    with pytest.raises(Refusal, match="parameter.not_a_period"):
        limit("exam.pass_mark", [Version(60, "point", date(2020, 1, 1))], date(2026, 1, 1))


def test_the_past_is_not_rewritten() -> None:
    follow(OLD, date(2025, 1, 1))
    for day in (date(2019, 4, 23), date(2019, 1, 1)):
        with pytest.raises(Refusal, match="parameter.rewrites_the_past"):
            follow(OLD, day)
