"""A server on a core of its own: started, asked, metered, stopped."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError
from urllib.request import Request, urlopen

ROOT: Final = Path(__file__).parents[1]
TICK: Final = os.sysconf("SC_CLK_TCK")
CONNECTIONS: Final = 16


def environment(folder: Path) -> dict[str, str]:
    """One database and one day for the loader and for both servers."""
    return {
        **os.environ,
        "MINGBAI_DATABASE_URL": f"sqlite:///{folder}/bench.db",
        "MINGBAI_ANCHOR_FILE": f"{folder}/anchor.jsonl",
        "MINGBAI_NOW": "2026-03-31T09:30:00+08:00..",
        "MINGBAI_SECRET_KEY": "for this measurement only",
    }


def load(folder: Path) -> None:
    command = [sys.executable, "-m", "app.cli", "demo", "--load-only"]
    subprocess.run(
        command, cwd=ROOT, env=environment(folder), check=True, stdout=subprocess.DEVNULL
    )


@dataclass(frozen=True)
class Load:
    """What one burst of requests cost the server."""

    microseconds: float
    per_second: float


@dataclass(frozen=True)
class Server:
    pid: int
    port: int

    def ask(self, path: str, headers: dict[str, str]) -> Any:
        url = f"http://127.0.0.1:{self.port}{path}"
        with urlopen(Request(url, headers=headers), timeout=5) as answer:  # noqa: S310
            return json.load(answer)

    def cpu(self) -> float:
        """Seconds of user and system time, all threads."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def burst(self, path: str, headers: dict[str, str], seconds: float, core: int) -> Load:
        before, started = self.cpu(), time.monotonic()
        count = wrk(f"http://127.0.0.1:{self.port}{path}", headers, seconds, core)
        passed = time.monotonic() - started
        return Load((self.cpu() - before) * 1e6 / count, count / passed)


def wrk(url: str, headers: dict[str, str], seconds: float, core: int) -> int:
    """The number of requests that were answered; a refused one spoils the run."""
    named = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    shape = ["-t1", f"-c{CONNECTIONS}", f"-d{seconds:g}s"]
    command = ["taskset", "-c", str(core), "wrk", *shape, *named, url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    count = re.search(r"(\d+) requests in", said)
    if count is None or "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(said)
    return int(count[1])


@contextmanager
def serving(app: str, port: int, core: int, folder: Path) -> Iterator[Server]:
    """One uvicorn worker, pinned; `taskset` becomes the server, so the pid is the server's."""
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-access-log"]
    command = ["taskset", "-c", str(core), sys.executable, "-m", "uvicorn", app, *options]
    quiet = ["--no-server-header", "--log-level", "warning"]
    process = subprocess.Popen([*command, *quiet], cwd=ROOT, env=environment(folder))
    try:
        server = Server(process.pid, port)
        await_answer(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(20)


def await_answer(server: Server, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if process.poll() is not None:
            break
        try:
            server.ask("/api/v1/permits?limit=1", {})
        except (URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"the server on port {server.port} does not answer")
