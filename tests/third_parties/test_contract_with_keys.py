"""Generated requests of a client with all scopes, one after another, each built on the last.

What `schemathesis.toml` and `of_no_generator` leave out is explained there.
"""

from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, seed
from hypothesis import settings as hypothesis
from hypothesis.errors import FlakyStrategyDefinition
from hypothesis.stateful import run_state_machine_as_test
from schemathesis.config import SchemathesisConfig

from app.main import app
from tests.clients_at_work import ALL, App, auth, let_in

CONFIG: Final = Path(__file__).parents[2] / "schemathesis.toml"
# Which values are right no schema can say: a cursor belongs to one list, a credit code has two
# check characters, a day may lie beyond the announced ones, a profile to one export, an
# idempotency key to one body.
OF_NO_GENERATOR: Final = ("cursor", "uscc", "received_on", "profile", "wait")
ROUNDS, RUNS, STEPS = 6, 5, 8

ONCE: Final = hypothesis(
    max_examples=RUNS,
    stateful_step_count=STEPS,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # what a request did stays done: none can be shortened afterwards
)


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


def tried(key: str, rounds: int) -> None:
    """Raises what an answer did wrong; that the register remembers is not wrong.

    The same beginning may go on otherwise in a later run, which Hypothesis takes for a flaw of
    the strategy: that round ends there, and the next begins with another seed.
    """
    client = machine(key)
    for each in range(rounds):
        with suppress(FlakyStrategyDefinition):
            run_state_machine_as_test(seed(each)(client), settings=ONCE)


def test_whatever_a_client_asks_is_answered_as_described(client: App) -> None:
    tried(client.key, ROUNDS)


def test_its_own_page_too(client: App) -> None:
    tried(client.own, ROUNDS // 2)
