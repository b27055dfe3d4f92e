"""What staff see, for axe and for a phone: each role's pages, in both languages and themes."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from app.config import DEMO_PASSWORD, settings
from tests.browser.test_journeys import AXE, CHROMIUM, QUIET
from tests.conftest import NewDatabase
from tests.servers import served
from tests.staff import CONFIRMERS, code

ORDER = "/suspension-orders/澜执资停〔2025〕1号"
PATHS = {
    "hr": (
        "/work", "/account", "/imports", "/exam-campaigns", "/exam-campaigns/EX2025",
        "/registrations?campaign=EX2025&outcome=failed", "/registrations/EX2025-00226",
        "/suspension-orders", ORDER, f"{ORDER}/lines?limit=8", "/objections", "/appeals",
        "/reinstatements", "/officers?qualification=suspended",
        "/officers/LC1200030?as_of=2025-11-16", "/self-checks/EX2025-32",
    ),
    "liaison": ("/work", "/liaison-upkeep"),
    "audit": (
        "/work", "/ledger?act=suspension_order", "/ledger/9000", "/ledger/looks",
    ),
    "discipline": tuple(
        f"{ORDER}/{name}" for name in ("papers", "document", "notices?department=28", "units/12",
                                       "slips?department=28")
    ),
    "unit12": ("/work", f"{ORDER}/lines", "/exam-campaigns/EX2025"),
    "panel": ("/appeals",),
    "system": ("/accounts", "/accounts/hr", "/role-grants"),
}  # fmt: skip
LOOKS = ("lang=en&theme=light", "lang=zh-CN&theme=dark")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def inside(
    chromium: Browser, new_sqlite: NewDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, BrowserContext]]:
    """A browser for each, signed in."""
    chosen = {
        "MINGBAI_DATABASE_URL": new_sqlite(tmp_path_factory.mktemp("staff"), "city"),
        "MINGBAI_SECRET_KEY": "tests only",
        "MINGBAI_NOW": "2026-03-31T09:30:00+08:00",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in chosen.items():
            patch.setenv(name, value)
        settings.cache_clear()
        with served() as (client, _):
            address = str(client.base_url).split("/api/")[0]
            yield {username: entered(chromium, address, username) for username in PATHS}
    settings.cache_clear()


def entered(chromium: Browser, address: str, username: str) -> BrowserContext:
    context = chromium.new_context(base_url=address, bypass_csp=True)
    page = context.new_page()
    page.goto("/sign-in")
    page.fill("#un", username)
    page.fill("#pw", DEMO_PASSWORD)
    if username in CONFIRMERS:
        page.fill("#cd", code())
    page.click("main form .btn-primary")
    page.wait_for_url("**/work")
    return context


def test_axe_finds_nothing(inside: dict[str, BrowserContext]) -> None:
    found = []
    for username, paths in PATHS.items():
        page = inside[username].pages[0]
        for path in paths:
            for look in LOOKS:
                page.goto(path + ("&" if "?" in path else "?") + look)
                page.evaluate(AXE)
                for each in page.evaluate("axe.run()")["violations"]:
                    found.append((path, look, each["id"], each["nodes"][0]["html"][:120]))
    assert found == []


def test_every_page_fits_320_pixels(inside: dict[str, BrowserContext]) -> None:
    wide = []
    for username, paths in PATHS.items():
        page = inside[username].pages[0]
        page.set_viewport_size({"width": 320, "height": 640})
        for path in paths:
            page.goto(path)
            if page.evaluate("document.documentElement.scrollWidth") > 320:
                wide.append(path)
    assert wide == []


def test_a_notice_is_one_sheet_of_paper(inside: dict[str, BrowserContext]) -> None:
    page = inside["hr"].pages[0]
    for language in ("zh-CN", "en"):
        page.goto(f"{ORDER}/notices?department=12&lang={language}")
        sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
        assert (language, len(sheets)) == (language, 13)
