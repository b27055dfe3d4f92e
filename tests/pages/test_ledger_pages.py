"""The auditor's pages, the officer's history, the self-check by hand, the dashboard."""

import csv
import io
import re

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.db import Database
from tests.api.test_self_checks import FOUND
from tests.api.test_suspension_orders import on
from tests.conftest import NewDatabase
from tests.pages.test_order_pages import Browser

ORDER = "澜执资停〔2025〕1号"
CHECK = "/self-checks/EX2026-12"


@pytest.fixture
def new_database(new_sqlite: NewDatabase) -> NewDatabase:
    """The pages know no database; the API's tests ask all three."""
    return new_sqlite


def test_the_auditor_narrows_and_downloads(visitor: TestClient) -> None:
    Browser(visitor, "audit")
    page = visitor.get("/ledger", params={"order_no": ORDER, "act": "suspension_order"}).text
    assert "confirmed: 66 persons" in page
    assert "市司法局" in page
    assert "certificate was suspended" not in page
    asked = {"person": "LC1200030", "cursor": "", "lang": "en"}
    file = visitor.get("/ledger/export.csv", params=asked)
    rows = list(csv.reader(io.StringIO(file.text.removeprefix("\ufeff"))))
    assert rows[0][:3] == ["seq", "at", "actor"]
    assert [row[4] for row in rows[-3:]][0] == "officer.suspended"
    assert [int(row[0]) for row in rows[1:]] == sorted(int(row[0]) for row in rows[1:])


def test_the_whole_ledger_is_downloaded(visitor: TestClient, opened: Database) -> None:
    Browser(visitor, "audit")
    lines = visitor.get("/ledger/export.csv").text.count("\r\n")
    with opened.reader.connect() as connection:
        assert (
            lines == 1 + connection.execute(text("select count(*) from ledger_entry")).scalar_one()
        )


def test_a_wrong_filter_is_told_on_the_page(visitor: TestClient) -> None:
    Browser(visitor, "audit")
    reply = visitor.get("/ledger", params={"since": "yesterday"})
    assert (reply.status_code, "since" in reply.text) == (422, True)


def test_the_chain_is_verified_at_a_click(visitor: TestClient, opened: Database) -> None:
    auditor = Browser(visitor, "audit")
    assert "The chain is whole." in auditor.send("/ledger/verifications").text
    with opened.writer.begin() as connection:
        connection.execute(text("delete from ledger_entry where seq = 9"))
    broken = auditor.send("/ledger/verifications").text
    assert "The chain is broken." in broken
    assert "Entry 9 is missing." in broken


def test_an_officers_page_tells_its_history(visitor: TestClient) -> None:
    Browser(visitor, "hr")
    page = visitor.get("/officers/LC1200030?as_of=2025-11-16").text
    assert "A certificate was suspended: 99018112030" in page
    assert page.index("Valid") < page.index("Suspension in effect")
    assert "登记系统" in page
    assert "/officers/LC1200030" in visitor.get("/officers?qualification=suspended").text


def test_an_orders_page_tells_its_history(visitor: TestClient) -> None:
    path = f"/suspension-orders/{ORDER}"
    public = visitor.get(path).text
    assert "confirmed: 66 persons" in public
    assert "市司法局" not in public
    Browser(visitor, "hr")
    assert "市司法局" in visitor.get(path).text


def test_the_dashboard_draws_what_its_table_says(visitor: TestClient) -> None:
    Browser(visitor, "hr")
    page = visitor.get("/work").text
    total = re.search(r"All units</th>.*?>([\d,]+)</td>.*?>([\d,]+)</td>", page, re.S)
    assert total
    assert total[2] == "66"
    assert page.count('class="f-bad" x=') == 35
    Browser(visitor, "unit12")
    assert "by unit and standing" not in visitor.get("/work").text


def test_a_self_check_by_hand(visitor: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, "2026-04-01")
    Browser(visitor, "hr").send(
        "/exam-campaigns", code="EX2026", name="x", year="2026", syllabus="x"
    )
    justice = Browser(visitor, "justice")
    assert justice.send("/self-checks", campaign="EX2026", departments="12").status_code == 303
    unit = Browser(visitor, "unit12")
    assert CHECK in visitor.get("/work").text
    row = {f"{name}-0": str(value) for name, value in FOUND.items()}
    wrong = unit.send(f"{CHECK}/reports", nil="true", signed_by="H12", **row)
    assert (wrong.status_code, 'value="某甲"' in wrong.text) == (409, True)
    assert unit.send(f"{CHECK}/reports", nil="false", signed_by="H12", **row).status_code == 303
    on(monkeypatch, "2026-04-02")
    justice = Browser(visitor, "justice")
    assert "2 acts were signed" in visitor.get(CHECK).text
    for done, said in (("verifications", {"sample": "x"}), ("closings", {})):
        assert justice.send(f"{CHECK}/{done}", **said).status_code == 303
    visitor.cookies.clear()
    assert "某甲" not in visitor.get("/self-checks").text
