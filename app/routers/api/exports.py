"""Whole lists, streamed: what a mirror begins with, before it follows the change feed."""

import hashlib
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Annotated, Any, Final, Literal

import orjson
from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from app.config import legal_day
from app.db import head, page_of, read
from app.edge import StrictRoute
from app.errors import Refusal
from app.keyed import OPTIONAL, opens
from app.listing import Listing
from app.models import dual_disclosure
from app.models.exports import LISTINGS, NEEDS, ExportWindow, Form, Resource
from app.rate_limits import MeterDep
from app.spreadsheets.writing import csv_row

router = APIRouter(prefix="/exports", tags=["exports"], route_class=StrictRoute)
TYPES: Final = {Form.NDJSON: "application/x-ndjson", Form.CSV: "text/csv; charset=utf-8"}
TEXT: Final[dict[str, Any]] = {"schema": {"type": "string"}}
STREAM: Final[dict[str, Any]] = {
    "response_class": Response,
    "openapi_extra": OPTIONAL,
    "responses": {200: {"content": {"application/x-ndjson": TEXT, "text/csv": TEXT}}},
}
Row = dict[str, Any]
Write = Callable[[Row], bytes]
DISCLOSED: Final = dual_disclosure.LISTING


class NoSuchProfile(Refusal):
    status = 422


class Whole(BaseModel, extra="forbid"):
    """Nothing narrows an export; a profile tells it in other columns."""

    profile: Literal["dual-disclosure"] | None = None


@router.get("/{resource}.{form}", **STREAM)
async def export_resource(
    resource: Resource,
    form: Form,
    wanted: Annotated[Whole, Query()],
    meter: MeterDep,
    if_none_match: Annotated[str, Header(include_in_schema=False)] = "",
) -> Response:
    """Download a whole list. The last line gives how many rows there were and their SHA-256.

    `X-Revision` was read before the first row: whoever follows `/changes?after=` from there
    misses nothing, and hears of a few changes twice. Rows are in a stable order; the digest is of
    every line before the last one. A file without its last line was cut short.
    `credentials` needs the scope `credentials:sync`; `liaison-pairs` has those that ended too.
    `permits` can be had in the columns of the dual disclosure: `profile=dual-disclosure`.
    下载整份列表，末行给出行数和 SHA-256，没有末行的文件不完整。
    执法证列表需要权限 `credentials:sync`。
    `X-Revision` 取于首行之前，从它起接着读变更订阅，不会遗漏。
    许可事项可按双公示数据项导出：`profile=dual-disclosure`。
    """
    listing, told = chosen(resource, wanted.profile, meter)
    revision = await read(head)
    tag = f'"{told}-{form}-{revision}-{legal_day()}"'  # nothing moved if that still holds
    headers = {"X-Revision": str(revision), "Cache-Control": "no-cache", "ETag": tag}
    if tag in if_none_match or if_none_match == "*":
        return Response(status_code=304, headers={**headers, "Vary": "Accept-Encoding"})
    body = lines(listing, form)
    first = await anext(body)  # a database that cannot be read is told before the file begins
    headers["Content-Disposition"] = f'attachment; filename="{told}.{form}"'
    return StreamingResponse(begun(first, body), media_type=TYPES[form], headers=headers)


async def begun(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for some in rest:
        yield some


def chosen(resource: Resource, profile: str | None, meter: MeterDep) -> tuple[Listing, str]:
    """The rows of an export and its name, for those who may have it."""
    if needed := NEEDS.get(resource):
        opens(meter.keyed, needed)
    if profile is None:
        return LISTINGS[resource], resource
    if resource is not Resource.PERMITS:
        raise NoSuchProfile("export.no_such_profile", resource=resource, profile=profile)
    return DISCLOSED, f"{resource}-{profile}"


async def lines(listing: Listing, form: Form) -> AsyncIterator[bytes]:
    """A read at a time: no snapshot is held for a client that reads slowly."""
    digest, count, window = hashlib.sha256(), 0, ExportWindow()
    write: Write = ndjson if form is Form.NDJSON else Rows()
    while True:
        page = await read(lambda connection: page_of(connection, listing, window))  # noqa: B023  awaited here
        rows = disclosures(page["items"]) if listing is DISCLOSED else page["items"]
        some = b"".join(write(row) for row in rows)
        digest.update(some)
        count += len(page["items"])
        if some:
            yield some
        if not page["has_more"]:
            break
        window = ExportWindow(cursor=page["next_cursor"])
    told = {"rows": count, "sha256": digest.hexdigest()}
    yield orjson.dumps(told) + b"\n" if form is Form.NDJSON else closing(told)


def disclosures(rows: list[Row]) -> Iterator[Row]:
    return map(dual_disclosure.disclosed, orjson.loads(orjson.dumps(rows)))


def closing(told: dict[str, Any]) -> bytes:
    """In CSV a comment: `# 54 rows, sha256 …`."""
    return f"# {told['rows']} rows, sha256 {told['sha256']}\r\n".encode()


def ndjson(row: dict[str, Any]) -> bytes:
    return orjson.dumps(row) + b"\n"


class Rows:
    """CSV with the headings of the first row; `department.code` is the code of the department."""

    def __init__(self) -> None:
        self.headings: list[str] = []

    def __call__(self, row: dict[str, Any]) -> bytes:
        cells = flat(orjson.loads(orjson.dumps(row)))
        begin = b""
        if not self.headings:
            self.headings = list(cells)
            begin = csv_row(self.headings)
        return begin + csv_row(plain(cells.get(name)) for name in self.headings)


NESTED: Final = frozenset({"department", "support_department", "leader", "enterprise"})


def flat(row: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in row.items():
        if name in NESTED and isinstance(value, dict):
            found |= {f"{name}.{inner}": each for inner, each in value.items()}
        else:
            found[name] = value
    return found


def plain(value: Any) -> Any:
    """Lists and objects as JSON."""
    return orjson.dumps(value).decode() if isinstance(value, (dict, list)) else value
