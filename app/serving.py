"""The web server, and how it leaves: whoever was let in is answered first."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any, Final

import uvicorn
from uvicorn.supervisors import Multiprocess

from app.logs import line_config

LAST_WORDS: Final = 0.3  # seconds for a request that is on its way over an open connection
GRACE: Final = 8  # seconds to finish what was accepted


class Leaving(uvicorn.Server):
    """Uvicorn resets who still queues at the door, and whose request it has not read yet."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        loop = asyncio.get_running_loop()
        protocol: Any = self.config.http_protocol_class
        speak = partial(
            protocol,
            config=self.config,
            server_state=self.server_state,
            app_state=self.lifespan.state,
        )
        queued = [each for door in sockets or [] for each in waiting_at(door)]
        for server in self.servers:
            server.close()  # nothing is awaited between the last one in and this
        for each in queued:
            await loop.connect_accepted_socket(speak, each)
        await asyncio.sleep(LAST_WORDS)
        await super().shutdown(sockets)


def waiting_at(door: socket.socket) -> Iterator[socket.socket]:
    with suppress(BlockingIOError):
        while True:
            visitor, _ = door.accept()
            visitor.setblocking(False)
            yield visitor


def serve(host: str, port: int, workers: int) -> None:
    config = uvicorn.Config(
        "app.main:app",
        host=host,
        port=port,
        workers=workers,
        timeout_graceful_shutdown=GRACE,
        server_header=False,
        access_log=False,  # it would write whole addresses; `request_log` does not
        log_config=line_config(),
        proxy_headers=False,  # we believe named proxies only
    )
    door = config.bind_socket()
    if workers == 1:
        Leaving(config).run([door])
    else:
        Multiprocess(config, [door]).run()
