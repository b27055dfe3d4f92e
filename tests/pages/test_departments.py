"""What the pages of a unit tell: its right, its powers, its people and what was put right."""

import pytest
from fastapi.testclient import TestClient

CITY_MANAGEMENT = "/departments/12"
PLANNING_OFFICE = "/departments/41"  # corrected: it had licensed in its own name


def test_powers_are_counted_by_class(visitor: TestClient) -> None:
    page = visitor.get(CITY_MANAGEMENT).text
    assert "Penalties 13" in page
    powers = visitor.get(f"{CITY_MANAGEMENT}/powers?category=L03").text
    assert "13 items" in powers
    assert "对违法占用城市道路的处罚" in powers
    assert "城市建筑垃圾处置核准" not in powers


def test_the_counts_are_those_of_the_list(visitor: TestClient) -> None:
    counts = visitor.get(f"/api/v1{CITY_MANAGEMENT}").json()["counts"]["power_items"]
    for each in counts:
        query = {"department": "12", "category": each["category"], "include_total": "true"}
        assert visitor.get("/api/v1/power-items", params=query).json()["total"] == each["items"]
    assert len(counts) == 7


def test_a_corrected_body_tells_what_was_put_right(visitor: TestClient) -> None:
    page = visitor.get(PLANNING_OFFICE).text
    assert "以自己名义受理并发证" in page
    assert "2 powers handed over" in page
    assert "September 5, 2025" in page
    assert '<a href="/departments/09"><span lang="en">Lanchuan Natural Resources' in page


def test_persons_are_counted_and_add_up(visitor: TestClient) -> None:
    page = visitor.get(CITY_MANAGEMENT).text
    assert 'aria-label="Qualified 129, suspended 13"' in page
    assert "Persons are counted, not certificates" in page


def test_the_roster_is_narrowed_by_status(visitor: TestClient) -> None:
    page = visitor.get(f"{CITY_MANAGEMENT}/officers?status=suspended").text
    assert "13 certificates" in page
    assert "s-ok" not in page.split('id="results"')[1].split("</section>")[0]


@pytest.mark.parametrize(
    ("query", "said"),
    [("kind=mass_org", "1 unit"), ("enforcement=true", "35 units"), ("review=corrected", "9 units"),
     ("q=城市管理行政执法局", "1 unit"), ("q=nosuch", "No unit fits.")],
)  # fmt: skip
def test_units_are_found_by_kind_standing_and_former_name(
    visitor: TestClient, query: str, said: str
) -> None:
    assert said in visitor.get(f"/departments?{query}").text


def test_the_history_is_told_in_words(visitor: TestClient) -> None:
    page = visitor.get(f"{PLANNING_OFFICE}/history").text
    assert page.index("every power is with the competent organ") < page.index("Registered as")
    assert "qualification_review." not in page


def test_an_old_day_says_so(visitor: TestClient) -> None:
    page = visitor.get(f"{CITY_MANAGEMENT}?as_of=2025-08-31").text
    assert "as it was on August 31, 2025" in page
    assert "May not enforce" in page
