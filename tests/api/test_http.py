"""What HTTP says of every answer: languages, validators, other sites, kinds of body."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.main import api

API = "/api/v1"
VERIFY = f"{API}/verifications"
ASKED = b'{"certificate_no": "00000000000", "name": "x"}'
FILLED = {
    "exam-campaigns/{code}": "exam-campaigns/EX2025", "{order_no}": "澜执资停〔2025〕1号",
    "{code}/officers": "12/officers", "departments/{code}": "departments/12",
    "permits/{code}": "permits/9901810200100400", "leaders/{code}": "leaders/L01",
    "{pair_no}": "L2025-057", "{key}": "bodies-confirmed", "{seq}": "1",
    "{resource}.{form}": "leaders.ndjson",
}  # fmt: skip


def public_reads() -> list[str]:
    found = []
    for path, operations in api.openapi()["paths"].items():
        if "304" in operations.get("get", {}).get("responses", {}):
            for name, value in FILLED.items():
                path = path.replace(name, value)
            found.append(API + path)
    return found


@pytest.fixture
def leader(visitor: TestClient) -> str:
    return str(visitor.get(f"{API}/leaders?limit=1").json()["items"][0]["code"])


@pytest.mark.parametrize("path", public_reads())
def test_a_read_can_be_asked_again_for_nothing(visitor: TestClient, path: str, leader: str) -> None:
    path = path.replace("L01", leader)
    for who in ({}, {"Cookie": "token=t"}, {"Accept-Encoding": "identity"}):
        first = visitor.get(path, headers=who)
        etag = first.headers["etag"]
        assert (first.status_code, etag[0], etag[-1]) == (200, '"', '"')
        for asked in (etag, f'"x", {etag}', f"W/{etag}", "*"):
            again = visitor.get(path, headers={**who, "If-None-Match": asked})
            assert (again.status_code, again.content) == (304, b"")
            for name in ("etag", "cache-control", "vary", "access-control-allow-origin"):
                assert again.headers[name] == first.headers[name]
        assert visitor.get(path, headers={**who, "If-None-Match": '"x"'}).status_code == 200
        headed = visitor.head(path, headers=who)
        assert (headed.status_code, headed.content) == (200, b"")
        assert headed.headers["etag"] == etag


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("", "zh-CN"), ("en", "en"), ("zh-TW, en;q=0.5", "zh-CN"), ("en;q=0.1, zh;q=0.9", "zh-CN"),
        ("fr, en-GB;q=0.5, *;q=0.1", "en"), ("fr", "zh-CN"), ("en;q=0, *", "zh-CN"),
        ("en;q=x, zh;q=0.1", "zh-CN"), ("EN-us", "en"), (";;;,,", "zh-CN"),
    ],
)  # fmt: skip
def test_the_language_wanted_most_is_spoken(
    visitor: TestClient, wanted: str, language: str
) -> None:
    headers = {"Accept-Language": wanted, "Cookie": "lang=en"}  # the register reads no cookie
    reply = visitor.get(f"{API}/permits/nope", headers=headers)
    assert reply.headers["content-language"] == language
    assert ("没有此记录" in reply.text) is (language == "zh-CN")
    assert "Accept-Language" in reply.headers["vary"]


def test_json_is_answered_whatever_is_accepted(visitor: TestClient) -> None:
    reply = visitor.get(f"{API}/departments", headers={"Accept": "application/xml"})
    assert (reply.status_code, reply.headers["content-type"]) == (200, "application/json")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content-type": "application/json"}, 200),
        ({"content-type": "Application/JSON; charset=utf-8"}, 200),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        ({"content-type": "application/jsonp"}, 415),
        ({}, 415),
    ],
)
def test_a_body_is_json_and_says_so(
    visitor: TestClient, headers: dict[str, str], status: int
) -> None:
    reply = visitor.post(VERIFY, content=ASKED, headers=headers)
    assert reply.status_code == status
    if status == 415:
        assert reply.json()["code"] == "http.415"
        assert reply.headers["accept-post"] == "application/json"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_what_is_not_allowed_says_what_is(visitor: TestClient, method: str) -> None:
    reply = visitor.request(method, f"{API}/departments")
    assert (reply.status_code, reply.headers["allow"]) == (405, "GET, HEAD")
    assert visitor.get(VERIFY).headers["allow"] == "POST"


@pytest.mark.parametrize("path", [f"{API}/departments", VERIFY, f"{API}/permits/nope"])
def test_the_script_of_any_site_may_ask(visitor: TestClient, path: str) -> None:
    elsewhere = {"Origin": "https://app.example", "Sec-Fetch-Site": "cross-site"}
    wanted = {"Access-Control-Request-Method": "POST", **elsewhere}
    flight = visitor.options(path, headers=wanted)
    assert (flight.status_code, flight.headers["access-control-allow-origin"]) == (204, "*")
    assert "authorization" not in flight.headers["access-control-allow-headers"].lower()
    reply = visitor.post(VERIFY, content=ASKED, headers={**elsewhere, **JSON})
    assert (reply.status_code, reply.headers["access-control-allow-origin"]) == (200, "*")
    assert "access-control-allow-credentials" not in reply.headers


JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [({"a/b~c": 1}, "/a~1b~0c"), ({}, ""), ({"token": "x", "on": "soon"}, "/on"), ([], "")],
)
def test_a_pointer_is_a_json_pointer(visitor: TestClient, body: Any, pointer: str) -> None:
    reply = visitor.post(VERIFY, json=body)
    assert pointer in [each["pointer"] for each in reply.json()["errors"]]


@pytest.mark.parametrize("given", ["a-1", "b" * 64, "x" * 65, "é", "a b", ""])
def test_a_request_keeps_its_id_if_it_is_fit_to_keep(visitor: TestClient, given: str) -> None:
    headers = {"X-Request-ID": given.encode()}
    reply = visitor.get(f"{API}/permits/nope", headers=headers)  # type: ignore[arg-type]
    assert reply.headers["x-request-id"] == reply.json()["request_id"]
    assert (reply.json()["request_id"] == given) is (given in ("a-1", "b" * 64))
