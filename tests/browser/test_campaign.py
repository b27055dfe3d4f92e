"""A whole campaign by hand: from the template to the red card at the door, and back to green."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright
from sqlmodel import Session, col, select

from app.db import Database
from app.models.credentials import Credential
from app.models.officers import Officer
from app.rules.headings import Field, Kind
from tests.acts.campaign import Office
from tests.acts.test_reinstatements import later_exam
from tests.browser.campaign import CODE, EXAM, SESSION, Day, day, press, taken_in
from tests.browser.test_journeys import CHROMIUM, QUIET
from tests.conftest import NewDatabase

FIRST, SECOND = "澜执资停〔2026〕1号", "澜执资停〔2026〕2号"
Person = tuple[str, str]  # name, certificate number
PAPER = FilePayload(name="x.pdf", mimeType="application/pdf", buffer=b"a paper")


@pytest.fixture
def new_database(new_sqlite: NewDatabase) -> NewDatabase:
    """One database: the pages are the same on all."""
    return new_sqlite


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def four(opened: Database, monkeypatch: pytest.MonkeyPatch) -> list[Person]:
    """Officers of unit 12: two will pass, one fails, one stays away."""
    monkeypatch.setenv("MINGBAI_DEMO", "true")
    held = (
        select(Officer.name, Credential.certificate_no)
        .join(Credential, col(Credential.officer_id) == col(Officer.id))
        .where(col(Credential.status) == "active", col(Credential.valid_to) > date(2026, 7, 1))
        .where(col(Credential.certificate_no).like("99018112%"))
        .order_by(col(Credential.certificate_no))
    )
    with Session(opened.reader) as session:
        return list(session.exec(held.limit(4)).all())


def announced(today: Day, four: list[Person]) -> None:
    hr = today.enter("hr")
    hr.goto("/exam-campaigns")
    for name, value in {"name": "年度考核", "code": CODE, "syllabus": "行政处罚法"}.items():
        hr.fill(f"[name={name}]", value)
    press(hr, "Announce", "Open the rosters")
    rows = [
        {Field.NAME: name, Field.CERTIFICATE_NO: number, Field.UNIT: "12"} for name, number in four
    ]
    wrong = {**rows[0], Field.CERTIFICATE_NO: four[1][1]}  # somebody else's card
    employed = [{**row, Field.EMPLOYMENT_TYPE: "公务员"} for row in (*rows, wrong)]
    taken_in(hr, Kind.ROSTER, employed)
    unit = today.enter("unit12")
    unit.goto(EXAM)
    press(unit, "Sign for 4 officers")
    hr.goto(EXAM)
    press(hr, "Freeze the roster", "Begin the exam")
    hr.click("text=Schedule a session")
    told = {"held_on": "2026-04-14", "place": "一中", "capacity": "50", "invigilators": "甲 乙"}
    for name, value in told.items():
        hr.fill(f"[name={name}]", value)
    press(hr, "Schedule", "Give seats")


def marked(today: Day, four: list[Person]) -> None:
    hr = today.enter("hr")
    came = [{Field.NAME: n, Field.CERTIFICATE_NO: c} for n, c in four]
    scores = [{Field.GENERAL: g, Field.SPECIAL: "80"} for g in ("75", "59.5", "90")]
    rows = [
        {**who, **what} for who, what in zip(came, [*scores, {Field.ABSENT: "是"}], strict=True)
    ]
    taken_in(hr, Kind.SCORES, rows, session=SESSION, first_marker="甲", second_marker="乙")
    hr.goto(EXAM)
    press(hr, "Begin the marking", "Publish the counts")


def built(hr: Page, number: str) -> None:
    hr.goto("/suspension-orders")
    hr.fill("#on", number)
    press(hr, "Build", "Preview")


def objected(today: Day) -> None:
    built(today.enter("hr"), FIRST)
    unit = today.enter("unit12")
    unit.goto(f"/suspension-orders/{FIRST}/lines")
    unit.locator("summary:has-text('Object')").first.click()
    unit.locator("input[value=wrong_score]").first.check()
    unit.locator("textarea[name=statement]").first.fill("认为评分偏低")
    press(unit, "File the objection")
    justice = today.enter("justice")
    justice.goto("/objections?state=filed")
    justice.check("input[value=dismissed]")
    justice.fill("[name=reason]", "复查无误")
    justice.set_input_files("[name=evidence]", PAPER)
    press(justice, "Decide")


def marked_again(hr: Page, score: str) -> None:
    hr.goto(f"/registrations?campaign={CODE}&outcome=failed")
    hr.locator("#results table a").first.click()
    hr.click("summary:has-text('Mark a paper again')")
    for name, value in {"score": score, "first_marker": "甲", "second_marker": "丙"}.items():
        hr.fill(f"[name={name}]", value)
    hr.locator("form[action$=remarks] [name=reason]").fill("复评")
    hr.locator("form[action$=remarks] [type=file]").set_input_files(PAPER)
    press(hr, "Mark a paper again")


def drifted(today: Day) -> None:
    """The score moves between the submission and the confirmation: nothing is confirmed."""
    hr, justice = today.enter("hr"), today.enter("justice")
    hr.goto(f"/suspension-orders/{FIRST}")
    press(hr, "Submit")
    justice.goto(f"/suspension-orders/{FIRST}")
    marked_again(hr, "58.5")
    justice.fill("#ps", "2")
    justice.click("text=Confirm the order")
    justice.wait_for_selector("text=The data moved since the preview")
    assert "58.5" in justice.inner_text("main")
    justice.fill("#rr", "成绩有变")
    press(justice, "Return to the HR office")
    hr.goto(f"/suspension-orders/{FIRST}")
    press(hr, "Preview again", "Submit")


def confirmed(page: Page, number: str) -> None:
    """By a double click: the same order, once."""
    page.goto(f"/suspension-orders/{number}")
    page.fill("#ps", "2")
    page.dblclick("text=Confirm the order")
    page.wait_for_selector("text=Confirmed, not in effect yet")


def withdrawn(today: Day) -> None:
    justice = today.enter("justice")
    confirmed(justice, FIRST)
    justice.fill("#wr", "文号有误")
    press(justice, "Withdraw")
    assert "Withdrawn before its day" in justice.inner_text("main")
    built(today.enter("hr"), SECOND)


def verified(today: Day, person: Person) -> str:
    page = today.nobody()
    page.goto("/verify")
    page.fill("#no", person[1])
    page.fill("#nm", person[0])
    page.press("#nm", "Enter")
    page.wait_for_selector(".result")
    return page.inner_text(".result")


def let_in(today: Day, number: str) -> None:
    hr, justice = today.enter("hr"), today.enter("justice")
    hr.goto(f"/suspension-orders/{SECOND}/lines?reason=failed")
    press(hr, "Ask to be let back in")
    hr.goto("/reinstatements")
    hr.click("#results table a")
    hr.fill("#rg", number)
    press(hr, "Name the exam")
    hr.click("summary:has-text('Record training')")
    hr.fill("#co", "恢复培训")
    hr.fill("#ho", "24")
    press(hr, "Record", "Propose")
    justice.goto("/work")
    justice.click("text=A reinstatement to approve")
    press(justice, "Approve")


def test_a_campaign_from_the_template_to_red_and_back_to_green(
    chromium: Browser, four: list[Person], opened: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for on, work in (("2026-04-01", announced), ("2026-04-14", marked)):
        with day(chromium, monkeypatch, on) as today:
            work(today, four)
    for on, step in (("2026-04-20", objected), ("2026-04-28", drifted), ("2026-04-29", withdrawn)):
        with day(chromium, monkeypatch, on) as today:
            step(today)
    with day(chromium, monkeypatch, "2026-05-12") as today:
        hr = today.enter("hr")
        hr.goto(f"/suspension-orders/{SECOND}")
        press(hr, "Submit")
        confirmed(today.enter("justice"), SECOND)
        assert "Valid" in verified(today, four[1])
    with day(chromium, monkeypatch, "2026-05-13") as today:
        for person, word in zip(four, ("Valid", "Suspended", "Valid", "Suspended"), strict=True):
            assert word in verified(today, person)
    with Office(opened.writer).day(date(2026, 6, 9)) as desk:
        sat = later_exam(desk, desk.one(Officer, name=four[1][0])).number
    with day(chromium, monkeypatch, "2026-06-10") as today:
        let_in(today, sat)
        assert "Valid" in verified(today, four[1])
