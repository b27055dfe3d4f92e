"""Words that would be script, typed wherever staff may type: they come out as words."""

import pytest
from fastapi.testclient import TestClient

from app.db import Database
from tests.acts import campaign as small
from tests.api.test_self_checks import FOUND
from tests.api.test_suspension_orders import on
from tests.conftest import NewDatabase
from tests.pages.test_order_pages import PAGE, Browser

HOSTILE = """"><script>alert(1)</script><img src=x onerror=alert(1)>'{{7*7}}"""
RAW = ("<script>alert", "<img src=x", "49'", "'49")


@pytest.fixture
def new_database(new_sqlite: NewDatabase) -> NewDatabase:
    """Escaping knows no database."""
    return new_sqlite


def tame(text: str) -> bool:
    return "alert(1)" in text and not any(raw in text for raw in RAW)


def test_what_is_typed_into_an_exam_and_a_self_check(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, "2026-04-01")
    told = {"code": "X-1", "year": "2026", "syllabus": HOSTILE, "name": HOSTILE}
    Browser(visitor, "hr").send("/exam-campaigns", **told)
    for path in ("/exam-campaigns", "/exam-campaigns/X-1", "/changes"):
        assert tame(visitor.get(path).text), path
    Browser(visitor, "justice").send("/self-checks", campaign="X-1", departments="12")
    unit = Browser(visitor, "unit12")
    row = {f"{name}-0": str(value) for name, value in FOUND.items()}
    named = {**row, "person_name-0": HOSTILE}
    refused = unit.send("/self-checks/X-1-12/reports", nil="true", signed_by=HOSTILE, **named)
    assert (refused.status_code, tame(refused.text)) == (409, True)
    unit.send("/self-checks/X-1-12/reports", nil="false", signed_by="H12", **named)
    assert tame(visitor.get("/self-checks/X-1-12").text)


def test_what_is_said_about_a_suspension(
    visitor: TestClient, opened: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = small.Office(opened.writer)
    small.examine(office)
    small.preview(office)
    on(monkeypatch, small.PREVIEWED)
    unit = Browser(visitor, "unit12")
    line = f"{PAGE}/lines/{small.ORDER}-1-00001"
    unit.send(f"{line}/objections", kind="wrong_score", statement=HOSTILE)
    unit.send(f"{line}/services", service="direct", receipt=HOSTILE)
    for path in ("/objections", f"{PAGE}/lines", f"{PAGE}/units/12"):
        assert tame(visitor.get(path).text), path


@pytest.mark.parametrize("path", ["/search?q=", "/permits?q=", "/departments?q=", "/liaison?q="])
def test_what_a_stranger_types_into_a_search(visitor: TestClient, path: str) -> None:
    reply = visitor.get(path.rstrip("=").split("?")[0], params={"q": HOSTILE})
    assert reply.status_code in (200, 422)
    assert not any(raw in reply.text for raw in RAW)
