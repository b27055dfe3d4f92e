"""Linked data instead of plain JSON, where `profile` or `Accept` asks for it."""

from collections.abc import Callable
from typing import Annotated, Any, Final, Literal

import orjson
from fastapi import Depends, Request, Response
from pydantic import BaseModel, Field

from app.cpsv_ap import CONTEXT, MEDIA_TYPE, RELEASE, Node, written
from app.db import answer
from app.i18n import weighed

Write = Callable[[Any], Response]
TOLD: Final = (
    "`Accept: application/ld+json`, or `profile=cpsv-ap`, tells it as CPSV-AP linked data. "
    "请求头 `Accept: application/ld+json` 或参数 `profile=cpsv-ap` 返回 CPSV-AP 关联数据。"
)


class Profiled(BaseModel):
    """What a read may be asked with besides: in whose terms it is told.

    The OpenAPI says so in words: a second type of answer would take the first one's shape from
    every generated client.
    """

    profile: Annotated[Literal["cpsv-ap"] | None, Field(json_schema_extra={"x-told": TOLD})] = None


async def preferred(request: Request) -> bool:
    """Whether `Accept` names linked data before plain JSON (RFC 9110, 12.5.1)."""
    accept = request.headers.get("accept", "")
    if MEDIA_TYPE not in accept:
        return False
    weights = {kind: weight for weight, kind in map(weighed, accept.split(","))}
    return weights.get(MEDIA_TYPE, 0) > weights.get("application/json", 0)


Preferred = Annotated[bool, Depends(preferred)]


def negotiated(linked: bool, wanted: Profiled, node: Callable[[Any], Node]) -> Write:
    """How an answer is written: as it is, or as `node` tells of each of its records."""

    def linked_answer(page: Any) -> Response:
        found = orjson.loads(orjson.dumps(page))  # parts that came as JSON are read
        told = written(map(node, found["items"])) if "items" in found else single(node(found))
        reply = Response(orjson.dumps(told), media_type=MEDIA_TYPE)
        reply.headers.append("Link", f'<{RELEASE}>; rel="profile"')
        return reply

    write = linked_answer if linked or wanted.profile else answer

    def varied(found: Any) -> Response:
        reply = write(found)
        reply.headers["Vary"] = "Accept"
        return reply

    return varied


def single(node: Node) -> Node:
    return {"@context": CONTEXT, **node}
