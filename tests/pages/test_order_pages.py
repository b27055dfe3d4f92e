"""The two offices and the units at work on an order, by the forms of the pages."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.db import Database
from tests.acts import campaign as small
from tests.api.test_suspension_orders import on
from tests.pages.test_staff import enter

PAGE = f"/suspension-orders/{small.ORDER}"
VERSION = re.compile(r'name="version" value="(\d+)"')


@pytest.fixture
def office(opened: Database) -> small.Office:
    office = small.Office(opened.writer)
    small.examine(office)
    return office


class Browser:
    """Somebody who signed in, sending the forms that the pages show."""

    def __init__(self, visitor: TestClient, username: str) -> None:
        visitor.cookies.clear()
        self.visitor, self.token = visitor, enter(visitor, username)

    def send(self, path: str, files: Any = None, **fields: str) -> Any:
        return self.visitor.post(path, data={"form_token": self.token, **fields}, files=files)

    def act(self, done: str, **fields: str) -> Any:
        found = VERSION.search(self.visitor.get(PAGE).text)
        return self.send(f"{PAGE}/{done}", version=found[1] if found else "", **fields)


def test_an_order_from_its_building_to_its_confirmation(
    visitor: TestClient, office: small.Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, small.PREVIEWED)
    hr = Browser(visitor, "hr")
    built = hr.send("/suspension-orders", order_no=small.ORDER, campaign=small.CODE)
    assert built.status_code == 303
    assert hr.act("previews").status_code == 303
    assert "The time to object is over" in visitor.get(PAGE).text
    early = hr.act("submissions")
    assert (early.status_code, "Nothing was changed" in early.text) == (409, True)
    on(monkeypatch, small.SUBMITTED)
    assert Browser(visitor, "hr").act("submissions").status_code == 303
    on(monkeypatch, small.CONFIRMED)
    justice = Browser(visitor, "justice")
    assert justice.act("confirmations", persons="3").status_code == 303
    assert "Confirmed, not in effect yet" in visitor.get(PAGE).text
    assert justice.act("withdrawals", reason="x").status_code == 303
    assert "Withdrawn" in visitor.get(PAGE).text


def test_what_moved_is_shown_before_it_is_previewed_again(
    visitor: TestClient, office: small.Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.preview(office)
    on(monkeypatch, small.SUBMITTED)
    with office.day(small.PREVIEWED) as desk:
        small.cards_of(desk, small.line_of(desk))[0].status = "lost"
        desk.note("credential.report_lost", "x")
    hr = Browser(visitor, "hr")
    page = hr.act("submissions")
    assert page.status_code == 409
    for words in ("The data moved since the preview", "As previewed", "Preview again"):
        assert words in page.text
    assert hr.act("previews").status_code == 303
    assert hr.act("submissions").status_code == 303


def test_a_unit_objects_and_the_other_office_decides(
    visitor: TestClient, office: small.Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.preview(office)
    on(monkeypatch, small.PREVIEWED)
    unit = Browser(visitor, "unit12")
    assert "People of my unit are on a list" in visitor.get("/work").text
    listed = visitor.get(f"{PAGE}/lines").text
    lines = re.findall(r'action="([^"]+/objections)"', listed)
    assert len(lines) == 3
    said = {"kind": "was_excused", "statement": "当日在医院"}
    assert unit.send(lines[0], **said).headers["location"].startswith("/objections?order_no=")
    assert "当日在医院" in visitor.get("/objections").text
    twice = unit.send(lines[0], **said)
    assert (twice.status_code, "Nothing was filed" in twice.text) == (409, True)
    justice = Browser(visitor, "justice")
    decide = re.findall(r'action="(/objections/[^"]+/decisions)"', visitor.get("/objections").text)
    told = {"decision": "upheld", "reason": "核实属实"}
    bare = justice.send(decide[0], **told)
    assert (bare.status_code, "核实属实" in bare.text) == (422, True)
    paper = {"evidence": ("hospital.pdf", b"a paper", "application/pdf")}
    assert justice.send(decide[0], paper, **told).status_code == 303
    assert "Upheld" in visitor.get("/objections").text


def test_an_appeal_goes_to_the_panel(
    visitor: TestClient, office: small.Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.preview(office)
    small.confirm(office)
    small.take_effect(office)
    on(monkeypatch, small.EFFECTIVE)
    unit = Browser(visitor, "unit12")
    lines = re.findall(r'action="([^"]+/appeals)"', visitor.get(f"{PAGE}/lines").text)
    assert unit.send(lines[0], grounds="成绩有误").headers["location"].startswith("/appeals")
    panel = Browser(visitor, "panel")
    path = re.findall(r'action="(/appeals/[^"]+)/panels"', visitor.get("/appeals").text)[0]
    assert "revoked" not in visitor.get("/appeals").text
    assert panel.send(f"{path}/panels", members="panel").status_code == 303
    assert panel.send(f"{path}/extensions").status_code == 303
    assert panel.send(f"{path}/decisions", decision="maintained", reason="维持").status_code == 303
    assert "Maintained" in visitor.get("/appeals").text


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}/lines", "/objections", "/appeals"])
def test_no_stranger_sees_a_name(visitor: TestClient, office: small.Office, path: str) -> None:
    small.preview(office)
    with office.day(small.PREVIEWED) as desk:
        names = [each.name for each in small.people(desk, 3)]
    for username in (None, "liaison", "unit20"):
        visitor.cookies.clear()
        if username:
            enter(visitor, username)
        page = visitor.get(path)
        assert not [name for name in names if name in page.text], (username, path)
