"""Whole lists: as many rows as the list counts, a digest that fits, and a place to go on from."""

import csv
import hashlib
import io
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.db import Database
from app.models.exports import MOST, Resource
from tests.acts.campaign import Office
from tests.acts.rosters import TODAY
from tests.clients_at_work import let_in

EXPORTS = "/api/v1/exports"


def parts(text: str) -> tuple[list[Any], dict[str, Any]]:
    *rows, last = text.splitlines()
    return [json.loads(row) for row in rows], json.loads(last)


KEYED = [Resource.CREDENTIALS]
WHOLE = [each for each in Resource if each not in (*KEYED, Resource.LIAISON_PAIRS)]


@pytest.mark.parametrize("resource", WHOLE)
def test_an_export_is_what_the_list_has(visitor: TestClient, resource: str) -> None:
    rows, last = whole(visitor.get(f"{EXPORTS}/{resource}.ndjson"))
    listed = visitor.get(f"/api/v1/{resource}", params={"limit": "200"}).json()
    assert rows[: len(listed["items"])] == listed["items"]
    assert len(rows) == len(listed["items"]) or listed["has_more"]
    assert last["rows"] == len(rows)


def whole(reply: Any) -> tuple[list[Any], dict[str, Any]]:
    """The rows of an export whose digest fits."""
    rows, last = parts(reply.text)
    content = reply.text[: reply.text.rindex('{"rows"')]
    assert (last["rows"], last["sha256"]) == (
        len(rows), hashlib.sha256(content.encode()).hexdigest(),
    )  # fmt: skip
    return rows, last


def test_pairs_are_exported_with_those_that_ended(visitor: TestClient) -> None:
    rows, _ = whole(visitor.get(f"{EXPORTS}/liaison-pairs.ndjson"))
    listed = visitor.get("/api/v1/liaison-pairs", params={"limit": "200"}).json()["items"]
    states = {row["pair_no"]: row["state"] for row in rows}
    assert {each["pair_no"]: each["state"] for each in listed}.items() <= states.items()
    assert "ended" in states.values()


def test_credentials_are_exported_to_those_who_may_mirror_them(visitor: TestClient) -> None:
    path = f"{EXPORTS}/credentials.ndjson"
    assert visitor.get(path).json()["code"] == "api_key.missing"
    verifying = let_in(visitor, scopes=["credentials:verify"])
    assert verifying.get("/exports/credentials.ndjson").json()["code"] == "api_key.scope_missing"
    mirroring = let_in(visitor, scopes=["credentials:sync"])
    rows, last = whole(mirroring.get("/exports/credentials.ndjson"))
    listed = mirroring.get("/credentials", sort="certificate_no", limit=200).json()
    assert rows[:200] == listed["items"]
    assert last["rows"] > 1200
    assert set(rows[0]) == {
        "certificate_no", "scheme", "department", "status", "locally_suspended_since",
        "valid_from", "valid_to", "since", "updated_at", "status_index",
    }  # fmt: skip


def test_a_long_list_goes_over_many_reads(visitor: TestClient) -> None:
    rows, last = parts(visitor.get(f"{EXPORTS}/changes.ndjson").text)
    assert last["rows"] > 5 * MOST
    assert [each["seq"] for each in rows] == list(range(1, last["rows"] + 1))


def test_csv_has_the_same_rows(visitor: TestClient) -> None:
    text = visitor.get(f"{EXPORTS}/permits.csv").text
    *rows, last = csv.DictReader(io.StringIO(text))
    told, _ = parts(visitor.get(f"{EXPORTS}/permits.ndjson").text)
    assert [each["code"] for each in rows] == [each["code"] for each in told]
    assert [each["department.code"] for each in rows] == [
        each["department"]["code"] for each in told
    ]
    assert next(iter(last.values())).startswith("# 219 rows")


def test_a_mirror_goes_on_from_the_revision(visitor: TestClient, opened: Database) -> None:
    start = visitor.get(f"{EXPORTS}/departments.ndjson").headers["x-revision"]
    with Office(opened.writer).day(TODAY) as desk:
        desk.note("exam.noted", "k")
    fresh = visitor.get("/api/v1/changes", params={"after": start}).json()["items"]
    assert [each["act"] for each in fresh] == ["exam.noted"]


@pytest.mark.parametrize("path", ["officers.ndjson", "departments.xml", "departments.ndjson?q=x"])
def test_what_is_not_exported_is_refused(visitor: TestClient, path: str) -> None:
    assert visitor.get(f"{EXPORTS}/{path}").status_code == 422
