"""The demo city: every figure as reported, made by acts, twice the same."""

from pathlib import Path

from sqlalchemy import text

from app.db import Database
from app.demo.check import compare
from app.demo.load import load
from app.ledger import verify
from tests.conftest import NewDatabase


def head(database: Database) -> str:
    with database.reader.connect() as connection:
        last = text("select hash from ledger_entry order by seq desc limit 1")
        return str(connection.execute(last).scalar_one())


def test_every_figure_agrees_with_the_report(opened: Database) -> None:
    with opened.reader.connect() as connection:
        rows = list(compare(connection))
    assert rows
    assert all(value == reported for _, _, value, reported in rows)


def test_two_loads_give_the_same_ledger(new_database: NewDatabase, tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    first = Database(new_database(tmp_path, "city"))
    second = Database(new_database(again, "empty"))
    load(second.writer)
    assert head(first) == head(second)
    with second.writer.connect() as connection:
        assert list(verify(connection)) == []
    first.close()
    second.close()


def test_the_city_has_its_people(opened: Database) -> None:
    counts = {
        "select count(*) from officer": 1219,
        "select count(*) from permit_item": 219,
        "select count(*) from power_item": 612,
        "select count(*) from liaison_pair where state = 'active'": 56,
        "select count(*) from liaison_pair where state = 'ended'": 3,
        "select count(*) from liaison_pair where state = 'handover'": 1,
    }
    with opened.reader.connect() as connection:
        found = {query: connection.execute(text(query)).scalar_one() for query in counts}
    assert found == counts


def test_the_exam_ends_in_66(opened: Database) -> None:
    """D4: 31 failed and 35 absent; 65 cards suspended, 2 annotated, one person without a card."""
    counts = {
        "select count(*) from registration": 1218,
        "select count(*) from registration where outcome = 'passed'": 1148,
        "select count(*) from registration where outcome = 'deferred'": 4,
        "select count(*) from suspension_line where preview = 1": 69,
        "select count(*) from suspension_line where state = 'effective' and reason = 'failed'": 31,
        "select count(*) from suspension_line where state = 'effective' and reason = 'absent'": 35,
        "select count(*) from officer where qualification = 'suspended'": 66,
        "select count(*) from credential_event where decision_no = '澜执资停〔2025〕1号'": 67,
        "select count(*) from credential where locally_suspended_since is not null": 2,
        "select count(*) from issue_block where ended_on is null": 1,
    }
    with opened.reader.connect() as connection:
        found = {query: connection.execute(text(query)).scalar_one() for query in counts}
    assert found == counts


def test_a_larger_city_has_more_of_both(new_sqlite: NewDatabase, tmp_path: Path) -> None:
    """Beyond the 900th officer of a unit a serial is no reissued card's."""
    database = Database(new_sqlite(tmp_path, "empty"))
    load(database.writer, scale=12_000)
    counts = {"select count(*) from officer": 12_000, "select count(*) from enterprise": 591}
    with database.reader.connect() as connection:
        found = {query: connection.execute(text(query)).scalar_one() for query in counts}
    database.close()
    assert all(abs(found[query] - wanted) < wanted / 100 for query, wanted in counts.items())
