"""Whose key a request carries, and whether more may come through. Pure ASGI.

Before the answer cache, so that a key is looked at even where the answer is known already.
"""

import gzip
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import orjson
from fastapi import Request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import rate_limits, secrets
from app.config import legal_day, now, settings
from app.db import database, in_sandbox, rows_of
from app.edge import IN_PROCESS, address_of
from app.errors import Refusal, TooMany
from app.i18n import visit
from app.models.api_keys import BY_KEY_ID, Keyed
from app.problems import problem, refused_with
from app.rate_limits import API, Counters, Meter
from app.rules import api_clients, api_keys
from app.rules.api_keys import Elsewhere, Kind, Wrong

DOWN: Final = (DBAPIError, PoolTimeout, TimeoutError)


@dataclass(frozen=True)
class Served:
    """A request of a client, as its page tells of it; without what was asked."""

    keyed: Keyed
    method: str
    path: str
    status: int
    code: str
    request_id: str


async def identified(scope: Scope, address: str) -> Keyed | None:
    """Whose key the request carries, if it carries one; a key that opens nothing is refused."""
    given = next((v for n, v in scope["headers"] if n == b"authorization"), b"").decode("latin-1")
    scheme, _, key = given.partition(" ")
    if scheme.casefold() != "bearer" or not key.startswith(api_keys.PREFIX):
        return None
    printed = api_keys.printed(key)
    asked = {"key_id": printed.key_id}
    found = await database().read_reserved(lambda c: rows_of(c, BY_KEY_ID, asked))
    if not found or not secrets.same(found[0]["key_hash"], secrets.digest(key)):
        raise Wrong("api_key.unknown")
    return opened_by(found[0], printed.key_id, address)


def opened_by(row: dict[str, Any], key_id: str, address: str) -> Keyed:
    kind, moment = Kind(row["kind"]), int(now().timestamp())
    revoked = row["revoked_at"] is not None
    api_keys.in_force(row["expires_on"], revoked, row["ends_at"], legal_day(), moment)
    if kind is not Kind.OWN and row["state"] != api_clients.State.ACTIVE:
        raise Elsewhere("api_client.not_active", state=row["state"])
    api_keys.from_listed(kept(row["addresses"]), address)
    scopes = frozenset(api_clients.Scope(each) for each in kept(row["scopes"]))
    if kind is Kind.OWN and row["state"] == api_clients.State.ACTIVE:
        granted = frozenset(api_clients.Scope(each) for each in kept(row["client_scopes"]))
        scopes = granted & {api_clients.Scope.WEBHOOKS_MANAGE}  # its people see its deliveries
    return Keyed(row["client_id"], row["client_no"], key_id, kind, scopes)


def kept(text: str) -> list[str]:
    return list(orjson.loads(text))


class Turnstile:
    """Counts what the register had to work out; our own pages' reads are not counted again."""

    def __init__(self, app: ASGIApp, note: Callable[[Served], None]) -> None:
        self.app = app
        self.note = note
        self.counters: Counters | None = None
        self.at_once: Tally[str] = Tally()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(API):
            return await self.app(scope, receive, send)
        address = address_of(Request(scope))
        meter = Meter(self.counting(), None, address)
        scope.setdefault("state", {}).update(meter=meter, keyed=None)
        told = self.telling(scope, meter, send)
        try:
            meter.keyed = scope["state"]["keyed"] = await identified(scope, address)
            await self.admit(scope, meter)
        except Refusal as refusal:
            return await refused_with(refusal)(scope, receive, told)
        except DOWN:
            return await problem(503, "service.unavailable")(scope, receive, told)
        if meter.keyed is None:
            return await self.app(scope, receive, told)
        with self.one_more(meter.who), in_sandbox(meter.keyed.kind is Kind.TEST):
            await self.app(scope, receive, told)

    @contextmanager
    def one_more(self, who: str) -> Iterator[None]:
        self.at_once[who] += 1
        try:
            yield
        finally:
            self.at_once[who] -= 1
            if not self.at_once[who]:
                del self.at_once[who]

    def counting(self) -> Counters:
        if self.counters is None or self.counters.of is not database():
            self.counters = Counters(database())
        return self.counters

    async def admit(self, scope: Scope, meter: Meter) -> None:
        """So many at once, and so many in a minute."""
        if scope["client"] and scope["client"][0] == IN_PROCESS:
            return
        if meter.keyed is not None and self.at_once[meter.who] >= settings().limit_at_once:
            raise TooMany("limits.at_once", 1, limit=settings().limit_at_once)
        await meter.spend(rate_limits.reads(meter.keyed, scope["path"]))
        meter.admit()

    def telling(self, scope: Scope, meter: Meter, send: Send) -> Send:
        """What is left goes into the headers; what was refused to a client, into its page."""
        status, packed, refusal = 0, False, bytearray()

        async def send_told(message: Message) -> None:
            nonlocal status, packed
            if message["type"] == "http.response.start":
                status = message["status"]
                packed = (b"content-encoding", b"gzip") in message["headers"]
                if status == 304 or scope["state"].get("kept"):
                    await meter.give_back()
                if meter.standing is not None:
                    own = [*message["headers"], *meter.standing.raw_headers()]
                    message = {**message, "headers": own}
            elif meter.keyed is not None:
                if status >= 400:
                    refusal.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    code = code_of(gzip.decompress(refusal) if packed else bytes(refusal))
                    self.note(served(scope, meter.keyed, status, code))
            await send(message)

        return send_told


def code_of(refusal: bytes) -> str:
    return str(orjson.loads(refusal).get("code", "")) if refusal else ""


def served(scope: Scope, keyed: Keyed, status: int, code: str) -> Served:
    path, identifier = scope["path"].removeprefix(API[:-1]), visit().request_id
    return Served(keyed, scope["method"], path, status, code, identifier)
