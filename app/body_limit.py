"""How much may be sent. Pure ASGI."""

from collections.abc import Callable, Mapping
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE_METHODS: Final = {"GET", "HEAD", "OPTIONS"}
Refuse = Callable[[Scope, int, str], ASGIApp]


class BodyLimit:
    """Refuse a long body, announced or not, as a problem like any other."""

    def __init__(self, app: ASGIApp, most: int, refuse: Refuse, roomy: Mapping[str, int]) -> None:
        self.app = app
        self.most, self.roomy = most, roomy  # some addresses take more
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE_METHODS:
            return await self.app(scope, receive, send)
        most = self.roomy.get(scope["path"], self.most)
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced) > most:
            return await self.refuse(scope, 413, "http.413")(scope, receive, send)
        received = 0

        async def receive_counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                raise HTTPException(413)
            return message

        await self.app(scope, receive_counted, send)
