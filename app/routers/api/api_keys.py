"""JSON endpoints for keys: made by the client, replaced with an overlap, revoked at once."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response

from app.acts import api_keys as acts
from app.acts.desk import Desk, OutsideDep
from app.acts.sessions import instant
from app.db import answer, one_of, page_of, parsed, read
from app.edge import StrictRoute
from app.keyed import EyesDep, OwnKey
from app.listing import Page
from app.models.api_clients import ApiClient
from app.models.api_keys import (
    LISTING,
    NUMBERED,
    ApiKey,
    ApiKeyFilter,
    ApiKeyIn,
    ApiKeyOut,
    IssuedOut,
    Keyed,
    RotationIn,
)  # fmt: skip

router = APIRouter(prefix="/api-keys", tags=["api-keys"], route_class=StrictRoute)
INSTANTS: Final = ("created_at", "ends_at", "revoked_at", "last_used_at")


@router.get("", response_model=Page[ApiKeyOut])
async def list_api_keys(wanted: Annotated[ApiKeyFilter, Query()], seen_by: EyesDep) -> Response:
    """List keys without their texts: a client its own, staff those of all.

    列出密钥（不含密钥原文）；应用方只见自己的。
    """
    if seen_by.keyed is not None:
        wanted.client_no = wanted.client_no or seen_by.keyed.client_no
        seen_by.sees(wanted.client_no)
    page = await read(lambda connection: page_of(connection, LISTING, wanted))
    reply = answer({**page, "items": [told(row) for row in page["items"]]})
    reply.headers["Cache-Control"] = "no-store"
    return reply


@router.post("", response_model=IssuedOut, status_code=201)
def issue_api_key(keyed: OwnKey, desk: OutsideDep, given: ApiKeyIn) -> dict[str, Any]:
    """Make a key. `key` is told once; it lasts a year at most.

    生成密钥；`key` 只显示一次，有效期最长一年。
    """
    client = desk.one(ApiClient, id=keyed.client_id)
    made, text = acts.request(desk, client, given.model_dump())
    return {**shown(desk, made), "key": text}


@router.post("/{key_id}/rotations", response_model=IssuedOut, status_code=201)
def rotate_api_key(
    key_id: str, keyed: OwnKey, desk: OutsideDep, given: RotationIn
) -> dict[str, Any]:
    """Put a new key in a key's place; both work until the overlap is over.

    更换密钥：重叠期内新旧两个都有效。
    """
    old = own(desk, keyed, key_id)
    client = desk.one(ApiClient, id=keyed.client_id)
    made, text = acts.rotate(desk, old, client, given.overlap_hours)
    return {**shown(desk, made), "key": text}


@router.post("/{key_id}/revocations", response_model=ApiKeyOut, status_code=201)
def revoke_api_key(key_id: str, keyed: OwnKey, desk: OutsideDep) -> dict[str, Any]:
    """Take a key away: from the next request on it opens nothing.

    吊销密钥：自下一次请求起失效。
    """
    key = own(desk, keyed, key_id)
    client = desk.one(ApiClient, id=keyed.client_id)
    return shown(desk, acts.revoke(desk, key, client))


def own(desk: Desk, keyed: Keyed, key_id: str) -> ApiKey:
    """Another client's key is as good as none."""
    return desk.one(ApiKey, key_id=key_id, client_id=keyed.client_id)


def shown(desk: Desk, key: ApiKey) -> dict[str, Any]:
    desk.session.flush()  # what is shown is read back
    row = one_of(desk.session.connection(), NUMBERED, {"key_id": key.key_id})
    return told(parsed(row))


def told(row: dict[str, Any]) -> dict[str, Any]:
    times = {name: instant(row[name]) if row[name] is not None else None for name in INSTANTS}
    return {**row, **times}
