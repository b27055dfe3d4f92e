"""Guessing is slow, for one name and from one address, however many processes answer."""

from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
from fastapi.testclient import TestClient
from starlette.requests import Request

from app.config import settings
from app.edge import IN_PROCESS, address_of
from tests.servers import served
from tests.staff import SESSIONS, bearer, sign_in

WRONG = {"username": "hr", "password": "wrong"}


def test_many_guesses_at_once_are_no_more_than_few(visitor: TestClient) -> None:
    with ThreadPoolExecutor(30) as many:
        replies = list(many.map(lambda _: visitor.post(SESSIONS, json=WRONG), range(30)))
    statuses = [reply.status_code for reply in replies]
    assert (statuses.count(401), statuses.count(429)) == (10, 20)
    assert replies[statuses.index(429)].headers["retry-after"] == "900"


def test_two_processes_count_together(configured: str) -> None:
    with served() as (one, _), served() as (other, _):
        statuses = [each.post("/sessions", json=WRONG).status_code for each in (one, other) * 6]
    assert statuses == [401] * 10 + [429] * 2


def test_an_address_is_counted_over_all_names(visitor: TestClient) -> None:
    guesses = [{"username": f"name{n}", "password": "wrong"} for n in range(50)]
    statuses = {visitor.post(SESSIONS, json=each).status_code for each in guesses}
    assert statuses == {401}
    assert sign_in(visitor, "hr").status_code == 429


def test_pages_are_counted_by_their_visitor(visitor: TestClient) -> None:
    for _ in range(10):
        visitor.post("/sign-in", data=WRONG)
    assert visitor.post("/sign-in", data=WRONG).status_code == 429
    assert sign_in(visitor, "audit").json()["account"]["username"] == "audit"
    own = visitor.get(SESSIONS, headers=bearer(visitor, "audit")).json()
    assert {each["address"] for each in own["items"]} == {"testclient"}


def test_who_got_in_starts_anew(visitor: TestClient) -> None:
    for _ in range(2):
        for _ in range(9):
            visitor.post(SESSIONS, json=WRONG)
        assert sign_in(visitor, "hr").status_code == 201


def test_guessing_in_a_session_is_limited_too(visitor: TestClient) -> None:
    who = bearer(visitor, "hr")
    guesses = [{"password": "wrong"}] * 11
    statuses = [visitor.post("/api/v1/step-ups", json=g, headers=who).status_code for g in guesses]
    assert statuses == [401] * 10 + [429]


@pytest.mark.parametrize(
    ("peer", "proxies", "address"),
    [("10.0.0.9", "[]", "10.0.0.9"), ("10.0.0.9", '["10.0.0.1"]', "10.0.0.9"),
     ("10.0.0.1", '["10.0.0.1"]', "203.0.113.7"), (IN_PROCESS, "[]", "203.0.113.7")],
)  # fmt: skip
def test_only_a_named_proxy_is_believed(
    monkeypatch: pytest.MonkeyPatch, peer: str, proxies: str, address: str
) -> None:
    monkeypatch.setenv("MINGBAI_TRUSTED_PROXIES", proxies)
    settings.cache_clear()
    headers = [(b"x-forwarded-for", b"198.51.100.1, 203.0.113.7")]
    scope = {"type": "http", "client": (peer, 1), "headers": headers}
    assert address_of(Request(scope)) == address
    settings.cache_clear()


def test_known_and_unknown_names_cost_the_same(configured: str) -> None:
    """Asked in turns, so that whatever else the machine does slows both."""
    with served() as (client, _):
        took = [[seconds(client, name) for name in ("hr", "nobody")] for _ in range(9)]
    known, unknown = (sorted(each)[4] for each in zip(*took, strict=True))
    assert 0.5 < known / unknown < 2


def seconds(client: httpx2.Client, name: str) -> float:
    reply = client.post("/sessions", json={"username": name, "password": "wrong"})
    assert reply.status_code == 401
    return reply.elapsed.total_seconds()
