"""The committed OpenAPI says what is sent: generated requests, right and wrong."""

from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, reject, settings
from schemathesis import GenerationMode
from schemathesis.core.result import Ok

from app.main import api

SCHEMA = schemathesis.openapi.from_dict(api.openapi())
SCHEMA.config.generation.update(allow_x00=False)
EACH = 16
BEHIND_THE_DOOR = 5  # nobody is signed in here: whatever is asked, the answer is the same
# No schema can say which of these values are right.
LAW_OF_THEIR_OWN = ("cursor", "uscc", "received_on", "profile")
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]


OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)]


def sent(case: Any) -> dict[str, Any]:
    asked: dict[str, Any] = case.as_transport_kwargs(base_url="http://testserver/api/v1")
    asked.pop("cookies", None)
    asked["headers"] = {name: value.encode("latin-1") for name, value in asked["headers"].items()}
    if isinstance(asked.get("data"), (str, bytes)):
        asked["content"] = asked.pop("data")
    return asked


def closed(operation: Any) -> bool:
    """Whether nobody gets past the door without a session."""
    security = operation.definition.raw.get("security")
    return bool(security) and {} not in security


def sendable(visitor: TestClient, asked: dict[str, Any]) -> Any:
    """The request, read so that it can be looked at later; a number is no file to send."""
    request = visitor.build_request(**asked)
    try:
        request.read()
    except AttributeError:
        reject()
    return request


def told(operation: Any) -> bool:
    """Whether there is anything to say wrongly: an address without parameters has no wrong form."""
    parts = [each["in"] for each in operation.definition.raw["parameters"]]
    return bool({"query", "path"}.intersection(parts)) or "requestBody" in operation.definition.raw


ASKED = [
    pytest.param(operation, mode, id=f"{operation.label}-{mode.value}")
    for operation in OPERATIONS
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    if mode is GenerationMode.POSITIVE or closed(operation) or told(operation)
]


@pytest.mark.parametrize(("operation", "mode"), ASKED)
def test_every_answer_is_as_described(
    visitor: TestClient, operation: Any, mode: GenerationMode
) -> None:
    @settings(
        max_examples=BEHIND_THE_DOOR if closed(operation) else EACH,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=QUIET,
        phases=[Phase.explicit, Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        if mode is GenerationMode.POSITIVE:
            for name in (*LAW_OF_THEIR_OWN, "wait"):  # waiting has tests of its own
                case.query.pop(name, None)
            case.headers.pop("Idempotency-Key", None)  # a second body under one key is refused
        reply = visitor.send(sendable(visitor, sent(case)))
        assert reply.status_code < 500
        case.validate_response(reply)

    ask()
