"""The OpenAPI is good enough to generate from: the clients compile, and do what an app does."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from fastapi.testclient import TestClient

from tests.clients_at_work import let_in
from tests.conftest import NewDatabase
from tests.servers import served

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
OPENAPI: Final = ROOT / "openapi.json"
BIN: Final = HERE / "node_modules/.bin"
NODE: Final = {**os.environ, "PATH": f"{ROOT / '.venv/bin'}:{os.environ['PATH']}"}
OWN: Final = ROOT / ".venv/clients/bin"


@pytest.fixture
def new_database(new_sqlite: NewDatabase) -> NewDatabase:
    """A client sees no database."""
    return new_sqlite


def run(*command: Any, **more: Any) -> str:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return str(done.stdout)


@pytest.fixture
def asked(visitor: TestClient) -> Iterator[tuple[dict[str, str], list[str]]]:
    """The key in the environment; the address, and an officer whom anybody could meet."""
    app = let_in(visitor)
    officer = visitor.get("/api/v1/departments/12/officers?status=active").json()["items"][0]
    with served() as (client, _):
        base = str(client.base_url).rstrip("/")
        key = {"MINGBAI_KEY": app.key}
        yield key, [base, officer["certificate_no"], officer["name"]]


def as_an_app_expects(said: str) -> None:
    told = json.loads(said)
    assert (len(told["units"]), told["result"]) == (3, "valid")
    assert (told["status"], told["problem"]) == (404, "record.not_found")
    assert told["credential"]


def test_spectral_finds_no_error_and_nothing_to_warn_of(tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text('extends: ["spectral:oas"]\n')
    command = (
        BIN / "spectral",
        "lint",
        OPENAPI,
        "--ruleset",
        rules,
        "-f",
        "text",
        "--fail-severity",
        "warn",
    )
    assert "No results" in run(*command, env=NODE)


def test_a_typescript_app_compiles_and_works(
    asked: tuple[dict[str, str], list[str]], tmp_path: Path
) -> None:
    key, arguments = asked
    run(BIN / "openapi-typescript", OPENAPI, "-o", tmp_path / "generated.d.ts", env=NODE)
    (tmp_path / "app.ts").write_text((HERE / "app.ts").read_text())
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "node_modules").symlink_to(HERE / "node_modules")
    strict = ("--strict", "--noUncheckedIndexedAccess", "--skipLibCheck")
    modern = ("--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom")
    run(BIN / "tsc", *strict, *modern, "app.ts", env=NODE, cwd=tmp_path)
    as_an_app_expects(run("node", "app.js", *arguments, env={**NODE, **key}, cwd=tmp_path))


def test_a_python_app_works(asked: tuple[dict[str, str], list[str]], tmp_path: Path) -> None:
    key, arguments = asked
    made = (
        "generate",
        "--path",
        OPENAPI,
        "--output-path",
        tmp_path / "generated",
        "--meta",
        "none",
    )
    path = {"PATH": f"{OWN}:{os.environ['PATH']}"}
    said = run(OWN / "openapi-python-client", *made, env={**os.environ, **path})
    assert "will not be generated" not in said
    (tmp_path / "app.py").write_text((HERE / "app.py").read_text())
    as_an_app_expects(run(OWN / "python", "app.py", *arguments, env=key, cwd=tmp_path))
