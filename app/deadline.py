"""An answer in time: when the database hangs, whoever asked is told and not kept. Pure ASGI."""

import asyncio
from collections.abc import Callable
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.config import settings

READS: Final = {"GET", "HEAD", "OPTIONS"}
Refuse = Callable[[Scope, int, str], ASGIApp]


class Deadline:
    """For writes: a read has its own in `db.py`, but a thread that writes cannot be called back.

    It counts from the last byte of the body. What was given up on may still be committed: the
    503 says "not confirmed", never "not done".
    """

    def __init__(self, app: ASGIApp, refuse: Refuse, patient: tuple[str, ...]) -> None:
        self.app = app
        self.refuse = refuse
        self.patient = patient  # with one of these in its address an answer may take longer
        self.left_behind: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self.concerns(scope):
            return await self.app(scope, receive, send)
        loop = asyncio.get_running_loop()
        heard, spoken = loop.create_future(), loop.create_future()

        async def receive_whole() -> Message:
            message = await receive()
            if not message.get("more_body", False):
                settle(heard)
            return message

        async def send_in_time(message: Message) -> None:
            settle(spoken)
            if spoken.result():
                await send(message)

        task = asyncio.ensure_future(self.app(scope, receive_whole, send_in_time))
        await asyncio.wait({task, heard, spoken}, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait(
            {task, spoken}, timeout=settings().deadline, return_when=asyncio.FIRST_COMPLETED
        )
        if task.done() or spoken.done():
            return await task
        spoken.set_result(False)  # from here on the app speaks to nobody
        self.left_behind.add(task)
        task.add_done_callback(self.forget)
        await self.refuse(scope, 503, "service.unavailable")(scope, receive, send)

    def concerns(self, scope: Scope) -> bool:
        writes = scope["type"] == "http" and scope["method"] not in READS
        return writes and not any(each in scope["path"] for each in self.patient)

    def forget(self, task: asyncio.Task[None]) -> None:
        self.left_behind.discard(task)
        if not task.cancelled():
            task.exception()  # seen: it was logged where it happened


def settle(future: asyncio.Future[Any]) -> None:
    if not future.done():
        future.set_result(True)
