"""What every list of the register has in common."""

import base64
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.config import settings

API = "/api/v1"
ENVELOPE = {"items", "next_cursor", "has_more", "as_of", "revision"}
LISTS = [
    "departments", "permits", "power-items", "leaders", "enterprises", "liaison-pairs",
    "departments/12/officers", "permits/9901810200100400/revisions",
]  # fmt: skip
SMALL = ["departments", "permits", "power-items", "leaders", "enterprises", "liaison-pairs"]


def ask(visitor: TestClient, path: str, **query: Any) -> Any:
    reply = visitor.get(f"{API}/{path}", params=query)
    assert reply.status_code == 200, reply.text
    return reply.json()


def refused(visitor: TestClient, path: str, **query: Any) -> tuple[int, str]:
    reply = visitor.get(f"{API}/{path}", params=query)
    return reply.status_code, reply.json()["code"]


@pytest.mark.parametrize("path", LISTS)
def test_every_list_has_one_envelope(visitor: TestClient, path: str) -> None:
    page = ask(visitor, path, limit=2)
    assert set(page) - {"reason", "fallback", "successor"} == ENVELOPE
    assert (page["has_more"], page["next_cursor"] is not None) == (True, True)
    assert refused(visitor, path, limit=201) == (422, "request.invalid")


@pytest.mark.parametrize("path", LISTS)
def test_the_header_leads_to_the_next_page(visitor: TestClient, path: str) -> None:
    first = visitor.get(f"{API}/{path}", params={"limit": 2})
    link = first.links["next"]["url"]
    after_it = visitor.get(f"{API}/{path}?limit=2&cursor={first.json()['next_cursor']}")
    assert visitor.get(link).json() == after_it.json()


def test_the_header_keeps_the_filters_and_the_last_page_has_none(visitor: TestClient) -> None:
    query = {"q": "许可", "limit": "3", "department": "04,12"}
    reply = visitor.get(f"{API}/permits", params=query)
    while reply.links:
        reply = visitor.get(reply.links["next"]["url"])
        assert {item["department"]["code"] for item in reply.json()["items"]} <= {"04", "12"}
    assert not reply.json()["has_more"]


def altered(cursor: str) -> list[str]:
    other = "A" if cursor[-2] != "A" else "B"
    junk = base64.urlsafe_b64encode(b"\xff" * 40).decode()
    return [cursor[:-2] + other + cursor[-1], "A" + cursor[1:], junk, "!", "\u4e00", "", "=" * 8]


@pytest.mark.parametrize("path", LISTS)
def test_a_tampered_cursor_is_refused(visitor: TestClient, path: str) -> None:
    for cursor in altered(ask(visitor, path, limit=2)["next_cursor"]):
        assert refused(visitor, path, limit=2, cursor=cursor) == (400, "cursor.mismatch")


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("departments/12/officers", "departments/04/officers"),
        ("permits/9901810200100400/revisions", "permits/9901810200100100/revisions"),
        ("permits", "power-items"),
        ("departments", "enterprises"),
    ],
)
def test_a_cursor_is_of_one_list(visitor: TestClient, path: str, other: str) -> None:
    cursor = ask(visitor, path, limit=1)["next_cursor"]
    assert refused(visitor, other, limit=1, cursor=cursor) == (400, "cursor.mismatch")


def test_a_cursor_of_another_installation_is_refused(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    cursor = ask(visitor, "permits", limit=1)["next_cursor"]
    monkeypatch.setenv("MINGBAI_SECRET_KEY", "somebody else's")
    settings.cache_clear()
    assert refused(visitor, "permits", limit=1, cursor=cursor) == (400, "cursor.mismatch")


@pytest.mark.parametrize("path", SMALL)
def test_a_total_is_given_when_asked_for(visitor: TestClient, path: str) -> None:
    page = ask(visitor, path, limit=1, include_total="true")
    whole, query = ask(visitor, path, limit=200), {"limit": 200}
    count = len(whole["items"])
    while whole["has_more"]:
        whole = ask(visitor, path, **query, cursor=whole["next_cursor"])
        count += len(whole["items"])
    assert page["total"] == count
    further = ask(visitor, path, limit=1, cursor=page["next_cursor"])
    assert "total" not in further


ALTERNATIVES = [
    ("departments", "kind", ["public_institution", "gov"]),
    ("departments", "review", ["confirmed", "corrected"]),
    ("permits", "type", ["administrative_permit", "administrative_approval"]),
    ("permits", "department", ["04", "12"]),
    ("permits", "theme", ["food", "city_life", "tax"]),
    ("permits", "online_level", ["2", "3"]),
    ("power-items", "department", ["04", "12"]),
    ("leaders", "organ", ["party", "government"]),
    ("enterprises", "category", ["large", "key_private"]),
    ("liaison-pairs", "category", ["large", "key_private"]),
]


def keys(visitor: TestClient, path: str, **query: Any) -> set[str]:
    found: set[str] = set()
    page = ask(visitor, path, limit=200, **query)
    while True:
        found |= {str(item) for item in page["items"]}
        if not page["has_more"]:
            return found
        page = ask(visitor, path, limit=200, **query, cursor=page["next_cursor"])


@pytest.mark.parametrize(("path", "name", "values"), ALTERNATIVES)
def test_a_comma_means_or(visitor: TestClient, path: str, name: str, values: list[str]) -> None:
    each = [keys(visitor, path, **{name: value}) for value in values]
    assert all(each), each
    assert keys(visitor, path, **{name: ",".join(values)}) == set.union(*each)


@pytest.mark.parametrize(("path", "name", "values"), ALTERNATIVES)
def test_each_alternative_is_tested(
    visitor: TestClient, path: str, name: str, values: list[str]
) -> None:
    for wrong in (f"{values[0]},", f"{values[0]},no such!", ",".join([values[0]] * 21), ""):
        reply = visitor.get(f"{API}/{path}", params={name: wrong})
        assert reply.status_code == 422, wrong
        assert reply.json()["errors"][0]["pointer"].startswith(f"/{name}")


def test_a_theme_is_a_whole_word(visitor: TestClient) -> None:
    assert ask(visitor, "permits", theme="f_od")["items"] == []
    assert ask(visitor, "permits", theme="foo")["items"] == []


def test_a_department_counts_the_permits_that_the_list_shows(visitor: TestClient) -> None:
    for unit in ask(visitor, "departments", limit=200)["items"]:
        page = ask(visitor, "permits", department=unit["code"], limit=1, include_total="true")
        assert page["total"] == unit["permits"]


@pytest.mark.parametrize("path", ["departments", "permits", "enterprises", "liaison-pairs"])
def test_what_changed_since_a_day_is_a_part(visitor: TestClient, path: str) -> None:
    everything = keys(visitor, path)
    assert keys(visitor, path, updated_since="2000-01-01") == everything
    assert keys(visitor, path, updated_since="2026-12-31") == set()
