"""What is shipped: pins, image, containers. No engine is needed to check these."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMPOSE = (ROOT / "docker-compose.yml").read_text()
IMAGE = (ROOT / "Dockerfile").read_text()
PINNED = ["requirements.txt", "requirements-dev.txt"]


def pins(file: str) -> dict[str, str]:
    found = re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", (ROOT / file).read_text(), re.MULTILINE)
    return dict(found)


def services() -> dict[str, str]:
    named = COMPOSE.split("\nservices:\n")[1].split("\nsecrets:\n")[0]
    parts = re.split(r"^  ([a-z]+):\n", named, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.parametrize("file", PINNED)
def test_every_pin_is_hashed_and_names_no_host(file: str) -> None:
    text = (ROOT / file).read_text()
    assert "://" not in text
    assert "--index" not in text
    for block in re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for file, wanted in zip(
        PINNED, (project["dependencies"], project["optional-dependencies"]["dev"]), strict=True
    ):
        names = {re.split(r"[\[<>=; ]", line)[0] for line in wanted}
        assert names <= pins(file).keys()


def test_development_runs_on_the_pins_of_production() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


def test_the_image_runs_without_rights() -> None:
    stages = re.findall(r"^FROM \S+", IMAGE, re.MULTILINE)
    assert len(stages) == 2
    assert "USER 10001:10001" in IMAGE.split("FROM ")[-1]
    assert "--require-hashes" in IMAGE


def test_the_image_starts_as_everybody_does() -> None:
    assert 'CMD ["mingbai", "serve", "--host", "0.0.0.0"]' in IMAGE
    assert 'command: ["mingbai", "serve", "--host", "0.0.0.0"]' in services()["web"]
    assert "python -m app.cli" in (ROOT / "deploy/mingbai").read_text()


def test_the_commands_of_the_containers_exist() -> None:
    cli = (ROOT / "app/cli.py").read_text()
    for name in re.findall(r'"mingbai", "([a-z][a-z-]*)"', COMPOSE + IMAGE):
        assert f"def {name}(" in cli


def test_no_secret_has_a_default() -> None:
    given = re.findall(r"(?i)^ *[A-Z_]*(?:PASSWORD|SECRET_KEY|TOKEN): *(.+)", COMPOSE, re.MULTILINE)
    assert [value for value in given if not value.startswith("{file:")] == []
    for name in ("MINGBAI_SECRETS", "MINGBAI_PUBLIC_URL"):
        assert f"${{{name}:?" in COMPOSE
        assert f"${{{name}:-" not in COMPOSE


@pytest.mark.parametrize("name", sorted(services()))
def test_a_container_has_a_read_only_root_and_no_capabilities(name: str) -> None:
    shared = COMPOSE.split("x-app: &app")[1].split("\nservices:")[0]
    own = services()[name] + (shared if "<<: *app" in services()[name] else "")
    assert "read_only: true" in own
    assert "cap_drop: [ALL]" in own
    assert "no-new-privileges:true" in own


def test_the_door_in_front_has_its_deadlines() -> None:
    nginx = (ROOT / "deploy/nginx.conf").read_text()
    for wait in ("client_header_timeout", "client_body_timeout", "send_timeout"):
        assert re.search(rf"^\s*{wait} \d+s;", nginx, re.MULTILINE)
    assert "proxy_cache off;" in nginx
    assert "location = /metrics { return 404; }" in nginx
