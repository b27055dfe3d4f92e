"""What a read costs here and in the tutorial's way: `.venv/bin/python -m bench.quick`."""

import json
import os
import platform
import shutil
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

from bench.servers import CONNECTIONS, Load, Server, load, serving

ROUNDS: Final = 5
SECONDS: Final = 2
RESULTS: Final = Path(__file__).with_name("results.json")
APPS: Final = {"ours": "app.main:app", "tutorial": "bench.tutorial:app"}
IDENTITY: Final = {"Cookie": "session=1"}  # somebody's own answer: neither kept nor taken
WANTED: Final = 2.5
PACKAGES: Final = ("fastapi", "sqlmodel", "sqlalchemy", "pydantic", "uvicorn")


@dataclass(frozen=True, eq=False)
class Cell:
    """One endpoint of one server, asked in one way."""

    endpoint: str
    way: str
    server: Server
    path: str
    headers: dict[str, str]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def paths(server: Server) -> dict[str, str]:
    """A page of 50, and the item in the middle of it."""
    page = "/api/v1/permits?limit=50"
    code = server.ask(page, IDENTITY)["items"][25]["code"]
    return {"lookup": f"/api/v1/permits/{code}", "page of 50": page}


def assert_same(servers: dict[str, Server], asked: dict[str, str]) -> None:
    """Both must publish the same before either is measured."""
    ours, theirs = (
        {name: servers[who].ask(path, IDENTITY) for name, path in asked.items()} for who in APPS
    )
    if len(theirs["page of 50"]) != 50 or ours["page of 50"]["items"] != theirs["page of 50"]:
        raise SystemExit("the pages differ")
    if ours["lookup"] != theirs["lookup"]:
        raise SystemExit("the lookups differ")


def cells(servers: dict[str, Server], asked: dict[str, str]) -> Iterator[Cell]:
    for endpoint, path in asked.items():
        yield Cell(endpoint, "tutorial", servers["tutorial"], path, IDENTITY)
        yield Cell(endpoint, "uncached", servers["ours"], path, IDENTITY)
        yield Cell(endpoint, "cached", servers["ours"], path, {})


def measure(every: list[Cell], core: int) -> dict[Cell, list[Load]]:
    """Round by round and not cell by cell, so that a slow minute is everybody's."""
    found: dict[Cell, list[Load]] = {cell: [] for cell in every}
    for cell in every:
        cell.server.burst(cell.path, cell.headers, 1, core)
    for _ in range(ROUNDS):
        for cell, loads in found.items():
            loads.append(cell.server.burst(cell.path, cell.headers, SECONDS, core))
    return found


def row(cell: Cell, loads: list[Load], peer: list[Load]) -> dict[str, Any]:
    """Ratios are taken within a round; the median of the rounds is the figure."""
    ratios = [p.microseconds / o.microseconds for p, o in zip(peer, loads, strict=True)]
    return {
        "endpoint": cell.endpoint,
        "way": cell.way,
        "cpu_us": round(median(each.microseconds for each in loads), 1),
        "per_second": round(median(each.per_second for each in loads)),
        "ratio": round(median(ratios), 2),
        "ratio_least": round(min(ratios), 2),
        "ratio_most": round(max(ratios), 2),
        "cpu_us_rounds": [round(each.microseconds, 1) for each in loads],
    }


def rows_of(found: dict[Cell, list[Load]]) -> list[dict[str, Any]]:
    peers = {cell.endpoint: loads for cell, loads in found.items() if cell.way == "tutorial"}
    return [row(cell, loads, peers[cell.endpoint]) for cell, loads in found.items()]


def circumstances() -> dict[str, Any]:
    from app import sqlite

    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "sqlite": ".".join(map(str, sqlite.version())),
        **{name: version(name) for name in PACKAGES},
        "rounds": ROUNDS,
        "seconds": SECONDS,
        "connections": CONNECTIONS,
    }


def table(rows: list[dict[str, Any]]) -> str:
    lines = [
        "| endpoint | way | CPU µs a request | requests a second | times less CPU (least–most) |",
        "|---|---|---:|---:|---:|",
    ]
    for each in rows:
        spread = f"{each['ratio']:.2f} ({each['ratio_least']:.2f}–{each['ratio_most']:.2f})"
        cost, speed = f"{each['cpu_us']:.0f}", str(each["per_second"])
        shown = "1" if each["way"] == "tutorial" else spread
        lines.append(f"| {each['endpoint']} | {each['way']} | {cost} | {speed} | {shown} |")
    return "\n".join(lines)


def two_cores() -> tuple[int, int]:
    """The first for the servers, the last for the load."""
    allowed = sorted(os.sched_getaffinity(0))
    if len(allowed) < 2 or not shutil.which("wrk") or not shutil.which("taskset"):
        raise SystemExit("needs two cores, wrk and taskset: apt-get install -y wrk util-linux")
    return allowed[0], allowed[-1]


def run() -> list[dict[str, Any]]:
    serves, asks = two_cores()
    with TemporaryDirectory() as name, ExitStack() as stack:
        load(Path(name))
        servers = {
            who: stack.enter_context(serving(app, free_port(), serves, Path(name)))
            for who, app in APPS.items()
        }
        asked = paths(servers["ours"])
        assert_same(servers, asked)
        return rows_of(measure(list(cells(servers, asked)), asks))


def main() -> None:
    rows = run()
    content = {**circumstances(), "rows": rows}
    RESULTS.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(table(rows))  # noqa: T201
    least = min(each["ratio"] for each in rows if each["way"] == "uncached")
    raise SystemExit(0 if least >= WANTED else f"less than {WANTED} times: {least}")


if __name__ == "__main__":
    main()
