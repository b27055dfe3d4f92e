"""When an application must be decided, with the sum beside the date."""

import pytest
from fastapi.testclient import TestClient

FOOD = "/api/v1/permits/9901810200100400/due-dates"


def test_each_period_is_counted_in_its_own_days(visitor: TestClient) -> None:
    found = visitor.get(FOOD, params={"received_on": "2026-02-10"}).json()
    assert found["promised"]["due"] == "2026-02-24"
    assert found["promised"]["limit"] == 5
    assert len(found["promised"]["holidays"]) == 9
    assert [day["day"] for day in found["promised"]["makeup_workdays"]] == ["2026-02-14"]
    assert found["correction_notice"]["due"] == "2026-02-24"
    assert "第三十二条" in found["correction_notice"]["basis"]
    assert found["delivery"]["start"] == found["promised"]["due"]


def test_what_comes_on_a_day_off_counts_from_the_next_working_day(visitor: TestClient) -> None:
    found = visitor.get(FOOD, params={"received_on": "2026-04-04"}).json()
    assert (found["received_on"], found["counts_from"]) == ("2026-04-04", "2026-04-07")


def test_a_year_without_its_notice_is_marked(visitor: TestClient) -> None:
    found = visitor.get(FOOD, params={"received_on": "2026-12-30"}).json()
    assert found["statutory"]["provisional"]


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-30", "tomorrow", "1.5"])
def test_an_impossible_day_is_refused(visitor: TestClient, day: str) -> None:
    reply = visitor.get(FOOD, params={"received_on": day})
    assert (reply.status_code, reply.json()["errors"][0]["pointer"]) == (422, "/received_on")


def test_an_unknown_item_has_none(visitor: TestClient) -> None:
    assert visitor.get("/api/v1/permits/none/due-dates").status_code == 404


def test_a_handover_opens_to_its_sum(visitor: TestClient) -> None:
    pair = visitor.get("/api/v1/liaison-pairs/L2025-057").json()
    assert pair["handover_sum"]["due"] == pair["handover_due"]
    assert pair["handover_sum"]["limit"] == 10


def test_revisions_come_newest_first_in_pages(visitor: TestClient) -> None:
    path = "/api/v1/permits/9901810200100400/revisions"
    first = visitor.get(path, params={"limit": "3"}).json()
    rest = visitor.get(path, params={"limit": "3", "cursor": first["next_cursor"]}).json()
    assert [each["revision"] for each in first["items"] + rest["items"]] == [4, 3, 2, 1]
    assert (first["has_more"], rest["has_more"]) == (True, False)
