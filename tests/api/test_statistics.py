"""A figure says what was counted, on which day, and where to count it again."""

from urllib.parse import parse_qsl

import pytest
from fastapi.testclient import TestClient

FIGURES = "/api/v1/statistics"
FIELDS = {
    "key", "figure", "value", "unit", "definition", "definition_en", "population", "as_of",
    "query", "counted", "summed",
}  # fmt: skip


def test_every_figure_has_every_field(visitor: TestClient) -> None:
    page = visitor.get(FIGURES).json()
    assert (page["next_cursor"], page["has_more"]) == (None, False)
    for figure in page["items"]:
        assert set(figure) == FIELDS
        assert 0 <= figure["value"] <= figure["population"]
        assert visitor.get(f"{FIGURES}/{figure['key']}").json() == figure


@pytest.mark.parametrize("day", ["2025-06-01", "2026-03-30"])
def test_a_figure_of_another_day_is_counted_on_that_day_or_says_today(
    visitor: TestClient, day: str
) -> None:
    for figure in visitor.get(FIGURES, params={"as_of": day}).json()["items"]:
        assert figure["as_of"] in (day, "2026-03-31")
        assert ("as_of=" in figure["query"]) is (figure["as_of"] == day)
        path, _, query = figure["query"].partition("?")
        asked = {**dict(parse_qsl(query)), "include_total": "true", "limit": "1"}
        if not figure["counted"] and not figure["summed"]:
            assert visitor.get(path, params=asked).json()["total"] == figure["value"]
