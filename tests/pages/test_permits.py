"""What the page of a permit tells an applicant."""

import pytest
from fastapi.testclient import TestClient

FOOD = "/permits/9901810200100400"
SCHOOL = "/permits/9901810020100200"  # by statute three months


def test_the_days_are_counted_from_the_day_in_the_address(visitor: TestClient) -> None:
    page = visitor.get(f"{FOOD}?received_on=2026-04-04").text
    assert 'value="2026-04-04"' in page
    assert "counts as received on April 7, 2026" in page
    assert "April 14, 2026" in page


def test_a_day_that_is_none_is_refused_at_its_field(visitor: TestClient) -> None:
    reply = visitor.get(f"{FOOD}?received_on=yesterday")
    assert reply.status_code == 422
    assert 'aria-describedby="received-err"' in reply.text
    assert "5 working days" in reply.text


def test_an_old_day_says_so_and_leads_back(visitor: TestClient) -> None:
    page = visitor.get(f"{FOOD}?as_of=2025-10-01").text
    assert "as it was on October 1, 2025" in page
    assert f'<a href="{FOOD}">Read what holds today</a>' in page
    assert "7 working days" in page
    assert "received_on" not in page


@pytest.mark.parametrize(("months", "said"), [(FOOD, "5 years"), (SCHOOL, "5 years")])
def test_whole_years_are_said_in_years(visitor: TestClient, months: str, said: str) -> None:
    assert said in visitor.get(months).text


def test_units_are_never_mixed(visitor: TestClient) -> None:
    page = visitor.get(SCHOOL).text
    assert "lim-nat" in page
    assert "The statute counts months, our promise working days." in page
    assert "lim-nat" not in visitor.get(FOOD).text


def test_what_is_free_says_whom_to_call(visitor: TestClient) -> None:
    page = visitor.get(FOOD).text
    assert "If anybody charges you" in page
    assert 'href="tel:12345"' in page


def test_what_departments_share_is_not_asked(visitor: TestClient) -> None:
    assert "Nothing to bring" in visitor.get(FOOD).text
    assert "you bring 4" in visitor.get(FOOD).text


def test_filters_stand_as_words_that_take_themselves_away(visitor: TestClient) -> None:
    page = visitor.get("/permits?max_days=5&department=20&subject=food&q=经营").text
    chips = page.split('class="chips"')[1].split("</div>")[0]
    assert "Within 5 working days" in chips
    assert "Lanchuan Market Supervision Administration" in chips
    assert "max_days" in chips
    assert 'href="/permits?department=20&amp;subject=food&amp;q=' in chips
    assert "administrative_permit" not in chips


def test_a_subject_narrows_the_list(visitor: TestClient) -> None:
    page = visitor.get("/permits?subject=food").text
    assert "食品经营许可" in page
    assert "户口迁移审批" not in page
    assert 'href="/api/v1/permits?theme=food"' in page


def test_a_later_page_leads_on_and_back(visitor: TestClient) -> None:
    first = visitor.get("/permits?limit=100&sort=name").text
    assert 'rel="first"' not in first
    onward = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert 'rel="first" href="/permits?limit=100&amp;sort=name"' in visitor.get(onward).text


def test_nothing_found_leads_somewhere(visitor: TestClient) -> None:
    page = visitor.get("/permits?q=nosuchthing").text
    assert "No item fits all of this." in page
    assert "tel:12345" in page


def test_the_history_tells_what_each_revision_changed(visitor: TestClient) -> None:
    page = visitor.get(f"{FOOD}/history").text
    assert "Our promise: 7 working days, now 5 working days" in page
    assert "Documents no longer asked for" in page
    assert "从业人员健康证明复印件" in page
    assert "Online: Accepted online, now Wholly online" in page
    assert f'href="{FOOD}?as_of=2025-10-14"' in page


def test_a_page_of_revisions_knows_the_one_below_it(visitor: TestClient) -> None:
    path = f"/api/v1{FOOD}/revisions"
    newest = visitor.get(path, params={"limit": 1}).json()["items"][0]
    assert newest["maker"] != newest["checker"]
    assert [each["field"] for each in newest["changes"]] == ["promised_limit"]
    assert visitor.get(path).json()["items"][-1]["changes"] == []
