"""The poison five on every field that the OpenAPI names: the sender's mistake, never ours."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.main import api
from tests.staff import EVERYBODY, bearer

DOCUMENT = api.openapi()
TEXTS = ("%00", "%ED%A0%80")  # a NUL, a lone surrogate
NUMBERS = ("9223372036854775808", "NaN")
LOOSE = {"type", "maxLength", "minLength", "title", "pattern"}
RAW = (
    '{"NAME": "a\\u0000b"}',
    '{"NAME": "\\ud800"}',
    '{"NAME": 9223372036854775808}',
    '{"NAME": NaN}',
    '{"NAME": "x", "NAME": "y"}',
)
BASE = "/api/v1"


def operations(method: str) -> list[tuple[str, dict[str, Any]]]:
    return [(p, path[method]) for p, path in DOCUMENT["paths"].items() if method in path]


def parameters(place: str) -> list[tuple[str, str, bool]]:
    """Every parameter in a place: the path, its name, and whether any text will do."""
    found = []
    for path, operation in operations("get"):
        for each in operation.get("parameters", []):
            kinds = each["schema"].get("anyOf", [each["schema"]])
            kinds = [kind.get("items", kind) for kind in kinds]
            free = any(k.get("type") == "string" and set(k) <= LOOSE for k in kinds)
            if each["in"] == place:
                found.append((path, each["name"], free))
    return found


def fields() -> list[tuple[str, str]]:
    found = []
    for path, operation in operations("post"):
        content = operation.get("requestBody", {}).get("content", {})
        if "application/json" not in content:
            continue
        reference = content["application/json"]["schema"]["$ref"]
        shape = DOCUMENT["components"]["schemas"][reference.rpartition("/")[2]]
        found += [(path, name) for name in shape["properties"]]
    return found


def filled(path: str, value: str = "x") -> str:
    return BASE + re.sub(r"\{[a-z_]+\}", value, path)


def test_no_query_parameter_takes_poison(visitor: TestClient) -> None:
    wrong = []
    for path, name, free in parameters("query"):
        for poison in (*TEXTS, *NUMBERS):
            status = visitor.get(f"{filled(path)}?{name}={poison}").status_code
            harmless = free and poison in NUMBERS and status == 200  # any text will do there
            if not harmless and not 400 <= status < 500:
                wrong.append((path, name, poison, status))
    assert wrong == []


def test_no_query_parameter_may_be_given_twice(visitor: TestClient) -> None:
    for path, name, _ in parameters("query"):
        reply = visitor.get(f"{filled(path)}?{name}=1&{name}=2")
        assert (reply.status_code, reply.json()["code"]) == (400, "request.repeated_parameter")


def test_no_path_takes_poison(visitor: TestClient) -> None:
    for path, _, _ in parameters("path"):
        for poison in (*TEXTS, *NUMBERS, "a%2F..%2Fb"):
            assert 400 <= visitor.get(filled(path, poison)).status_code < 500


@pytest.mark.parametrize("poison", RAW, ids=["NUL", "lone surrogate", "integer", "NaN", "twice"])
def test_no_field_of_a_body_takes_poison(visitor: TestClient, poison: str) -> None:
    callers = [bearer(visitor, username) for username in EVERYBODY]
    wrong = []
    for path, name in fields():
        body = poison.replace("NAME", name).encode()
        told = {
            visitor.post(
                filled(path), content=body, headers={**who, "content-type": "application/json"}
            ).status_code
            for who in callers
        }
        if not told <= {401, 403, 404, 422} or 422 not in told:
            wrong.append((path, name, told))
    assert wrong == []
