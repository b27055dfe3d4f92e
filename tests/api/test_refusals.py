"""Every operation, every refusal: its shape, code and language, and that the OpenAPI lists it."""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.config import settings
from app.db import Database
from app.demo.liaison import made_code
from app.main import api
from app.problems import MEDIA_TYPE
from app.rules.accounts import Role
from tests.api.test_authorisation import staff, username  # noqa: F401  a fixture
from tests.clients_at_work import ALL, API, auth, let_in
from tests.conftest import NewDatabase
from tests.staff import code, sign_in

DOCUMENT: Final = api.openapi()
SHAPE: Final = {
    "type", "title", "status", "detail", "instance", "code", "errors", "request_id",
}  # fmt: skip
CHINESE: Final = re.compile("[一-鿿]")
TABLE: Final = {
    (row["method"], row["path"]): row["who"].split()
    for row in csv.DictReader(
        (Path(__file__).parents[1] / "authorisation.csv").read_text().splitlines()
    )
    if row["door"] == "api"
}
Headers = dict[str, str]
LANGUAGES: Final = ("zh-CN", "en")


class Operation:
    def __init__(self, path: str, method: str, told: dict[str, Any]) -> None:
        self.path, self.method, self.told = path, method.upper(), told
        self.who = TABLE[self.method, path]
        self.secured = {} not in told.get("security", [{}])
        self.names = {each["name"] for each in told["parameters"]}

    def __repr__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def body(self) -> dict[str, Any] | None:
        """What the OpenAPI gives as an example, as JSON or as a form with a file."""
        content = self.told.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            return {"json": content["application/json"]["example"]}
        if content:
            return {"data": {"kind": "roster"}, "files": [("files", ("x.csv", b"x"))]}
        return None

    def codes(self, status: int) -> set[str]:
        answer = self.told["responses"][str(status)]
        if "$ref" in answer:
            name = answer["$ref"].rpartition("/")[2]
            answer = DOCUMENT["components"]["responses"][name]
        return set(answer["content"][MEDIA_TYPE]["examples"])


OPERATIONS: Final = [
    Operation(path, method, told)
    for path, methods in DOCUMENT["paths"].items()
    for method, told in methods.items()
]
THERE: Final = {
    "{seq}": "999999999",
    "{key}": "bodies-confirmed",
    "{resource}": "departments",
    "{form}": "csv",
    "{position}": "1",
    "{uscc}": made_code("MAXY0009"),  # right, and nobody's
}


@pytest.fixture
def new_database(new_sqlite: NewDatabase) -> NewDatabase:
    """A refusal is worded alike on every database; where one differs, its test says so."""
    return new_sqlite


class Caller:
    """Somebody who may ask, for each operation: a session of the right role, or a key."""

    def __init__(self, visitor: TestClient) -> None:
        self.visitor = visitor
        self.held: dict[str, Headers] = {}
        app = let_in(visitor, scopes=[*ALL, "departments:read"], webhook_hosts=["127.0.0.1"])
        self.keys = (auth(app.key), auth(app.own))

    def of(self, operation: Operation) -> Headers:
        if not operation.secured:
            return {}
        if operation.who == ["key"]:
            return self.keys[operation.path.startswith("/api-keys")]
        role = Role.SYSADMIN if "staff" in operation.who[0] else operation.who[0].partition(":")[0]
        if role not in self.held:
            opened = sign_in(self.visitor, username(Role(role)), code=code()).json()
            self.held[role] = {"Authorization": f"Bearer {opened['token']}"}
        return self.held[role]

    def ask(self, operation: Operation, headers: Headers, **more: Any) -> Any:
        path = operation.path
        for name, there in THERE.items():
            path = path.replace(name, there)
        path = re.sub(r"\{\w+\}", "none", path)
        sent = {"headers": headers, **(operation.body or {}), **more}
        return self.visitor.request(operation.method, API + path, **sent)


@pytest.fixture
def caller(staff: TestClient) -> Caller:  # noqa: F811
    return Caller(staff)


def wrong(
    status: int, operations: list[Operation], ask: Callable[[Operation, Headers], Any]
) -> Iterator[str]:
    """What is not as it should be, in both languages."""
    assert operations
    for operation in operations:
        for language in LANGUAGES:
            reply = ask(operation, {"Accept-Language": language})
            told = reply.json() if reply.headers["content-type"] == MEDIA_TYPE else {}
            right = (
                (reply.status_code, set(told)) == (status, SHAPE)
                and told["status"] == status
                and told["code"] in operation.codes(status)
                and reply.headers["content-language"] == language
                and bool(CHINESE.search(told["detail"])) == (language == "zh-CN")
            )
            if not right:
                yield f"{operation} {language}: {reply.status_code} {reply.text[:200]}"


SPARE: Final = (  # what they answer here needs no database
    *("/sign-ons", "/receipt-checks", "/accounts/{username}/passwords"),
    "/accounts/{username}/second-factors",
)
PEOPLE_FIRST: Final = "/appeals/{number}/panels"  # names people, who are looked at first
SECURED: Final = [each for each in OPERATIONS if each.secured]
BODIED: Final = [each for each in OPERATIONS if each.body is not None]
ADDRESSED: Final = [
    each
    for each in OPERATIONS
    if re.search(r"\{(?!resource|form|kind|position|key\b)\w+\}", each.path)
    and each.path != PEOPLE_FIRST
    and each.who != ["staff:own"]  # another's account is refused before it is looked for
]


def test_401_nobody_is_signed_in(caller: Caller) -> None:
    assert "\n".join(wrong(401, SECURED, lambda each, h: caller.ask(each, h))) == ""


def test_401_a_key_that_opens_nothing_is_refused_everywhere(caller: Caller) -> None:
    false = auth("mb_live_000000000000_0000000000000000000000000000000000000000_000000")
    assert "\n".join(wrong(401, OPERATIONS, lambda each, h: caller.ask(each, {**h, **false}))) == ""


def test_403_a_key_does_not_open_what_it_is_not_for(caller: Caller) -> None:
    poor = auth(let_in(caller.visitor, scopes=["permits:read"]).key)
    closed = [each for each in SECURED if not each.path.startswith("/sign-ons")]
    assert "\n".join(wrong(403, closed, lambda each, h: caller.ask(each, {**h, **poor}))) == ""


def test_404_there_is_no_such_record(caller: Caller) -> None:
    def ask(each: Operation, headers: Headers) -> Any:
        tag = {"If-Match": '"v1"'} if "If-Match" in each.names else {}
        return caller.ask(each, {**headers, **tag, **caller.of(each)})

    assert "\n".join(wrong(404, ADDRESSED, ask)) == ""


def test_413_the_body_is_too_long(caller: Caller) -> None:
    long: dict[str, Any] = {"content": b"x" * ((21 << 20) + 1)}

    def ask(each: Operation, headers: Headers) -> Any:
        return caller.ask(each, {**headers, "Content-Type": "application/json"}, **long, json=None)

    assert "\n".join(wrong(413, BODIED, ask)) == ""


def test_415_the_body_is_something_else(caller: Caller) -> None:
    def ask(each: Operation, headers: Headers) -> Any:
        path = re.sub(r"\{\w+\}", "none", each.path)
        headers = {**headers, **caller.of(each), "Content-Type": "text/plain"}
        return caller.visitor.request(each.method, API + path, content=b"x", headers=headers)

    assert "\n".join(wrong(415, BODIED, ask)) == ""


def test_422_a_field_that_there_is_not(caller: Caller) -> None:
    def ask(each: Operation, headers: Headers) -> Any:
        headers = {**headers, **caller.of(each)}
        if "application/json" in each.told.get("requestBody", {}).get("content", {}):
            return caller.ask(each, headers, json={"no_such_field": 1})
        return caller.ask(each, headers, params={"no_such_parameter": "1"})

    asked = [
        each
        for each in OPERATIONS
        if (each.method == "GET" and {"limit", "as_of"} & each.names) or "json" in (each.body or {})
    ]
    assert "\n".join(wrong(422, asked, ask)) == ""


VERSIONED: Final = [each for each in OPERATIONS if "If-Match" in each.names]


@pytest.mark.parametrize(("status", "tag"), [(428, {}), (412, {"If-Match": '"v999"'})])
def test_428_and_412_say_what_was_read(
    caller: Caller, status: int, tag: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGBAI_WEBHOOK_PRIVATE_RANGES", '["127.0.0.0/8"]')
    settings.cache_clear()
    body = {"url": "http://127.0.0.1:9/in", "events": ["*"]}
    made = caller.visitor.post(f"{API}/webhooks", json=body, headers=caller.keys[0]).json()
    there = {"{code}": "EX2025", "{order_no}": "澜执资停〔2025〕1号", "{number}": made["number"]}

    def ask(each: Operation, headers: Headers) -> Any:
        path = re.sub(r"\{\w+\}", lambda found: there[found[0]], each.path)
        sent = {"headers": {**headers, **tag, **caller.of(each)}, **(each.body or {})}
        return caller.visitor.request(each.method, API + path, **sent)

    assert "\n".join(wrong(status, VERSIONED, ask)) == ""


def test_429_too_much_was_asked(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("READS", "KEYED_READS"):
        monkeypatch.setenv(f"MINGBAI_LIMIT_{name}", "0")
    settings.cache_clear()
    assert "\n".join(wrong(429, OPERATIONS, lambda each, h: caller.ask(each, h))) == ""


def test_503_the_register_cannot_be_read(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {each: caller.of(each) for each in OPERATIONS}  # while somebody can still sign in

    def gone(*_: Any, **__: Any) -> Any:
        raise OperationalError("", {}, Exception())

    for name in ("read", "read_reserved", "here"):
        monkeypatch.setattr(Database, name, gone)
    monkeypatch.setattr("app.db.Session", gone)
    needing = [each for each in OPERATIONS if not each.path.startswith(SPARE)]
    ask = lambda each, h: caller.ask(each, {**h, **asked[each], "cookie": "token=t"})  # noqa: E731
    assert "\n".join(wrong(503, needing, ask)) == ""


def test_409_the_same_request_is_being_dealt_with(
    new_postgresql_18: NewDatabase, tmp_path: Path
) -> None:
    """Only PostgreSQL lets two write at once; there each act under a key is claimed."""
    acts = [each for each in OPERATIONS if "Idempotency-Key" in each.names]
    assert len(acts) > 60
    for each in acts:
        assert each.codes(409) >= {"idempotency.in_progress", "record.conflict"}
    opened = Database(new_postgresql_18(tmp_path, "city"))
    with opened.writer.connect() as one, opened.writer.connect() as two:
        claim = text("select pg_try_advisory_xact_lock(hashtextextended('a', 0))")
        assert (one.execute(claim).scalar_one(), two.execute(claim).scalar_one()) == (True, False)
    opened.close()
