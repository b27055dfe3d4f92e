"""The papers of an order: what is on them, how many there are, in both languages."""

import pytest
from fastapi.testclient import TestClient

from app.db import Database
from tests.acts import campaign as small
from tests.conftest import NewDatabase
from tests.pages.test_order_pages import PAGE, Browser

DONE = "/suspension-orders/澜执资停〔2025〕1号"


@pytest.fixture
def new_database(new_sqlite: NewDatabase) -> NewDatabase:
    """The pages know no database; the API's tests ask all three."""
    return new_sqlite


def test_one_notice_for_each_person_and_one_slip_for_each_card_of_the_city(
    visitor: TestClient,
) -> None:
    Browser(visitor, "hr")
    notices, slips = (visitor.get(f"{DONE}/{name}").text for name in ("notices", "slips"))
    assert notices.count('class="paper page"') == 66
    assert notices.count("<svg") - notices.count('class="ic"') >= 67  # a code for each card
    assert slips.count('class="slip"') == 65
    assert "YC13990181001" in notices
    assert "YC13990181001" not in slips


def test_a_batch_goes_on_where_the_last_one_ended(visitor: TestClient) -> None:
    Browser(visitor, "hr")
    first = visitor.get(f"{DONE}/units/12").text
    assert first.count('data-l="No."') == 13
    assert visitor.get(f"{DONE}/units/99").status_code == 404
    Browser(visitor, "unit20")
    assert visitor.get(f"{DONE}/units/12").status_code == 404


def test_the_order_says_its_grounds_and_remedies(visitor: TestClient) -> None:
    Browser(visitor, "hr")
    told = visitor.get(f"{DONE}/document").text
    for words in ("行政处罚法第四十二条", "until December 1, 2025", "24 hours", "市司法局"):
        assert words in told
    assert "Draft" not in told
    assert "关于暂停66名人员行政执法资格的决定" in visitor.get(f"{DONE}/document?lang=zh-CN").text


def test_every_sheet_of_a_draft_is_marked(visitor: TestClient, opened: Database) -> None:
    office = small.Office(opened.writer)
    small.examine(office)
    small.preview(office)
    Browser(visitor, "hr")
    sheets = visitor.get(f"{PAGE}/notices").text
    assert sheets.count("Draft, without effect") == sheets.count('class="paper page"') == 3
    assert "you may not inspect" not in sheets
    assert "may object until" in sheets


def test_a_notice_handed_over_is_recorded_by_a_form(visitor: TestClient, opened: Database) -> None:
    small.suspended(small.Office(opened.writer))
    unit = Browser(visitor, "unit12")
    path = f"{PAGE}/lines/{small.ORDER}-1-00001/services"
    missing = unit.send(path, service="direct")
    assert (missing.status_code, "Nothing was recorded" in missing.text) == (422, True)
    assert unit.send(path, service="direct", receipt="本人签收 5月6日").status_code == 303
    assert "本人签收 5月6日" in visitor.get(f"{PAGE}/units/12").text
