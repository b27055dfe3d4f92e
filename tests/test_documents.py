"""The documents say what is: commands, settings and files they name exist."""

import json
import re
import shlex
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from fastapi.testclient import TestClient

from app.config import Settings
from tests.conftest import NewDatabase

ROOT = Path(__file__).parents[1]
READMES = ["README.md", "README.zh-CN.md"]
DOCUMENTS = sorted(
    str(p.relative_to(ROOT)) for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
)


@pytest.fixture
def new_database(new_sqlite: NewDatabase) -> NewDatabase:
    """As `make demo` has it."""
    return new_sqlite


OPERATIONS = (ROOT / "docs/operations.md").read_text()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_command_exists(document: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = re.findall(r"(?:^|`)make ([a-z-]+)", (ROOT / document).read_text(), re.MULTILINE)
    assert set(named) <= targets


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_leads_somewhere(document: str) -> None:
    here = (ROOT / document).parent
    links = re.findall(r"\]\(([^)#]+)", (ROOT / document).read_text())
    missing = [link for link in links if "://" not in link and not (here / link).exists()]
    assert missing == []


def test_every_setting_has_a_line_and_every_line_a_setting() -> None:
    described = re.findall(r"^\| `MINGBAI_([A-Z_]+)` \|", OPERATIONS, re.MULTILINE)
    assert sorted(described) == sorted(name.upper() for name in Settings.model_fields)


def test_the_defaults_are_told_as_they_are() -> None:
    lines = re.findall(r"^\| `MINGBAI_([A-Z_]+)` \| `(.*?)` \|", OPERATIONS, re.MULTILINE)
    for name, told in lines:
        default = Settings.model_fields[name.lower()].default
        assert told == (json.dumps(default) if isinstance(default, bool | list) else str(default))


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_names_the_two_commands_and_five_calls(readme: str) -> None:
    text = (ROOT / readme).read_text()
    assert "make demo" in text
    assert "make test" in text
    assert len(re.findall(r"^curl ", text, re.MULTILINE)) == 5


def called(visitor: TestClient, line: str) -> Any:
    """One `curl` as it stands in a README, sent to the register of this test."""
    words = shlex.split(line)[1:]
    url = next(word for word in words if word.startswith("http"))
    given = dict(pairwise(words))
    header = given.get("-H", "").partition(": ")
    headers = {header[0]: header[2]} if header[0] else {}
    path = url.removeprefix("http://127.0.0.1:8000")
    if "-d" in given:
        return visitor.post(path, content=given["-d"], headers=headers)
    query = dict(parse_qsl(urlsplit(path).query))
    if "--data-urlencode" in given:
        name, _, value = given["--data-urlencode"].partition("=")
        query[name] = value
    return visitor.get(path.partition("?")[0], params=query, headers=headers)


def test_the_five_calls_answer_with_something(visitor: TestClient) -> None:
    for readme in READMES:
        lines = re.findall(r"^curl .*$", (ROOT / readme).read_text(), re.MULTILINE)
        for line in lines:
            reply = called(visitor, line)
            assert reply.status_code == 200, line
            found = reply.json()
            assert found.get("items") or found.get("result") == "valid", line


def test_every_room_on_the_map_exists() -> None:
    rooms = re.findall(
        r"`((?:app|alembic|tests|bench)/[a-z/_.]*)`", (ROOT / "docs/map.md").read_text()
    )
    assert rooms
    assert [room for room in rooms if not (ROOT / room).exists()] == []
