"""The committed OpenAPI says what is sent: generated requests, right and wrong."""

from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.core.result import Ok

from app.main import api
from tests.conftest import NewDatabase

SCHEMA = schemathesis.openapi.from_dict(api.openapi())
SCHEMA.config.generation.update(allow_x00=False)
EACH = 25
LAW_OF_THEIR_OWN = ("cursor", "uscc", "received_on")  # no schema can say which values are right
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]


OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)]


@pytest.fixture(params=["sqlite", "postgresql_18"])
def new_database(request: pytest.FixtureRequest) -> NewDatabase:
    """Both databases; another version of one of them answers no differently here."""
    create: NewDatabase = request.getfixturevalue(f"new_{request.param}")
    return create


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.label)
def test_every_answer_is_as_described(
    visitor: TestClient, operation: Any, mode: GenerationMode
) -> None:
    @settings(
        max_examples=EACH,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=QUIET,
        phases=[Phase.explicit, Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        if mode is GenerationMode.POSITIVE:
            for name in LAW_OF_THEIR_OWN:
                case.query.pop(name, None)
        asked = case.as_transport_kwargs(base_url="http://testserver/api/v1")
        asked.pop("cookies", None)
        if isinstance(asked.get("data"), (str, bytes)):
            asked["content"] = asked.pop("data")
        reply = visitor.request(**asked)
        assert reply.status_code < 500
        case.validate_response(reply)

    ask()
