"""Search: any part of any name, however it is typed, with the same hits on both databases."""

from functools import lru_cache

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.demo.city import read
from app.models.search import folded
from tests.all_databases import new_database as new_database

API = "/api/v1"
NAMES = {
    "permits": [each["name"] for each in read("city.json")["permits"]],
    "enterprises": [each["name"] for each in read("city.json")["enterprises"]],
    "departments": [each["name"] for each in read("city.json")["units"]],
}
QUIET = [HealthCheck.function_scoped_fixture]


def hits(visitor: TestClient, noun: str, q: str) -> list[str]:
    reply = visitor.get(f"{API}/{noun}", params={"q": q, "limit": 200})
    assert reply.status_code == 200, reply.text
    return [item["name"] for item in reply.json()["items"]]


@st.composite
def parts(draw: st.DrawFn) -> tuple[str, str]:
    noun = draw(st.sampled_from(sorted(NAMES)))
    name = draw(st.sampled_from(NAMES[noun]))
    start = draw(st.integers(0, len(name) - 1))
    end = draw(st.integers(start + 1, len(name)))
    return noun, name[start:end]


def test_any_part_of_a_name_finds_all_who_have_it_and_only_them(visitor: TestClient) -> None:
    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=QUIET)
    @given(parts())
    def ask(part: tuple[str, str]) -> None:
        noun, q = part
        if folded(q):
            found = set(hits(visitor, noun, q))
            having = {name for name in NAMES[noun] if folded(q) in folded(name)}
            assert having & set(everything(visitor, noun)) <= found
            known = visitor.get(f"{API}/{noun}", params={"q": q, "limit": 200}).json()["items"]
            former = {i["name"] for i in known if folded(q) not in folded(i["name"])}
            assert noun in ("enterprises", "departments") or former == set()

    ask()


@lru_cache(maxsize=8)
def everything(visitor: TestClient, noun: str) -> tuple[str, ...]:
    names: list[str] = []
    page = visitor.get(f"{API}/{noun}", params={"limit": 200}).json()
    names += [item["name"] for item in page["items"]]
    while page["has_more"]:
        query = {"limit": "200", "cursor": page["next_cursor"]}
        page = visitor.get(f"{API}/{noun}", params=query).json()
        names += [item["name"] for item in page["items"]]
    return tuple(names)


@pytest.mark.parametrize("q", ["%", "_", "'", '"', "\\", "😀", "x" * 100, "\u202eab", "qqqq", "!"])
def test_signs_are_only_signs(visitor: TestClient, q: str) -> None:
    assert [hits(visitor, noun, q) for noun in NAMES] == [[], [], []]


@pytest.mark.parametrize("q", ["", " ", "\u3000", "\t", "·"])
def test_a_blank_search_is_refused(visitor: TestClient, q: str) -> None:
    reply = visitor.get(f"{API}/departments", params={"q": q})
    assert (reply.status_code, reply.json()["errors"][0]["pointer"]) == (422, "/q")


@pytest.mark.parametrize(
    "q", ["食 品 经 营", "食品\u3000经营", "ＳＰＪＹ", "SHIPINJINGYING", "食品·经营"]
)
def test_width_case_and_spaces_do_not_matter(visitor: TestClient, q: str) -> None:
    assert "食品经营许可" in hits(visitor, "permits", q)
