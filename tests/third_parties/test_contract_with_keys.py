"""Generated requests of a client with all scopes, one after another, each built on the last.

What `schemathesis.toml` and `of_no_generator` leave out is explained there.
"""

from pathlib import Path
from typing import Any, Final

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from hypothesis.stateful import run_state_machine_as_test
from schemathesis.config import SchemathesisConfig

from app.main import app
from tests.clients_at_work import ALL, App, auth, let_in

CONFIG: Final = Path(__file__).parents[2] / "schemathesis.toml"
# Which values are right no schema can say: a cursor belongs to one list, a credit code has two
# check characters, a day may lie beyond the announced ones, an idempotency key to one body.
OF_NO_GENERATOR: Final = ("cursor", "uscc", "received_on", "wait")
RUNS, STEPS = 30, 8


@pytest.fixture
def client(visitor: TestClient) -> App:
    scopes = [*ALL, "departments:read", "liaison:read", "requests:write"]
    return let_in(visitor, scopes=scopes, webhook_hosts=["hooks.app.example"])


def machine(key: str) -> Any:
    config = SchemathesisConfig.from_path(CONFIG)
    headers = {"host": "testserver"}
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, headers=headers, config=config)
    schema.config.generation.update(allow_x00=False)

    class Client(schema.as_state_machine()):  # type: ignore[misc]
        def before_call(self, case: Any) -> None:
            for name in OF_NO_GENERATOR:
                case.query.pop(name, None)
            case.headers.pop("Idempotency-Key", None)

        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"headers": {**auth(key), **headers}}

    return Client


def test_whatever_a_client_asks_is_answered_as_described(client: App) -> None:
    run_state_machine_as_test(
        machine(client.key),
        settings=hypothesis(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_its_own_page_too(client: App) -> None:
    run_state_machine_as_test(
        machine(client.own),
        settings=hypothesis(
            max_examples=RUNS // 2,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
