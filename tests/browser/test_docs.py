"""Swagger UI in real Chromium: it draws, it asks nobody else, and a call can be tried."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tests.browser.test_journeys import address, chromium  # noqa: F401  fixtures

READ = "#operations-departments-read_department"


@contextmanager
def opened(chromium: Browser, address: str) -> Iterator[Page]:  # noqa: F811
    context = chromium.new_context(base_url=address, locale="en")
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda each: asked.append(each.url))
    page.on("console", lambda each: said.append(each.text))
    page.goto("/api/v1/docs")
    yield page
    context.close()
    foreign = [url for url in asked if not url.startswith((address, "data:"))]
    assert foreign == []
    assert [text for text in said if "Content Security Policy" in text] == []


def test_the_operations_are_drawn_and_one_is_tried(
    chromium: Browser,  # noqa: F811
    address: str,  # noqa: F811
) -> None:
    with opened(chromium, address) as page:
        page.wait_for_selector("#operations-tag-departments")
        page.click(
            "#operations-tag-departments button.expand-operation, #operations-tag-departments"
        )
        page.click("#operations-departments-read_department .opblock-summary-control")
        page.click("#operations-departments-read_department .try-out__btn")
        page.fill("#operations-departments-read_department input[placeholder=code]", "12")
        page.click("#operations-departments-read_department .execute")
        shown = page.wait_for_selector(
            "#operations-departments-read_department .live-responses-table"
        )
        assert shown is not None
        assert '"code"' in shown.inner_text()
