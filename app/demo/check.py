"""Comparing the live figures with what the city reported."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection

from app.config import legal_day
from app.models.statistics import FIGURES, value_of

REPORTED: Final = {
    "A12": 13, "A13": 35, "A14": 9, "A15": 28, "A16": 219, "A17": 1218, "A18": 4, "A19": 31,
    "A20": 35, "A21": 66, "A22": 3, "A23": 6, "A24": 11, "A43": 54, "A44": 4, "A45": 28,
}  # fmt: skip

ROWS: Final = 53  # of the report


def compare(connection: Connection) -> Iterator[tuple[str, str, int, int]]:
    """Every figure of the report that has data: row, key, counted now, reported."""
    for figure in FIGURES:
        value = value_of(connection, figure, legal_day())
        yield figure.figure, figure.key, value, REPORTED[figure.figure]


def without_data() -> list[str]:
    """Rows of the city's report that nothing in the register answers yet."""
    answered = {figure.figure for figure in FIGURES}
    return [f"A{row}" for row in range(1, ROWS + 1) if f"A{row}" not in answered]
