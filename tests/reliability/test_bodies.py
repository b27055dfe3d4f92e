"""A body that is far too long is refused and costs no memory, announced or not."""

import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from subprocess import Popen

import pytest

from tests.conftest import NewDatabase
from tests.servers import served

CHUNK = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
TOTAL = 200 << 20
HEAD = "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n{}\r\n{}\r\n\r\n"
ANNOUNCED, CHUNKED = f"Content-Length: {TOTAL}", "Transfer-Encoding: chunked"
JSON, FORM = "Content-Type: application/json", "Content-Type: application/x-www-form-urlencoded"
PATHS = {"/api/v1/verifications": JSON, "/verify": FORM, "/api/v1/sessions": JSON}


def resident(process: Popen[bytes]) -> int:
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) << 10


@pytest.fixture(scope="module")
def door(
    new_sqlite: NewDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[int, Popen[bytes]]]:
    """One server for all of them: no database is asked before a body is read."""
    with pytest.MonkeyPatch.context() as environment:
        folder = tmp_path_factory.mktemp("door")
        environment.setenv("MINGBAI_DATABASE_URL", new_sqlite(folder, "city"))
        environment.setenv("MINGBAI_SECRET_KEY", "tests only")
        with served() as (client, process):
            yield int(client.base_url.port or 0), process


def answer_to(port: int, path: str, how: str) -> bytes:
    """Push the body until it is done or the door shuts, then read what was said."""
    with socket.create_connection(("127.0.0.1", port), 10) as visitor:
        visitor.sendall(HEAD.format(path, PATHS[path], how).encode())
        with suppress(OSError):
            for _ in range(TOTAL // 0x10000 if how == CHUNKED else 20):
                visitor.sendall(CHUNK)
        return visitor.recv(65536)


@pytest.mark.parametrize("how", [ANNOUNCED, CHUNKED], ids=["announced", "chunked"])
@pytest.mark.parametrize("path", PATHS)
def test_two_hundred_megabytes_are_refused(
    door: tuple[int, Popen[bytes]], path: str, how: str
) -> None:
    port, process = door
    before = resident(process)
    reply = answer_to(port, path, how)
    assert reply.startswith(b"HTTP/1.1 413")
    assert resident(process) - before <= 20 << 20
