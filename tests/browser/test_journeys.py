"""Real Chromium: the three journeys with and without JavaScript, and every page for axe."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import NewDatabase
from tests.servers import served

AXE = (Path(__file__).with_name("axe.min.js")).read_text(encoding="utf-8")
CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATHS = (
    "/", "/liaison?q=云杼", "/liaison?q=不在名单", "/liaison?q=91990181MAA037115N",
    "/liaison/L2025-057", "/liaison/L2025-005/card", "/permits", "/permits/9901810200100400",
    "/permits/9901810200100400/history", "/departments", "/departments/12", "/departments/41",
    "/leaders", "/leaders/01", "/enterprises", "/verify", "/verify/nonsense", "/changes",
    "/changes/9", "/about", "/report", "/nowhere", "/developers", "/developers/reference/permits",
    "/developers/application", "/sign-in/app", "/status", "/receipts/none",
    "/suspension-orders", "/suspension-orders/澜执资停〔2025〕1号", "/self-checks",
    "/permits?max_days=5&department=20&subject=food&q=食品",
    "/permits/9901810020100200?as_of=2025-10-01", "/permits/9901810020100200",
    "/departments/12/powers", "/departments/12/officers", "/departments/41/history",
    "/departments?kind=gov&q=nosuch",
)  # fmt: skip


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(new_sqlite: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    url = new_sqlite(tmp_path_factory.mktemp("browsed"), "city")
    chosen = {
        "MINGBAI_DATABASE_URL": url,
        "MINGBAI_SECRET_KEY": "tests only",
        "MINGBAI_NOW": "2026-03-31T09:30:00+08:00",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in chosen.items():
            patch.setenv(name, value)
        with served() as (client, _):
            yield str(client.base_url).split("/api/")[0]


@pytest.fixture(params=[True, False], ids=["javascript", "no javascript"])
def tab(request: pytest.FixtureRequest, chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context(
        java_script_enabled=request.param, locale="zh-CN", base_url=address
    )
    page = context.new_page()
    strangers: list[str] = []
    said: list[str] = []
    page.on("request", lambda each: strangers.append(each.url))
    page.on("console", lambda each: said.append(each.text))
    yield page
    context.close()
    assert [url for url in strangers if not url.startswith(address)] == []
    assert [text for text in said if "Content Security Policy" in text] == []


def test_a_firm_finds_its_leader(tab: Page) -> None:
    tab.goto("/liaison")
    tab.fill("main input[name=q]", "91990181MAA037115N")
    tab.press("main input[name=q]", "Enter")
    tab.wait_for_selector(".error-summary")
    tab.fill("main input[name=q]", "云杼")
    tab.press("main input[name=q]", "Enter")
    tab.wait_for_selector("article.card")
    assert "邬青禾" in tab.inner_text("main")
    tab.click("text=打印联系卡")
    tab.wait_for_selector(".qr")


def test_a_shopkeeper_verifies_two_officers(tab: Page) -> None:
    tab.goto("/departments/12/officers")
    cells = tab.query_selector_all("tbody tr")
    rows = [(each.inner_text().split()[1], each.inner_text().split()[0]) for each in cells[:2]]
    tab.goto("/verify")
    for word, (number, name) in zip(("有效", "两名执法人员均有效"), rows, strict=True):
        tab.fill("#no", number)
        tab.fill("#nm", name)
        tab.click("button:has-text('核验')")
        tab.wait_for_selector(f".result:has-text('{word}')")
    tab.goto("/verify")
    tab.fill("#no", "00000000000")
    tab.fill("#nm", "樊")
    tab.click("button:has-text('核验')")
    tab.wait_for_selector(".result:has-text('未查到匹配记录')")


def test_an_entrepreneur_reads_what_a_permit_takes(tab: Page) -> None:
    tab.goto("/")
    tab.fill("#q", "spjyxk")
    tab.press("#q", "Enter")
    tab.click("main >> text=食品经营许可")
    tab.wait_for_selector(".facts")
    assert "5个工作日" in tab.inner_text(".facts")


def test_an_entrepreneur_narrows_the_list_and_counts_the_days(tab: Page) -> None:
    tab.goto("/permits")
    tab.select_option("#s", "food")
    tab.select_option("#x", "5")
    tab.click("main form .btn-primary")
    tab.wait_for_selector(".chip:has-text('5个工作日以内')")
    assert "subject=food" in tab.url
    tab.click(".chip:has-text('5个工作日以内')")
    tab.wait_for_selector(".chip:has-text('食品')")
    assert "max_days" not in tab.url
    tab.click("tbody >> text=食品经营许可")
    tab.fill("#received", "2026-04-04")
    tab.click(".day-form .btn")
    tab.wait_for_selector("#due >> text=2026年4月14日")
    assert "received_on=2026-04-04" in tab.url


# A rule looks at words or at colours, never at both: each of them once is every pair of them.
@pytest.mark.parametrize(("language", "theme"), [("zh-CN", "light"), ("en", "dark")])
def test_axe_finds_nothing(chromium: Browser, address: str, language: str, theme: str) -> None:
    context = chromium.new_context(base_url=address, bypass_csp=True)
    page = context.new_page()
    found = []
    for path in PATHS:
        page.goto(path + ("&" if "?" in path else "?") + f"lang={language}&theme={theme}")
        page.evaluate(AXE)
        for each in page.evaluate("axe.run()")["violations"]:
            found.append((path, each["id"], [n["html"][:120] for n in each["nodes"][:2]]))
    context.close()
    assert found == []


def test_every_page_fits_320_pixels(chromium: Browser, address: str) -> None:
    context = chromium.new_context(base_url=address, viewport={"width": 320, "height": 640})
    page = context.new_page()
    wide = []
    for path in PATHS:
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(path)
    context.close()
    assert wide == []
