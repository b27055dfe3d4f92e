"""What the developers' guide shows is what runs: each example, against a real server."""

import importlib.util
import json
import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from fastapi.testclient import TestClient
from standardwebhooks import Webhook

from app.html import environment
from tests.conftest import NewDatabase
from tests.servers import served

ROOT: Final = Path(__file__).parents[1]
EXAMPLES: Final = ROOT / "app/templates/developers/examples"
PROGRAM: Final = {
    "sh": ["bash"],
    "py": [str(ROOT / ".venv/bin/python")],
    "js": [str(ROOT / ".venv/bin/node")],
}
SECRET: Final = "whsec_bWluZ2JhaSBtaW5nYmFpIG1pbmdiYWk="


@pytest.fixture
def new_database(new_sqlite: NewDatabase) -> NewDatabase:
    """Whoever calls sees no database."""
    return new_sqlite


@pytest.fixture
def around(visitor: TestClient) -> Iterator[dict[str, str]]:
    officer = visitor.get("/api/v1/departments/12/officers?status=active").json()["items"][0]
    who = {"NUMBER": officer["certificate_no"], "NAME": officer["name"]}
    with served() as (client, _):
        address = str(client.base_url).removesuffix("/api/v1/")
        yield {**os.environ, **who, "MINGBAI": address}


def run(name: str, around: dict[str, str]) -> str:
    command = [*PROGRAM[name.rpartition(".")[2]], str(EXAMPLES / name)]
    done = subprocess.run(command, env=around, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_first_call_answers_in_each_language(around: dict[str, str]) -> None:
    assert len(json.loads(run("read.sh", around))["items"]) == 3
    python, javascript = run("read.py", around), run("read.js", around)
    assert python == javascript
    assert len(python.splitlines()) == 219


def test_an_officer_is_verified_in_each_language(around: dict[str, str]) -> None:
    assert json.loads(run("verify.sh", around))["may_enforce"] is True
    assert {run(f"verify.{kind}", around) for kind in ("py", "js")} == {"may enforce\n"}
    stranger = {**around, "NAME": "谁"}
    assert {run(f"verify.{kind}", stranger) for kind in ("py", "js")} == {"not confirmed\n"}


def delivery() -> tuple[dict[str, str], str]:
    body = json.dumps({"type": "credential.suspended", "seq": 7, "data": {}})
    at = datetime.now(UTC)
    signature = Webhook(SECRET).sign("msg_1", at, body)
    stamp = str(int(at.timestamp()))
    named = {"webhook-id": "msg_1", "webhook-timestamp": stamp, "webhook-signature": signature}
    return named, body


def test_a_delivery_is_received_in_python(capsys: pytest.CaptureFixture[str]) -> None:
    spec = importlib.util.spec_from_file_location("receive", EXAMPLES / "receive.py")
    assert spec is not None
    assert spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    headers, body = delivery()
    assert module.received(SECRET, headers, body.encode()) == 204
    assert module.received(SECRET, headers, body.encode() + b" ") == 401
    assert "credential.suspended" in capsys.readouterr().out


def test_a_delivery_is_received_in_javascript(tmp_path: Path) -> None:
    (tmp_path / "receive.mjs").write_text((EXAMPLES / "receive.js").read_text())
    (tmp_path / "node_modules").symlink_to(ROOT / "tests/clients/node_modules")
    headers, body = delivery()
    script = (
        'import { received } from "./receive.mjs";'
        f"const h = {json.dumps(headers)}, b = {json.dumps(body)};"
        f'console.log(received("{SECRET}", h, b), received("{SECRET}", h, b + " "));'
    )
    (tmp_path / "run.mjs").write_text(script)
    command = [str(ROOT / ".venv/bin/node"), "run.mjs"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "204 401"


def test_the_guide_shows_every_example(visitor: TestClient) -> None:
    page = visitor.get("/developers").text
    for path in EXAMPLES.glob("*.??"):
        shown = environment.from_string("{{ text }}").render(text=path.read_text().rstrip())
        assert shown in page, path.name


def test_the_reference_has_every_operation(visitor: TestClient) -> None:
    document = visitor.get("/openapi.json").json()
    for tag in document["tags"]:
        page = visitor.get(f"/developers/reference/{tag['name']}")
        assert page.status_code == 200
        for methods in document["paths"].values():
            for told in methods.values():
                assert (f'id="{told["operationId"]}"' in page.text) == (tag["name"] in told["tags"])
    assert visitor.get("/developers/reference/none").status_code == 404
