"""A line and a measurement for each request, where settings ask for them."""

import logging
from collections.abc import Iterable
from time import perf_counter
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import metrics
from app.config import settings

log = logging.getLogger("mingbai.requests")
SAID: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS"})


def words_of(paths: Iterable[str]) -> frozenset[str]:
    """What our own routes are spelled with; anything else in an address was put in by somebody."""
    return frozenset(part for path in paths for part in path.split("/") if "{" not in part)


class RequestLog:
    def __init__(self, app: ASGIApp, words: frozenset[str]) -> None:
        self.app = app
        self.words = words

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wanted = settings().log_requests or settings().metrics
        if scope["type"] != "http" or not wanted:
            return await self.app(scope, receive, send)
        begun, status = perf_counter(), 500
        path = scope["path"]  # a mounted app may shorten it on the way

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            self.tell(scope, self.shape(path), status, perf_counter() - begun)

    def tell(self, scope: Scope, route: str, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in SAID else "other"
        kept = bool((scope.get("state") or {}).get("kept"))
        if settings().metrics:
            metrics.observe(method, route, status, seconds, kept)
        if settings().log_requests:
            facts = {"method": method, "route": route, "status": status, "kept": kept}
            log.info("request", extra={**facts, "ms": round(seconds * 1000, 2)})

    def shape(self, path: str) -> str:
        """`/permits/9901810010100100` is `/permits/*`: few shapes, and nobody's number."""
        return "/".join(part if part in self.words else "*" for part in path.split("/"))
