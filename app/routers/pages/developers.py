"""The guide for third-party developers, and a reference made from the OpenAPI."""

import json
import re
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from app.client import ApiDep
from app.html import render
from app.i18n import visit

router = APIRouter(prefix="/developers")
HAN: Final = re.compile("[一-鿿]")
METHODS: Final = ("get", "post")
Part = dict[str, Any]


@router.get("")
async def guide_page(request: Request, api: ApiDep) -> Response:
    document = await api.get("openapi.json")
    tags = [{**each, "told": of_language(each["description"])} for each in document["tags"]]
    return render(request, "developers/guide.html", fragment="content", tags=tags)


@router.get("/reference/{tag}")
async def reference_page(tag: str, request: Request, api: ApiDep) -> Response:
    document = await api.get("openapi.json")
    found = [
        operation(document, method, path, told)
        for path, methods in document["paths"].items()
        for method, told in methods.items()
        if tag in told["tags"]
    ]
    if not found:
        raise HTTPException(404)
    return render(
        request, "developers/reference.html", fragment="content", tag=tag, operations=found
    )


def of_language(text: str) -> str:
    """Descriptions stand in two languages, one after the other."""
    first = HAN.search(text)
    at = text.rfind("\n", 0, first.start()) + 1 if first and "\n" in text else None
    if at is None:
        at = first.start() if first else len(text)
    english, chinese = text[:at].strip(), text[at:].strip()
    return (chinese if visit().locale == "zh_CN" else english) or text


def operation(document: Part, method: str, path: str, told: Part) -> Part:
    responses = {status: resolved(document, each) for status, each in told["responses"].items()}
    return {
        "id": told["operationId"],
        "method": method.upper(),
        "path": path,
        "told": of_language(told["description"]),
        "secured": {} not in told.get("security", [{}]),
        "parameters": [parameter(each) for each in told["parameters"]],
        "request": example(told.get("requestBody", {})),
        "response": next((example(e) for s, e in responses.items() if s.startswith("2")), None),
        "problems": [
            (status, of_language(each["description"]), codes(each))
            for status, each in responses.items()
            if status.isdecimal() and int(status) >= 400
        ],
    }


def resolved(document: Part, part: Part) -> Part:
    if "$ref" not in part:
        return part
    name = part["$ref"].rpartition("/")[2]
    found: Part = document["components"]["responses"][name]
    return found


def parameter(each: Part) -> Part:
    return {**each, "told": of_language(each.get("description", ""))}


def example(part: Part) -> str | None:
    """As it would be sent, if it is JSON."""
    content = part.get("content", {}).get("application/json", {})
    if "example" not in content:
        return None
    return json.dumps(content["example"], ensure_ascii=False, indent=2)


def codes(part: Part) -> list[str]:
    content = part.get("content", {}).get("application/problem+json", {})
    return sorted(content.get("examples", ()))
