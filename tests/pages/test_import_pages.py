"""The import pages, as the HR office sees them: nothing written before it was seen."""

import pytest
from fastapi.testclient import TestClient

from app.db import Database
from tests.acts.campaign import Office
from tests.acts.rosters import (
    CODE,
    TODAY,
    Person,
    by_unit,
    lone_first,
    open_campaign,
    people,
    row_of,
    work,
)
from tests.staff import bearer, ours

PAGE = "/imports"


@pytest.fixture
def clerk(visitor: TestClient) -> TestClient:
    """A browser in which the HR office has signed in."""
    token = bearer(visitor, "hr")["Authorization"].removeprefix("Bearer ")
    visitor.cookies.set("token", token)
    return visitor


@pytest.fixture
def everybody(opened: Database) -> list[Person]:
    office = Office(opened.writer)
    open_campaign(office)
    with office.day(TODAY) as desk:
        return lone_first(people(desk))


def upload(clerk: TestClient, sheets: list[tuple[str, bytes]]) -> str:
    about = {"kind": "roster", "campaign": CODE}
    reply = clerk.post(
        PAGE, data={**about, **ours(clerk)}, files=[("files", each) for each in sheets]
    )
    assert reply.status_code == 303, reply.text
    return reply.headers["location"]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_an_upload_is_watched_previewed_and_committed(
    clerk: TestClient, opened: Database, everybody: list[Person], language: str
) -> None:
    clerk.headers["Accept-Language"] = language
    assert clerk.get(PAGE).status_code == 200
    rows = [row_of(everybody[0]), row_of(everybody[1], no="99")]
    path = upload(clerk, by_unit(rows))
    assert 'hx-trigger="every 1s"' in clerk.get(path).text
    work(opened)
    shown = clerk.get(f"{path}?match_kind=cert_malformed").text
    assert "every 1s" not in shown
    assert everybody[1][0] in shown
    assert 'disabled aria-describedby="why"' in shown
    assert clerk.post(f"{path}/commits", data={"version": "1", **ours(clerk)}).status_code == 409
    decision = {"match_kind": "cert_malformed", "decision": "skip"}
    assert clerk.post(f"{path}/decisions", data={**decision, **ours(clerk)}).status_code == 303
    version = clerk.get(path).text.partition('name="version" value="')[2].partition('"')[0]
    assert (
        clerk.post(f"{path}/commits", data={"version": version, **ours(clerk)}).status_code == 303
    )
    assert work(opened) == "done"
    assert "every 1s" not in clerk.get(path, headers={"HX-Request-Type": "partial"}).text


def test_a_row_is_decided_by_pointing_at_the_person(
    clerk: TestClient, opened: Database, everybody: list[Person]
) -> None:
    mine, other = everybody[:2]
    path = upload(clerk, by_unit([row_of(mine, no=other[1]), row_of(other)]))
    work(opened)
    shown = clerk.get(f"{path}?match_kind=cert_belongs_to_other").text
    row = shown.partition('name="row" value="')[2].partition('"')[0]
    person = shown.partition('value="officer:')[2].partition('"')[0]
    chosen = {"row": row, "decision": f"officer:{person}"}
    assert clerk.post(f"{path}/decisions", data={**chosen, **ours(clerk)}).status_code == 303
    assert "disabled" not in clerk.get(path).text


def test_a_refused_file_is_named_on_its_page(clerk: TestClient, opened: Database) -> None:
    open_campaign(Office(opened.writer))
    path = upload(clerk, [("bad.xlsx", b"MZ\x90\0" + bytes(99))])
    work(opened)
    assert "bad.xlsx: This is no spreadsheet" in clerk.get(path).text


def test_templates_and_own_files_are_handed_out(
    clerk: TestClient, opened: Database, everybody: list[Person]
) -> None:
    path = upload(clerk, by_unit([row_of(everybody[0])]))
    work(opened)
    for address in (f"{PAGE}/templates/roster", f"{path}/files/1"):
        reply = clerk.get(address)
        assert reply.content.startswith(b"PK")
        assert reply.headers["content-disposition"].startswith("attachment")


def test_nobody_else_sees_an_import(visitor: TestClient) -> None:
    reply = visitor.get(PAGE)
    assert (reply.status_code, reply.headers["location"]) == (303, "/sign-in?next=%2Fimports")
