"""A delivery on its way out: to a checked address, without following anything, in time.

A name is resolved when it is saved and again when we connect, and we connect to the very address
that was checked, so a name that answers differently the second time gains nothing.
"""

import socket
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit

import httpcore2
from httpcore2 import NetworkBackend, NetworkStream

from app.config import settings
from app.errors import Refusal
from app.i18n import later
from app.rules import webhook_addresses

LONGEST: Final = 16 << 10  # bytes of an answer that are read
ERRORS: Final = (  # what a try that got no answer is told by
    later("delivery.address_not_allowed"),
    later("delivery.timeout"),
    later("delivery.connection_failed"),
    later("delivery.answer_unreadable"),
)


@dataclass(frozen=True)
class Answer:
    """What came back, or the code of why nothing did."""

    status: int | None
    text: str
    error: str | None
    milliseconds: int


def addresses_of(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def checked(host: str, port: int, plain: bool) -> list[str]:
    """The addresses of a host, each one allowed; or the refusal."""
    found = addresses_of(host, port)
    webhook_addresses.resolved(found, settings().webhook_private_ranges, plain)
    return found


class InTime(NetworkStream):
    """Every read and write together end at one moment: an answer may not drip in for ever."""

    def __init__(self, stream: NetworkStream, until: float) -> None:
        self.stream = stream
        self.until = until

    def left(self, timeout: float | None) -> float:
        left = self.until - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout
        return min(left, timeout or left)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self.left(timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> NetworkStream:
        stream = self.stream.start_tls(ssl_context, server_hostname, self.left(timeout))
        return InTime(stream, self.until)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


class Checked(NetworkBackend):
    """Connects to addresses that were checked this moment, and to no others."""

    def __init__(self, plain: bool, until: float) -> None:
        self.plain = plain
        self.until = until

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> NetworkStream:
        failed: Exception = httpcore2.ConnectError("no address")
        for address in checked(host, port, self.plain):
            left = max(0.1, self.until - time.monotonic())
            try:
                stream = httpcore2.SyncBackend().connect_tcp(
                    address, port, left, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
            else:
                return InTime(stream, self.until)
        raise failed


@cache
def trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def send(url: str, headers: dict[str, str], body: bytes) -> Answer:
    """POST once. Nothing is followed: a redirect is an answer like any other."""
    begun = time.monotonic()
    plain, until = urlsplit(url).scheme == "http", begun + settings().webhook_timeout
    status, text, error = None, "", None
    try:
        with httpcore2.ConnectionPool(
            ssl_context=trust(), max_connections=1, network_backend=Checked(plain, until)
        ) as pool:
            status, text = exchanged(pool, url, headers, body)
    except Refusal:
        error = "delivery.address_not_allowed"
    except httpcore2.TimeoutException:
        error = "delivery.timeout"
    except (httpcore2.NetworkError, OSError):
        error = "delivery.connection_failed"
    except (httpcore2.ProtocolError, ValueError):
        error = "delivery.answer_unreadable"
    return Answer(status, text, error, round((time.monotonic() - begun) * 1000))


def exchanged(
    pool: httpcore2.ConnectionPool, url: str, headers: dict[str, str], body: bytes
) -> tuple[int, str]:
    """The status, and the beginning of the answer; who sends on and on is hung up on."""
    found = b""
    with pool.stream("POST", url, headers=list(headers.items()), content=body) as answer:
        for part in answer.iter_stream():
            found += part
            if len(found) >= LONGEST:
                break
        return answer.status, found[:LONGEST].decode("utf-8", "replace")
