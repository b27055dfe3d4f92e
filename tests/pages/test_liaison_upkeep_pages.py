"""The liaison office's desk by its forms, without a script."""

import re

from fastapi.testclient import TestClient

from app.demo.liaison import made_code
from tests.api.test_liaison_upkeep import ANSWERING, API, FREE, found, leave, listed
from tests.pages.test_order_pages import Browser
from tests.staff import bearer

DESK = "/liaison-upkeep"
TYPED = {name: value for name, value in ANSWERING.items() if value}
SIGNED = {"document_no": "澜政办〔2026〕9号", "enterprise_informed": "yes"}


def test_from_the_proposal_to_the_card(visitor: TestClient) -> None:
    code = listed(visitor, bearer(visitor, "liaison"))
    office = Browser(visitor, "liaison")
    assert office.send(f"{DESK}/proposals", **TYPED, uscc=code).status_code == 303
    page = visitor.get(DESK).text
    assert "澜川知白阀门有限公司" in page
    (number,) = set(re.findall(rf"{DESK}/pairs/(L2026-\d+)/issuances", page))
    refused = office.send(f"{DESK}/pairs/{number}/issuances", document_no="澜政办〔2026〕9号")
    assert refused.status_code == 409
    assert 'value="澜政办〔2026〕9号"' in refused.text  # what was typed is not lost
    assert office.send(f"{DESK}/pairs/{number}/issuances", **SIGNED).status_code == 303
    assert number in visitor.get(f"/liaison?q={code}").text


def test_a_leader_leaves_and_is_succeeded(visitor: TestClient) -> None:
    number = leave(visitor, bearer(visitor, "liaison"))
    office = Browser(visitor, "liaison")
    page = visitor.get(DESK).text
    assert f"{DESK}/pairs/{number}/handovers" in page
    successor = visitor.get(f"{API}/leaders?limit=1").json()["items"][0]["code"]
    form = {**TYPED, **SIGNED, "leader": successor}
    assert office.send(f"{DESK}/pairs/{number}/handovers", **form).status_code == 303
    assert found(visitor, FREE)["items"][0]["leader"]["code"] == successor


def test_who_leaves_is_recorded_by_code(visitor: TestClient) -> None:
    office = Browser(visitor, "liaison")
    assert office.send(f"{DESK}/departures", leader="03").status_code == 303
    refused = office.send(f"{DESK}/firms/opt-outs", uscc=made_code("MAXY0002"), reason="x")
    assert refused.status_code == 404
    assert office.send(f"{DESK}/firms/opt-outs", uscc=FREE, reason="不需要").status_code == 303
    assert found(visitor, FREE)["reason"] == "not_on_list"


def test_others_stay_outside(visitor: TestClient) -> None:
    Browser(visitor, "hr")
    assert visitor.get(DESK).status_code == 403
