"""The liaison office at work: a pair from the proposal to the handover, and what stays unseen."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.demo.liaison import made_code
from tests.staff import bearer

API = "/api/v1"
FREE = "91990181MAA012372A"  # a key enterprise; its pair ends at the beginning of a test
ANSWERING = {
    "leader": "02",
    "support_department": "12",
    "liaison_officer": "樊立言",
    "contact_line": "0199-660-0112",
    "contact_hours": None,
}
PAPER = {"document_no": "澜政办〔2026〕9号", "document_title": None, "enterprise_informed": True}


@pytest.fixture
def office(visitor: TestClient) -> dict[str, str]:
    return bearer(visitor, "liaison")


def done(visitor: TestClient, who: dict[str, str], path: str, **body: Any) -> Any:
    return visitor.post(f"{API}{path}", json=body, headers=who)


def found(visitor: TestClient, code: str) -> dict[str, Any]:
    page: dict[str, Any] = visitor.get(f"{API}/liaison-pairs", params={"uscc": code}).json()
    return page


def leave(visitor: TestClient, office: dict[str, str], code: str = FREE) -> str:
    """The leader of a firm leaves; the pair that is in handover now."""
    leader = found(visitor, code)["items"][0]["leader"]["code"]
    told = done(visitor, office, f"/leaders/{leader}/departures").json()
    (pair,) = found(visitor, code)["items"]
    assert pair["pair_no"] in told["handovers"]
    return str(pair["pair_no"])


def test_a_leader_leaves_and_no_page_is_empty(visitor: TestClient, office: dict[str, str]) -> None:
    before = visitor.get(f"{API}/changes?sort=-seq&limit=1").json()["items"][0]["seq"]
    number = leave(visitor, office)
    (pair,) = found(visitor, FREE)["items"]
    assert pair["state"] == "handover"
    assert pair["fallback"]["phone"]
    assert pair["handover_due"] == "2026-04-15"  # ten working days; 清明 is no day of work
    waiting = visitor.get(f"{API}/work", headers=office).json()["items"]
    assert {
        "kind": "handover_to_settle",
        "key": number,
        "since": "2026-03-31",
        "due": "2026-04-15",
    } in [each for each in waiting if each["key"] == number]
    feed = visitor.get(f"{API}/changes?after={before}").json()["items"]
    assert {"leader.left_post", "liaison_pair.handover_begun"} == {each["act"] for each in feed}


def test_a_handover_ends_one_pair_and_begins_the_next(
    visitor: TestClient, office: dict[str, str]
) -> None:
    number = leave(visitor, office)
    after = next(each["code"] for each in visitor.get(f"{API}/leaders?limit=200").json()["items"])
    body = {**ANSWERING, **PAPER, "leader": after}
    made = done(visitor, office, f"/liaison-pairs/{number}/handovers", **body)
    assert (made.status_code, made.json()["state"]) == (201, "active")
    (pair,) = found(visitor, FREE)["items"]
    assert (pair["pair_no"], pair["leader"]["code"]) == (made.json()["pair_no"], after)
    old = visitor.get(f"{API}/liaison-pairs/{number}").json()
    assert (old["state"], old["end_reason"], old["valid_to"]) == (
        "ended", "handed_over", pair["valid_from"],
    )  # fmt: skip
    again = done(visitor, office, f"/liaison-pairs/{number}/handovers", **body)
    assert again.status_code == 409


def listed(visitor: TestClient, office: dict[str, str]) -> str:
    """A firm that has just become a key enterprise: nobody answers for it yet."""
    code = made_code("MAXY0001")
    facts = {"name": "澜川知白阀门有限公司", "category": "large", "industry": "通用设备制造业"}
    made = done(visitor, office, "/enterprises", uscc=code, **facts, township_code="990181002")
    assert (made.status_code, made.json()["list_state"]) == (201, "active_key")
    return code


def test_a_proposal_is_seen_by_the_office_alone(
    visitor: TestClient, office: dict[str, str]
) -> None:
    code = listed(visitor, office)
    made = done(visitor, office, "/liaison-pairs", **ANSWERING, uscc=code)
    assert (made.status_code, made.json()["state"]) == (201, "proposed")
    number = made.json()["pair_no"]
    assert visitor.get(f"{API}/liaison-pairs/{number}").status_code == 404
    again = done(
        visitor, office, "/enterprises", uscc=code, name="x" * 9, category="large", industry="x"
    )
    assert again.json()["code"] == "enterprise.act_not_allowed"
    assert found(visitor, code)["reason"] == "unpaired"
    drawn = visitor.get(f"{API}/liaison-pairs/proposals", headers=office).json()["items"]
    assert [each["pair_no"] for each in drawn] == [number]
    newest = visitor.get(f"{API}/changes?sort=-seq&limit=1").json()["items"][0]
    assert (newest["act"], newest["public"]) == ("liaison_pair.proposed", {})


def test_it_is_issued_by_document_once_the_firm_knows(
    visitor: TestClient, office: dict[str, str]
) -> None:
    code = listed(visitor, office)
    number = done(visitor, office, "/liaison-pairs", **ANSWERING, uscc=code).json()["pair_no"]
    unaware = {**PAPER, "enterprise_informed": False}
    path = f"/liaison-pairs/{number}/issuances"
    assert done(visitor, office, path, **unaware).json()["code"] == (
        "liaison_pair.enterprise_not_informed"
    )
    assert done(visitor, office, path, **PAPER).json()["state"] == "active"
    assert found(visitor, code)["items"][0]["document_no"] == PAPER["document_no"]
    assert done(visitor, office, path, **PAPER).status_code == 409
    dropped = done(visitor, office, f"/liaison-pairs/{number}/discards")
    assert dropped.json()["code"] == "liaison_pair.act_not_allowed"


def test_a_proposal_may_be_dropped(visitor: TestClient, office: dict[str, str]) -> None:
    code = listed(visitor, office)
    number = done(visitor, office, "/liaison-pairs", **ANSWERING, uscc=code).json()["pair_no"]
    assert done(visitor, office, f"/liaison-pairs/{number}/discards").status_code == 201
    assert visitor.get(f"{API}/liaison-pairs/proposals", headers=office).json()["items"] == []


def test_of_sixteen_at_once_one_is_issued(visitor: TestClient, office: dict[str, str]) -> None:
    """INV-L1 through the API: two proposals for a firm may wait; one of them is issued."""
    code = listed(visitor, office)
    numbers = [
        done(visitor, office, "/liaison-pairs", **ANSWERING, uscc=code).json()["pair_no"]
        for _ in range(16)
    ]
    with ThreadPoolExecutor(16) as crowd:
        replies = list(
            crowd.map(
                lambda each: done(visitor, office, f"/liaison-pairs/{each}/issuances", **PAPER),
                numbers,
            )
        )
    assert sorted(each.status_code for each in replies) == [201, *[409] * 15]
    assert len(found(visitor, code)["items"]) == 1


def test_who_opted_out_reads_like_who_was_never_listed(
    visitor: TestClient, office: dict[str, str]
) -> None:
    told = done(visitor, office, f"/enterprises/{FREE}/opt-outs", reason="不需要").json()
    assert told["opted_out"] is True
    page = found(visitor, FREE)
    assert (page["items"], page["reason"]) == ([], "not_on_list")
    assert "不需要" not in visitor.get(f"{API}/changes?sort=-seq&limit=20").text
    refused = done(visitor, office, "/liaison-pairs", **ANSWERING, uscc=FREE)
    assert refused.json()["code"] == "liaison_pair.opted_out"


def test_a_firm_leaves_the_list(visitor: TestClient, office: dict[str, str]) -> None:
    told = done(visitor, office, f"/enterprises/{FREE}/removals", standing="deregistered").json()
    assert (told["list_state"], told["status"]) == ("deregistered", "deregistered")
    assert found(visitor, FREE)["reason"] == "deregistered"


def test_a_new_leader_takes_the_post_that_is_free(
    visitor: TestClient, office: dict[str, str]
) -> None:
    facts = {"code": "40", "name": "闵若水", "organ": "government", "rank_order": 40}
    post = "990181-L02"
    taken = done(visitor, office, "/leaders", **facts, post=post)
    assert taken.json()["code"] == "leader.post_taken"
    done(visitor, office, "/leaders/02/departures")
    made = done(visitor, office, "/leaders", **facts, post=post)
    assert (made.status_code, made.json()["name"]) == (201, "闵若水")
    gone = done(visitor, office, "/leaders/02/departures")
    assert gone.json()["code"] == "leader.not_in_post"


@pytest.mark.parametrize(
    "code", ["91990181MAA012372B", "9199", "９１９９０１８１ＭＡＡ０１２３７２Ｂ"]
)
def test_a_wrong_credit_code_is_refused(
    visitor: TestClient, office: dict[str, str], code: str
) -> None:
    for path in ("removals", "opt-outs"):
        body = {"reason": "x"} if path == "opt-outs" else {}
        assert done(visitor, office, f"/enterprises/{code}/{path}", **body).status_code == 422
    assert done(visitor, office, "/liaison-pairs", **ANSWERING, uscc=code).status_code == 422
