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
