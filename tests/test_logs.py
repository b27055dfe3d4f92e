"""What a running server says of itself: whole lines, and nothing of whom it served."""

import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from app.config import settings
from app.logs import line_config
from app.main import words_of_ours
from app.request_log import RequestLog
from tests.conftest import NewDatabase
from tests.servers import served

ID_NUMBER, PHONE, NAME = "990181199003070014", "13900008888", "卞明文"
KEY = "mb_live_ARaqcXpOKRIi_OI4mgSnh9CQYF27rWghcG66eCJlkM0DAaKOVKrd7_3DzkNf"
CANARIES = (ID_NUMBER, PHONE, NAME, KEY[8:20], "%E5%8D%9E", "8081990")
ASKED = (
    f"/leaders?q={NAME}",
    f"/officers/{ID_NUMBER}",
    f"/enterprises/{NAME}",
    f"/verifications?certificate_no={ID_NUMBER}",
    f"/changes?key={KEY}",
    f"/{PHONE}",
)


def asked_of_a_server(folder: Path) -> tuple[list[dict[str, Any]], str, set[str]]:
    """The lines it wrote, what it said when scraped, and the request ids it gave."""
    with (folder / "said").open("wb") as said, served("serve", "app.cli", said) as (client, _):
        client.post("/sessions", json={"username": NAME, "password": PHONE})
        given = {client.get(path).headers["x-request-id"] for path in ASKED}
        keyed = client.get("/credentials", headers={"Authorization": f"Bearer {KEY}"})
        given.add(keyed.headers["x-request-id"])
        scraped = client.get(f"http://127.0.0.1:{client.base_url.port}/metrics").text
    lines = (folder / "said").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines], scraped, given


@pytest.fixture
def new_database(new_sqlite: NewDatabase) -> NewDatabase:
    """How it is kept makes no difference to what is said."""
    return new_sqlite


@pytest.fixture
def talkative(configured: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("LOG", "json"), ("LOG_REQUESTS", "1"), ("METRICS", "1"), ("DEMO", "1")):
        monkeypatch.setenv(f"MINGBAI_{name}", value)


@pytest.mark.usefixtures("talkative")
def test_every_line_is_json_and_nobody_is_named(tmp_path: Path) -> None:
    lines, scraped, given = asked_of_a_server(tmp_path)
    requests = [each for each in lines if each["event"] == "request"]
    assert given <= {each["request_id"] for each in requests}
    assert {"/api/v1/leaders", "/api/v1/officers/*", "/api/v1/*", "/api/v1/credentials"} <= {
        each["route"] for each in requests
    }
    assert all({"timestamp", "level", "logger"} <= each.keys() for each in lines)
    text = json.dumps(lines, ensure_ascii=False) + scraped
    assert [each for each in CANARIES if each in text] == []
    counted = {
        sample.labels["route"]
        for family in text_string_to_metric_families(scraped)
        for sample in family.samples
        if sample.name == "mingbai_requests_total"
    }
    assert {"/api/v1/officers/*", "/api/v1/sessions"} <= counted
    assert re.search(r"^mingbai_ledger_seq [1-9]", scraped, re.MULTILINE)


def test_metrics_are_off_unless_switched_on(visitor: TestClient) -> None:
    assert visitor.get("/metrics").status_code == 404


def requests_of(visitor: TestClient, kept: str) -> float:
    route = "/api/v1/departments/*"
    return sum(
        sample.value
        for family in text_string_to_metric_families(visitor.get("/metrics").text)
        for sample in family.samples
        if sample.name == "mingbai_requests_total"
        and (sample.labels["route"], sample.labels["kept"]) == (route, kept)
    )


def test_kept_answers_are_counted_as_kept(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGBAI_METRICS", "1")
    settings.cache_clear()
    before = [requests_of(visitor, each) for each in ("false", "true")]
    for _ in range(3):
        visitor.get("/api/v1/departments/04")
    after = [requests_of(visitor, each) for each in ("false", "true")]
    assert [then - now for then, now in zip(after, before, strict=True)] == [1, 2]


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_exception_tells_its_place_and_not_its_message(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGBAI_LOG", form)
    settings.cache_clear()
    line = line_config()["formatters"]["line"]
    try:
        raise ValueError(f"duplicate key ({ID_NUMBER})")
    except ValueError as error:
        raised = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("mingbai", logging.ERROR, "", 1, "a write failed", (), raised)
    said = line.pop("()")(**line).format(record)
    settings.cache_clear()
    assert "a write failed" in said
    assert "ValueError at test_logs.py" in said
    assert ID_NUMBER not in said


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/", "/"),
        ("/permits/9901810010100100/due-dates", "/permits/*/due-dates"),
        (f"/verify/{ID_NUMBER}", "/verify/*"),
        ("/wp-admin/setup.php", "/*/*"),
        ("//permits", "//permits"),
    ],
)
def test_an_address_is_told_by_its_shape(path: str, shape: str) -> None:
    assert RequestLog(lambda *_: None, words_of_ours).shape(path) == shape  # type: ignore[arg-type]
