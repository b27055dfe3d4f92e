"""A firm finds its leader by a name of today or before, or by its code."""

import pytest
from fastapi.testclient import TestClient

PAIRS = "/api/v1/liaison-pairs"
GOOD = "91990181MAA012372A"


def test_inv_l5_a_part_of_a_name_may_have_several_hits(visitor: TestClient) -> None:
    found = visitor.get(PAIRS, params={"q": "澜川", "limit": 200}).json()["items"]
    assert len({each["enterprise"]["uscc"] for each in found}) > 1


def test_inv_l5_a_former_name_leads_to_the_firm(visitor: TestClient) -> None:
    listed = visitor.get("/api/v1/enterprises", params={"limit": 200}).json()["items"]
    renamed = next(each for each in listed if each["former_names"])
    found = visitor.get(PAIRS, params={"q": renamed["former_names"][0]}).json()["items"]
    assert renamed["uscc"] in [each["enterprise"]["uscc"] for each in found]


@pytest.mark.parametrize("wrong", [GOOD[:-1] + "B", GOOD[:-1], GOOD[:5] + "I" + GOOD[6:]])
def test_inv_l5_a_code_is_checked_before_anything_is_looked_up(
    visitor: TestClient, wrong: str
) -> None:
    answer = visitor.get(PAIRS, params={"uscc": wrong})
    assert answer.status_code == 422
    assert visitor.get(PAIRS, params={"uscc": GOOD}).json()["items"]
