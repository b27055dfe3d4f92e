"""The description of the API: what may be asked, what is answered, with an example of each."""

import json
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI

from app.i18n import CATALOGUES
from app.lifecycle import LEAVING
from app.openapi import words
from app.openapi.names import named
from app.openapi.samples import sample
from app.problems import MEDIA_TYPE, FieldError, ProblemOut

JSON: Final = "application/json"
EXAMPLES: Final[dict[str, Any]] = json.loads(
    Path(__file__).with_name("examples.json").read_text(encoding="utf-8")
)
ANY_PROBLEM: Final[dict[int | str, dict[str, Any]]] = {
    "default": {"description": "Any other problem. 其他问题", "model": ProblemOut}
}
PROBLEM: Final = {"$ref": "#/components/schemas/ProblemOut"}
# A key is looked at wherever one is shown, also where none is needed.
WRONG_KEY: Final = [
    *("api_key.malformed", "api_key.checksum", "api_key.unknown", "api_key.expired"),
    "api_key.revoked",
]
EVERYWHERE: Final = {
    400: [
        *("http.400", "request.repeated_parameter", "request.key_in_address"),
        "request.unknown_host",
    ],
    401: WRONG_KEY,
    403: ["api_key.address_not_listed", "api_client.not_active"],
    422: ["request.invalid"],
    429: ["limits.at_once", "limits.exceeded"],
    500: ["service.broken"],
    503: ["service.unavailable"],
}
AT_A_RECORD: Final = {404: ["record.not_found"]}
WITH_A_BODY: Final = {413: ["http.413"], 415: ["http.415"]}
SIGNED_IN: Final = {
    401: [*WRONG_KEY, "api_key.missing", "auth.missing", "auth.invalid", "auth.expired"],
    403: [
        *("api_key.address_not_listed", "api_client.not_active", "api_key.scope_missing"),
        *("auth.key_not_accepted", "auth.second_factor_required", "auth.step_up_required"),
        *("api_key.own_needed", "auth.role_missing"),
    ],
}
IF_UNCHANGED: Final = {412: ["precondition.stale"], 428: ["precondition.missing"]}
ONCE: Final = {409: ["record.conflict", "idempotency.in_progress"]}
EVERY: Final = {
    **EVERYWHERE, **AT_A_RECORD, **WITH_A_BODY, **SIGNED_IN, **IF_UNCHANGED, **ONCE,
}  # fmt: skip
CREDIT_CODE: Final = ["uscc.length", "uscc.character", "uscc.organisation_check", "uscc.check"]
LARGEST: Final = (1 << 63) - 1
OF_THE_MOMENT: Final = ("/status",)
Part = dict[str, Any]


def document(app: FastAPI) -> None:
    """Say in the OpenAPI what is sent: `default` keeps FastAPI's own 422 out of it."""
    generate = app.openapi

    def openapi() -> Part:
        if app.openapi_schema is None:
            describe(generate())
        return app.openapi_schema or generate()

    app.openapi = openapi  # type: ignore[method-assign]


def describe(document: Part) -> None:
    named(document)
    components = document["components"]
    bound(components["schemas"])
    told_by = {**words.ANSWERED_WITH, "ETag": words.ETAG, "Link": words.LINK}
    components["headers"] = {
        name: {"description": text, "schema": {"type": "string"}} for name, text in told_by.items()
    }
    used = set()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            used.update(operation["tags"])
            in_words(operation)
            operation["parameters"] = [
                *(parameter(each, path) for each in operation.get("parameters", ())),
                *(header(name, *said) for name, said in asked_with(method, path, operation)),
            ]
            if leaving := LEAVING.get(operation["operationId"]):
                operation |= {"deprecated": True, "x-sunset": leaving.until.isoformat()}
            give_examples(operation, components["schemas"])
            answers(operation, method, path, components)
    document["tags"] = [
        {"name": name, "description": words.TAGS.get(name, "")} for name in sorted(used)
    ]


def in_words(operation: Part) -> None:
    """A parameter that changes what kind of thing is answered is told of, not listed."""
    for each in operation.get("parameters", []):
        if told := each["schema"].get("x-told"):
            operation["description"] += f"\n\n{told}"
    operation["parameters"] = [
        each for each in operation.get("parameters", []) if "x-told" not in each["schema"]
    ]


def bound(schema: Any) -> None:
    """A whole number is one that both databases can keep; `strict_json` refuses others."""
    if isinstance(schema, list):
        for each in schema:
            bound(each)
    if isinstance(schema, dict):
        if schema.get("type") == "integer" and not {"const", "enum"} & set(schema):
            if "exclusiveMinimum" not in schema:
                schema.setdefault("minimum", -LARGEST - 1)
            if "exclusiveMaximum" not in schema:
                schema.setdefault("maximum", LARGEST)
        for each in schema.values():
            bound(each)


def parameter(found: Part, path: str) -> Part:
    """A query has no null, and several values stand in one parameter: `a,b`."""
    schema = found["schema"]
    if given := [each for each in schema.pop("anyOf", ()) if each.get("type") != "null"]:
        schema |= given[0]
    if schema.get("type") == "array":
        found |= {"style": "form", "explode": False}
        if schema["items"].get("type") == "string":
            schema["items"].setdefault("pattern", "^[^,]*$")  # a comma separates two
    if said := words.PARAMETERS.get(found["name"]):
        found["description"], example = said
        if found["in"] == "path" and found["name"] == "code":
            example = words.CODES.get(path.split("/")[1], example)
        fits = isinstance(example, list) == (schema.get("type") == "array")
        if example is not None and fits:
            found["example"] = example
    return found


def keepable(method: str, path: str, operation: Part) -> bool:
    """Whether an answer is anybody's, and may be asked about again by its ETag."""
    return method == "get" and "security" not in operation and path not in OF_THE_MOMENT


def asked_with(method: str, path: str, operation: Part) -> list[tuple[str, tuple[str, str]]]:
    found = list(words.ASKED_WITH.items())
    if keepable(method, path, operation):
        found.append(("If-None-Match", words.IF_CHANGED))
    return found


def header(name: str, description: str, example: str) -> Part:
    shape = {"type": "string"}
    return {
        "name": name,
        "in": "header",
        "required": False,
        "description": description,
        "schema": shape,
        "example": example,
    }


def give_examples(operation: Part, schemas: Part) -> None:
    """A real answer of the demo city where there is one, else one made from the schema."""
    real = EXAMPLES.get(operation["operationId"], {})
    if body := operation.get("requestBody"):
        for content in body["content"].values():
            content["example"] = real.get("request") or sample(content["schema"], schemas)
    for status, answer in operation["responses"].items():
        if status != "default" and (content := answer.get("content", {}).get(JSON)):
            content["example"] = real.get("response") or sample(content["schema"], schemas)


def answers(operation: Part, method: str, path: str, components: Part) -> None:
    responses = operation["responses"]
    content = responses["default"]["content"]
    content[MEDIA_TYPE] = content.pop(JSON)
    kept = keepable(method, path, operation)
    for status, response in responses.items():
        own = ["ETag"] if kept and status == "200" else []
        if status == "200" and "cursor" in names_of(operation):
            own.append("Link")
        response["headers"] = headers(*own)
    if kept:
        unchanged = "It is as you have it. 与已有的相同"
        responses["304"] = {"description": unchanged, "headers": headers("ETag")}
    for status_code, codes in problems_of(operation, path).items():
        name = f"Problem{status_code}" + ("" if codes == EVERY.get(status_code) else codes[-1])
        name = name.replace(".", "_")
        components.setdefault("responses", {})[name] = problem(status_code, codes)
        responses[str(status_code)] = {"$ref": f"#/components/responses/{name}"}


def names_of(operation: Part) -> set[str]:
    return {each["name"] for each in operation["parameters"]}


def headers(*more: str) -> Part:
    return {
        name: {"$ref": f"#/components/headers/{name}"} for name in (*words.ANSWERED_WITH, *more)
    }


def problems_of(operation: Part, path: str) -> dict[int, list[str]]:
    """Which refusals an operation can answer, by status."""
    names = names_of(operation)
    found = dict(EVERYWHERE)
    if "cursor" in names:
        found[400] = [*found[400], "cursor.mismatch"]
    if "uscc" in names:
        found[422] = [*found[422], *CREDIT_CODE]
    found |= IF_UNCHANGED if "If-Match" in names else {}
    if "Idempotency-Key" in names:
        found |= ONCE
        found[422] = [*found[422], "idempotency.other_request"]
    if "{" in path:
        found |= AT_A_RECORD
    if "requestBody" in operation:
        found |= WITH_A_BODY
    if "security" in operation:
        found |= SIGNED_IN
    return found


def problem(status: int, codes: list[str]) -> Part:
    examples = {code: {"value": told(status, code)} for code in codes}
    content = {MEDIA_TYPE: {"schema": PROBLEM, "examples": examples}}
    return {"description": words.STATUSES[status], "headers": headers(), "content": content}


def told(status: int, code: str) -> Part:
    wording = worded(code)
    wrong = FieldError(pointer="/limit", code="field.too_large", detail=worded("field.too_large"))
    return ProblemOut(
        type=f"/problems/{code}",
        title=wording,
        status=status,
        detail=wording,
        instance="/api/v1/departments",
        code=code,
        errors=[wrong] if code == "request.invalid" else [],
        request_id="a-1",
    ).model_dump()


def worded(code: str) -> str:
    return str(CATALOGUES["en"].gettext(code))
