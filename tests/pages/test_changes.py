"""Every act is told in words, and every entry can be checked."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.acts import departments, exam_campaigns, officers, permits, suspension_lines
from app.acts import suspension_orders as orders
from app.html import environment
from app.rules import (
    api_clients,
    appeals,
    objections,
    reinstatements,
    role_grants,
    self_checks,
    suspension_orders,
)
from app.rules.departments import Status

ROOT = Path(__file__).parents[2]
MOVES: dict[str, Any] = {  # acts whose names are put together
    "appeal": appeals.State,
    "credential": [*suspension_lines.PAST.values(), "expired", "reinstated"],
    "department": [Status.MERGED, Status.ABOLISHED],
    "api_client": api_clients.PAST.values(),
    "exam_campaign": exam_campaigns.PAST.values(),
    "objection": objections.State,
    "qualification_review": departments.PAST.values(),
    "reinstatement": reinstatements.State,
    "role_grant": role_grants.State,
    "self_check": self_checks.State,
    "suspension_line": suspension_orders.LineState,
    "suspension_order": orders.PAST.values(),
}


def written() -> Iterator[str]:
    """The acts that the program records, as its source names them."""
    yield from [*officers.PAST.values(), *permits.PAST.values()]
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr == "note" and node.args:
                    yield from named(node.args[0])


def named(said: ast.expr) -> Iterator[str]:
    if isinstance(said, ast.Constant) and isinstance(said.value, str):
        yield said.value
    if isinstance(said, ast.JoinedStr) and isinstance(said.values[0], ast.Constant):
        kind = str(said.values[0].value).rstrip(".")
        yield from (f"{kind}.{move}" for move in MOVES[kind])


ACTS = sorted(set(written()))
KEYS = {"personal_read.sealed": "2026-04-08"}
COUNTS = {"faults": 0, "entries": 9, "looks": 2}
FACTS: Any = (
    dict.fromkeys(
        ("name", "leader", "enterprise", "title", "holder", "department", "officers", "persons"),
        "x",
    )
    | {"due": "2026-04-08", "until": "2026-04-08", "held_on": "2026-04-08"}
    | COUNTS
)


@pytest.mark.parametrize("act", ACTS)
def test_every_act_is_told_in_words(act: str) -> None:
    entry = {
        "act": act,
        "subject_kind": act.split(".")[0],
        "subject_key": KEYS.get(act, "k"),
        "public": FACTS,
    }
    told = environment.get_template("changes/_words.html").module.said(entry)  # type: ignore[attr-defined]
    assert act not in told
    assert told.strip()


def test_the_acts_are_found_in_the_source() -> None:
    assert len(ACTS) > 110
    assert {"permit.revised", "appeal.taken_up", "credential.annotated"} <= set(ACTS)


@pytest.mark.parametrize(
    "kind",
    ["permits", "powers", "departments", "liaison", "credentials", "suspensions", "exams",
     "periods", "accounts"],
)  # fmt: skip
def test_each_kind_of_change_has_entries(visitor: TestClient, kind: str) -> None:
    page = visitor.get(f"/changes?kind={kind}")
    assert page.text.count("<time ") > 9
    assert f'aria-current="page" href="/changes?kind={kind}"' in page.text


def seqs(page: str) -> list[str]:
    return re.findall(r'<a href="/changes/(\d+)">entry', page)


def test_older_and_newer_lead_through_all_of_them(visitor: TestClient) -> None:
    first = visitor.get("/changes").text
    older = visitor.get(re.findall(r'rel="next" href="([^"]+)"', first)[0]).text
    newer = visitor.get(re.findall(r'rel="prev" href="([^"]+)"', older)[0]).text
    assert seqs(newer) == seqs(first)
    assert int(seqs(first)[-1]) == int(seqs(older)[0]) + 1


def test_an_entry_shows_that_it_joins_the_one_before(visitor: TestClient) -> None:
    page = visitor.get("/changes/9").text
    assert "Joins the entry before it" in page
    assert visitor.get("/api/v1/changes/8").json()["hash"] in page
    assert "The first entry" in visitor.get("/changes/1").text


@pytest.mark.parametrize("path", ["/changes?kind=x", "/changes?befor=1", "/changes?before=x"])
def test_a_wrong_filter_is_refused(visitor: TestClient, path: str) -> None:
    assert visitor.get(path).status_code == 422


def test_the_foot_names_the_newest_entry(visitor: TestClient) -> None:
    newest = visitor.get("/api/v1/changes?sort=-seq&limit=1").json()["items"][0]
    foot = visitor.get("/permits").text.split("<footer")[1]
    assert f'href="/changes/{newest["seq"]}"' in foot
    assert f"{newest['hash'][:8]}…{newest['hash'][-8:]}" in foot
