"""What is leaving says so half a year before, in headers and in the OpenAPI."""

from datetime import date

import pytest
from fastapi.testclient import TestClient

from app import lifecycle, openapi
from app.lifecycle import NOTICE, Leaving

GONE = Leaving(date(2026, 4, 1), date(2026, 10, 1), "/departments")


@pytest.fixture
def leaving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(lifecycle.LEAVING, "list_leaders", GONE)


def test_every_answer_says_since_when_and_until_when(leaving: None, visitor: TestClient) -> None:
    told = visitor.get("/api/v1/leaders?limit=1").headers
    assert told["deprecation"] == "@1775001600"  # RFC 9745
    assert told["sunset"] == "Thu, 01 Oct 2026 00:00:00 GMT"  # RFC 8594
    links = told["link"]
    assert '</api/v1/departments>; rel="successor-version"' in links
    assert 'rel="next"' in links
    assert "deprecation" not in visitor.get("/api/v1/departments").headers


def test_what_leaves_is_announced_long_enough() -> None:
    assert vars(openapi)["LEAVING"] is lifecycle.LEAVING
    for each in (*lifecycle.LEAVING.values(), GONE):
        assert (each.until - each.since).days >= NOTICE
