"""The spreadsheets that the demo's campaign is made of, and the same by hand on the eve of it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.db import Database
from app.demo.load import load, stopped_before
from app.demo.sheets import ROOM
from tests.acts.rosters import work
from tests.api.test_suspension_orders import on
from tests.conftest import NewDatabase
from tests.demo import offices
from tests.staff import bearer

EVE = date(2025, 9, 17)
D4 = {  # of 1,263 rows: how many of each class
    "cert_malformed": 6, "cert_belongs_to_other": 3, "cert_only_name_differs": 5,
    "name_unit_unique": 5, "name_variant": 6, "name_ambiguous": 36, "duplicate_in_file": 21,
    "duplicate_across_units": 9, "ineligible_employment": 7, "inactive_person": 8,
    "exact_cert_and_name": 1157,
}  # fmt: skip


def test_the_files_are_what_the_offices_wrote() -> None:
    there = {str(path.relative_to(ROOM)) for path in ROOM.rglob("*") if path.is_file()}
    every = offices.every()
    assert there == {str(offices.place(name).relative_to(ROOM)) for name in every}
    behind = [
        name
        for name, rows in every.items()
        if offices.place(name).read_bytes() != offices.written(name.rpartition(".")[2], rows)
    ]
    assert behind == []


def test_the_demo_read_them_and_its_clerk_decided(opened: Database) -> None:
    """Nothing is left open, and every score names the row that it was read from."""
    counts = {
        "select count(*) from import_batch where state = 'committed'": 14,
        "select count(*) from import_row where undecided": 0,
        "select count(*) from exam_result where source_row is null": 0,
        "select count(*) from job where state <> 'done'": 0,
    }
    with opened.reader.connect() as connection:
        found = {query: connection.execute(text(query)).scalar_one() for query in counts}
        asked = text(
            "select match_kind, count(*) from import_row where batch_id ="
            " (select id from import_batch where kind = 'roster') group by match_kind"
        )
        assert dict(map(tuple, connection.execute(asked))) == D4
    assert found == counts


class TestByHand:
    @pytest.fixture
    def database_url(self, new_sqlite: NewDatabase, tmp_path: Path) -> str:
        """The city as it was when the units began to hand in their lists."""
        url = new_sqlite(tmp_path, "empty")
        database = Database(url)
        load(database.writer, until=EVE)
        assert stopped_before(database.reader) == EVE
        database.close()
        return url

    def test_the_same_files_come_to_the_same_classes(
        self, visitor: TestClient, opened: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        on(monkeypatch, EVE)
        assert visitor.get("/api/v1/suspension-orders").json()["items"] == []
        hr: dict[str, Any] = {"headers": bearer(visitor, "hr")}
        tag = visitor.get("/api/v1/exam-campaigns/EX2025").json()["version"]
        hr["headers"]["If-Match"] = f'"v{tag}"'
        opening = visitor.post("/api/v1/exam-campaigns/EX2025/roster-openings", **hr)
        assert opening.status_code == 201
        lists = sorted((ROOM / "rosters").iterdir())
        sent = [("files", (path.name, path.read_bytes())) for path in lists]
        about = {"kind": "roster", "campaign": "EX2025"}
        job = visitor.post("/api/v1/imports", data=about, files=sent, **hr).json()
        assert work(opened) == "done"
        preview = visitor.get(f"/api/v1/imports/{job['subject']}", **hr).json()
        assert (len(preview["files"]), preview["rows"]) == (35, 1263)
        assert {each["match_kind"]: each["rows"] for each in preview["classes"]} == D4
