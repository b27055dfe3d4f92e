"""Every page in both languages, and the bad paths of a lookup."""

import pytest
from fastapi.testclient import TestClient

PAGES = (
    "/", "/search?q=spjyxk", "/search?q=91990181MAA037115M", "/liaison", "/liaison?q=云杼",
    "/liaison?q=项目建设", "/liaison/L2025-057", "/liaison/L2025-005/card", "/permits",
    "/permits?max_days=5", "/permits/9901810200100400", "/permits/9901810200100400/history",
    "/departments", "/departments/12", "/departments/41", "/departments/12/officers",
    "/departments/12/history", "/leaders", "/leaders/01", "/enterprises", "/verify", "/changes",
    "/about", "/report?page=/permits", "/changes/9", "/changes?kind=exams",
    "/suspension-orders", "/suspension-orders/澜执资停〔2025〕1号",
)  # fmt: skip
PARTIAL = {"HX-Request-Type": "partial"}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_page_stands(visitor: TestClient, path: str, language: str) -> None:
    reply = visitor.get(path, headers={"Accept-Language": language})
    assert reply.status_code == 200
    assert f'<html lang="{language if language == "en" else "zh-CN"}"' in reply.text
    assert "unsafe" not in reply.headers["content-security-policy"]
    assert " style=" not in reply.text
    assert len(reply.content) < 100_000


def test_a_fragment_comes_alone(visitor: TestClient) -> None:
    reply = visitor.get("/permits", headers=PARTIAL)
    assert reply.text.lstrip().startswith('<section id="results">')


def test_a_wrong_credit_code_is_refused_at_its_field(visitor: TestClient) -> None:
    reply = visitor.get("/liaison?q=91990181MAA037115N")
    assert reply.status_code == 422
    assert 'aria-invalid="true"' in reply.text
    assert "91990181MAA037115N" in reply.text


@pytest.mark.parametrize(
    ("q", "said"),
    [("半夏书屋", "not on the list"), ("91990181MAB900005J", "deregistered"),
     ("91990181MAB900013D", "merged"), ("91990181MAB9000218", "not on the list"),
     ("半亩塘", "handover is under way")],
)  # fmt: skip
def test_no_lookup_ends_nowhere(visitor: TestClient, q: str, said: str) -> None:
    reply = visitor.get("/liaison", params={"q": q})
    assert reply.status_code == 200
    assert said in reply.text
    assert "tel:" in reply.text


def test_the_switches_are_remembered(visitor: TestClient) -> None:
    reply = visitor.get("/permits?lang=zh-CN&theme=dark&view=elder&max_days=5")
    assert 'data-theme="dark"' in reply.text
    assert 'data-elder="elder"' in reply.text
    again = visitor.get("/permits")
    assert '<html lang="zh-CN" data-theme="dark"' in again.text


@pytest.mark.parametrize("query", ["lang=fr", "theme=pink", "view=x"])
def test_an_unknown_choice_is_refused(visitor: TestClient, query: str) -> None:
    assert visitor.get(f"/permits?{query}").status_code == 422


def test_verifying_a_second_officer_makes_a_team(visitor: TestClient) -> None:
    roster = visitor.get("/api/v1/departments/12/officers?limit=2").json()["items"]
    one, two = ({"certificate_no": r["certificate_no"], "name": r["name"]} for r in roster)
    assert "Check the second officer" in visitor.post("/verify", data=one).text
    first = {"first_no": one["certificate_no"], "first_name": one["name"]}
    assert "Both officers are valid" in visitor.post("/verify", data={**two, **first}).text


def test_a_foreign_page_cannot_send_the_form(visitor: TestClient) -> None:
    reply = visitor.post("/verify", data={}, headers={"Sec-Fetch-Site": "cross-site"})
    assert reply.status_code == 403


def test_an_unknown_host_is_refused(visitor: TestClient) -> None:
    assert visitor.get("/", headers={"Host": "evil.example"}).status_code == 400
