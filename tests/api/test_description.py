"""The OpenAPI: every operation says in two languages what it does, takes, answers and refuses."""

import json
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema_rs import Draft202012Validator
from sqlalchemy.exc import OperationalError

from app.db import Database
from app.main import api
from app.openapi import EXAMPLES

DOCUMENT = api.openapi()
API = "/api/v1"
OPERATIONS = [
    (method, path, operation)
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
]
PUBLIC = [
    each
    for each in OPERATIONS
    if each[2]["operationId"] in EXAMPLES and {} in each[2].get("security", [{}])
]
NAMES = [each[2]["operationId"] for each in OPERATIONS]
OF_THE_MOMENT = ("/status",)
CHINESE, LATIN = re.compile("[\u4e00-\u9fff]"), re.compile("[a-z]{3}")
JSON, PROBLEM = "application/json", "application/problem+json"


def resolved(part: dict[str, Any]) -> dict[str, Any]:
    found: Any = DOCUMENT
    if "$ref" not in part:
        return part
    for step in part["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return dict(found)


def bilingual(text: str) -> bool:
    return bool(CHINESE.search(text) and LATIN.search(text))


def faults(value: Any, schema: dict[str, Any]) -> list[str]:
    whole = {**schema, "components": DOCUMENT["components"]}
    return [error.message for error in Draft202012Validator(whole).iter_errors(value)]


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=NAMES)
def test_every_operation_is_described(method: str, path: str, operation: dict[str, Any]) -> None:
    assert NAMES.count(operation["operationId"]) == 1
    assert operation["summary"]
    assert bilingual(operation["description"])
    tags = {tag["name"]: tag["description"] for tag in DOCUMENT["tags"]}
    assert all(bilingual(tags[tag]) for tag in operation["tags"])
    for parameter in operation["parameters"]:
        assert bilingual(parameter["description"]), parameter["name"]
        assert "anyOf" not in parameter["schema"]
        if "example" in parameter:
            assert faults(parameter["example"], parameter["schema"]) == []


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=NAMES)
def test_every_operation_gives_an_example(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    body = operation.get("requestBody")
    contents = [*body["content"].values()] if body else []
    contents += [
        answer["content"][JSON]
        for status, answer in operation["responses"].items()
        if status.startswith("20") and JSON in answer["content"]
    ]
    for content in contents:
        assert faults(content["example"], content["schema"]) == []


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=NAMES)
def test_every_operation_names_its_problems(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    wanted = {"400", "422", "500", "503"}
    wanted |= {"404"} if "{" in path else set()
    wanted |= {"413", "415"} if "requestBody" in operation else set()
    headers = {each["name"] for each in operation["parameters"] if each["in"] == "header"}
    wanted |= {"412", "428"} if "If-Match" in headers else set()
    wanted |= {"409"} if "Idempotency-Key" in headers else set()
    wanted |= {"401", "403", "429"}
    if method == "get" and "security" not in operation and path not in OF_THE_MOMENT:
        wanted |= {"304"}
    assert wanted <= set(operation["responses"])
    for status in wanted - {"304"}:
        answer = resolved(operation["responses"][status])
        assert bilingual(answer["description"])
        assert set(answer["content"]) == {PROBLEM}
        for code, example in answer["content"][PROBLEM]["examples"].items():
            told = example["value"]
            assert (told["code"], told["status"]) == (code, int(status))
            assert told["detail"] != code, "the code has no wording"
            assert faults(told, answer["content"][PROBLEM]["schema"]) == []


def test_the_whole_says_who_and_under_what_licence() -> None:
    info = DOCUMENT["info"]
    assert info["license"]["identifier"] == "Apache-2.0"
    assert bilingual(info["description"])
    assert bilingual(info["contact"]["name"])
    assert "HTTPValidationError" not in json.dumps(DOCUMENT)


def shape(value: Any) -> Any:
    """What an answer looks like, whatever it says."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items() if isinstance(inner, dict)} | {
            "": sorted(value)
        }
    return None


REAL = {
    "read_department": ("get", "/departments/12"),
    "read_permit": ("get", "/permits/9901810200100400"),
    "read_liaison_pair": ("get", "/liaison-pairs/L2025-057"),
    "read_statistic": ("get", "/statistics/bodies-confirmed"),
    "list_permits": ("get", "/permits?limit=1"),
    "list_changes": ("get", "/changes?limit=1"),
    "read_change": ("get", "/changes/1"),
    "verify_credential": ("post", "/verifications"),
    "verify_team": ("post", "/team-verifications"),
}


@pytest.mark.parametrize("name", REAL)
def test_the_examples_look_like_real_answers(visitor: TestClient, name: str) -> None:
    method, path = REAL[name]
    reply = visitor.request(method, API + path, json=EXAMPLES[name].get("request"))
    assert shape(reply.json()) == shape(EXAMPLES[name]["response"])


def provoked(visitor: TestClient, method: str, path: str, status: int) -> Any:
    """Ask so that the status must follow."""
    sent = {"content": b"{}", "headers": {"content-type": JSON, "cookie": "token=t"}}
    wrong: dict[int, dict[str, Any]] = {
        413: {"content": b" " * (2 << 20)},
        415: {"headers": {"content-type": "text/plain"}},
    }
    extra = {400: "?limit=1&limit=2", 422: "?no_such=1"}.get(status, "")
    if method == "get":
        return visitor.get(path + extra, headers={"cookie": "token=t"})
    return visitor.post(path + extra, **{**sent, **wrong.get(status, {})})


@pytest.mark.parametrize("status", [400, 404, 413, 415, 422])
def test_each_documented_refusal_can_be_had(visitor: TestClient, status: int) -> None:
    for method, path, operation in PUBLIC:
        if str(status) in operation["responses"]:
            for name in re.findall(r"{\w+}", path):
                path = path.replace(name, "999999999" if name == "{seq}" else "none")
            reply = provoked(visitor, method, API + path, status)
            assert (reply.status_code, reply.headers["content-type"]) == (status, PROBLEM), path
            described = resolved(operation["responses"][str(status)])["content"][PROBLEM]
            assert reply.json()["code"] in described["examples"]


@pytest.mark.parametrize(
    ("status", "error"), [(500, ValueError()), (503, OperationalError("", {}, Exception()))]
)
def test_each_operation_says_when_it_cannot_answer(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch, status: int, error: Exception
) -> None:
    async def fail(*_: Any) -> None:
        raise error

    for name in ("read", "read_reserved"):
        monkeypatch.setattr(Database, name, fail)
    for method, path, operation in PUBLIC:
        path = API + path.replace("{key}", "bodies-confirmed").replace("{seq}", "1")
        body = EXAMPLES[operation["operationId"]].get("request")
        reply = visitor.request(method, path, json=body, headers={"cookie": "token=t"})
        assert (reply.status_code, reply.headers["content-type"]) == (status, PROBLEM), path
        described = resolved(operation["responses"][str(status)])["content"][PROBLEM]
        assert reply.json()["code"] in described["examples"]
