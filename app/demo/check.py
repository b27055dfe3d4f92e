"""Comparing the live figures with what the city reported."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection

from app.config import legal_day
from app.models.statistics import FIGURES

REPORTED: Final = {
    "A12": 13, "A13": 35, "A14": 9, "A15": 28, "A16": 219, "A43": 54, "A44": 4, "A45": 28,
}  # fmt: skip


def compare(connection: Connection) -> Iterator[tuple[str, str, int, int]]:
    """Every figure of the report that has data: row, key, counted now, reported."""
    for figure in FIGURES:
        value = connection.execute(figure.value, {"as_of": legal_day()}).scalar_one()
        yield figure.figure, figure.key, value, REPORTED[figure.figure]
