"""The signed list of all states, for those who check many cards without asking for each."""

from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Query, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from app.config import legal_day, now, settings
from app.db import Database, database, head, read
from app.edge import StrictRoute
from app.models.status_list import BITS, packed
from app.rate_limits import API
from app.signing import signer

router = APIRouter(prefix="/status-list", tags=["status-list"], route_class=StrictRoute)
MEDIA_TYPE: Final = "application/statuslist+jwt"
KIND: Final = "statuslist+jwt"
TTL: Final = 60  # seconds
TOLD: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}
}


class Alone(BaseModel, extra="forbid"):
    """Nothing narrows it."""


class Newest:
    """The list of one state of the register; it is packed again when that moves."""

    def __init__(self) -> None:
        self.at: tuple[Database, int, date] | None = None
        self.packed = ""
        self.signed: dict[str, str] = {}

    async def list_of(self, revision: int, day: date) -> str:
        wanted = (database(), revision, day)
        if self.at != wanted:
            self.packed = await run_in_threadpool(self.read, wanted[0], day)
            self.at = wanted  # read after the revision, so it is never older than that
        return self.packed

    def read(self, opened: Database, day: date) -> str:
        with opened.snapshot() as connection:
            return packed(connection, day)

    async def token(self, tag: str, revision: int, day: date, issued: int) -> str:
        """Signed once a minute for one state: under one tag the same bytes."""
        if tag not in self.signed:
            self.signed = {tag: sealed(await self.list_of(revision, day), issued)}
        return self.signed[tag]


NEWEST: Final = Newest()


def sealed(states: str, issued: int) -> str:
    claims = {
        "sub": f"{settings().public_url.rstrip('/')}{API}status-list",
        "iat": issued,
        "exp": issued + 3 * TTL,
        "ttl": TTL,
        "status_list": {"bits": BITS, "lst": states},
    }
    return signer().signed(KIND, claims)


@router.get("", response_class=Response, responses=TOLD)
async def read_status_list(
    _: Annotated[Alone, Query()],
    if_none_match: Annotated[str, Header(include_in_schema=False)] = "",
) -> Response:
    """Experimental. The signed state of every credential (Token Status List, JWT, ES256).

    Two bits each: 0 valid, 1 invalid, 2 suspended; the index is the `status_index` of a credential.
    Keys are at `/.well-known/jwks.json`. Good for `ttl` seconds, after which it is asked for anew.
    试验性接口：全部执法证状态的签名列表（Token Status List，ES256），每证两位。
    0 有效、1 无效、2 暂停；位置即 `status_index`，超过 `ttl` 秒须重新获取。
    """
    revision, day, moment = await read(head), legal_day(), int(now().timestamp())
    issued = moment - moment % TTL
    tag = f'"{revision}-{day}-{issued}-{signer().key_id[:8]}"'
    headers = {"Cache-Control": f"max-age={TTL}", "ETag": tag}
    if tag in if_none_match or if_none_match == "*":
        return Response(status_code=304, headers=headers)
    token = await NEWEST.token(tag, revision, day, issued)
    return Response(token, media_type=MEDIA_TYPE, headers=headers)
