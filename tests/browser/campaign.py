"""Officials at their browsers, on days of which each has a server of its own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from app.config import DEMO_PASSWORD, settings
from app.rules.headings import Field, Kind, columns_in
from app.spreadsheets.reading import rows_of
from tests.servers import served
from tests.spreadsheets import files
from tests.staff import CONFIRMERS, code

CODE, SESSION = "EX2026", "EX2026-1"
EXAM = f"/exam-campaigns/{CODE}"


@dataclass
class Day:
    """One legal day of the city: whoever works opens a browser of their own."""

    chromium: Browser
    address: str

    def nobody(self) -> Page:
        context = self.chromium.new_context(locale="en", base_url=self.address)
        context.set_default_timeout(15_000)
        return context.new_page()

    def enter(self, username: str) -> Page:
        page = self.nobody()
        page.goto("/sign-in")
        page.fill("#un", username)
        page.fill("#pw", DEMO_PASSWORD)
        if username in CONFIRMERS:
            page.fill("#cd", code())
        page.click("main button:has-text('Sign in')")
        page.wait_for_url("**/work")
        return page


@contextmanager
def day(chromium: Browser, patch: pytest.MonkeyPatch, on: str) -> Iterator[Day]:
    patch.setenv("MINGBAI_NOW", f"{on}T10:00:00+08:00")
    settings.cache_clear()
    with served("serve", module="app.cli") as (client, _):
        yield Day(chromium, str(client.base_url).split("/api/")[0])
    for context in chromium.contexts:
        context.close()


def filled(page: Page, kind: Kind, rows: Sequence[dict[Field, Any]]) -> bytes:
    """The template that the page hands out, with rows under its own headings."""
    page.goto("/imports")
    with page.expect_download() as waiting:
        page.click(f"a[href='/imports/templates/{kind}']")
    template = Path(waiting.value.path()).read_bytes()
    headings = next(rows_of(template, "template.xlsx")).cells
    places = columns_in(headings)
    assert places is not None
    told = [
        [next((row[f] for f in row if places[f] == at), None) for at in range(len(headings))]
        for row in rows
    ]
    return files.xlsx([headings, *told])


def taken_in(page: Page, kind: Kind, rows: Sequence[dict[Field, Any]], **about: str) -> None:
    """Upload a sheet, look at the preview, leave out what is wrong, and commit."""
    sheet = filled(page, kind, rows)
    page.check(f"input[name=kind][value={kind}]")
    page.set_input_files(
        "#files", {"name": f"{kind}.xlsx", "mimeType": "application/xlsx", "buffer": sheet}
    )
    page.click("details summary")
    for name, value in {"campaign": CODE, **about}.items():
        if page.locator(f"select#{name}").count():
            page.select_option(f"#{name}", value)
        else:
            page.fill(f"#{name}", value)
    page.click("button:has-text('Upload and compare')")
    page.wait_for_selector("h2:has-text('Classes of rows')")
    while page.locator("#why").count():  # a row waits for a decision
        page.locator("tr:has(.s-warn) a:has-text('Look')").first.click()
        page.locator("#rows ~ table label:has-text('Leave out') input").first.check()
        page.locator("#rows ~ table button:has-text('Save')").first.click()
        page.wait_for_load_state()
    page.click("button:has-text('Commit')")
    page.wait_for_selector(".status:has-text('Written')")


def press(page: Page, *buttons: str) -> None:
    """One button after another; each leads to the page with the next."""
    for words in buttons:
        page.click(f"main button:has-text('{words}')")
        page.wait_for_load_state()
        assert page.locator(".error-summary").count() == 0, page.inner_text(".error-summary")
