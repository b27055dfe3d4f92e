"""JSON endpoints for permit items and their revisions."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Response
from sqlalchemy import Connection

from app.config import legal_day
from app.db import answer, head, one_of, read, read_page, rows_of
from app.edge import StrictRoute
from app.errors import NotFound
from app.listing import OnDay, Page, Window
from app.models.permits import (
    CODED,
    LISTING,
    REVISIONS,
    PermitDetail,
    PermitFilter,
    PermitOut,
    PermitRevisionOut,
)

router = APIRouter(prefix="/permits", tags=["permits"], route_class=StrictRoute)


@router.get("", response_model=Page[PermitOut])
async def list_permits(wanted: Annotated[PermitFilter, Query()]) -> Response:
    """List permits and approvals in force, with the statutory and the promised limit.

    列出现行许可和审批事项，法定期限与承诺期限并列；可按部门、类型、主题、期限筛选。
    """
    return await read_page(LISTING, wanted)


@router.get("/{code}", response_model=PermitDetail)
async def read_permit(code: str, wanted: Annotated[OnDay, Query()]) -> Response:
    """Read what one permit takes: conditions, materials, steps, limits, windows, remedies.

    查看一个事项：条件、材料、步骤、期限、窗口和救济途径。
    """
    values = {"code": code, "as_of": wanted.as_of or legal_day()}

    def work(connection: Connection) -> Any:
        found = one_of(connection, CODED, values)
        content = orjson.loads(orjson.dumps(found.pop("content")))
        return {**content, **found, "as_of": values["as_of"]}

    return answer(await read(work))


@router.get("/{code}/revisions", response_model=Page[PermitRevisionOut])
async def list_permit_revisions(code: str, wanted: Annotated[Window, Query()]) -> Response:
    """List how one item changed, the newest first; open cases keep their own revision.

    列出一个事项的历次修订，最新的在前；在办件仍按受理时的版本。
    """

    def work(connection: Connection) -> Any:
        revision = head(connection)
        rows = rows_of(connection, REVISIONS, {"code": code})
        if not rows:
            raise NotFound("record.not_found")
        for row in rows:
            content = orjson.loads(orjson.dumps(row.pop("content")))
            row["materials"] = len(content["materials"])
        return whole(rows, revision)

    return answer(await read(work))


def whole(rows: list[dict[str, Any]], revision: int) -> dict[str, Any]:
    """A short list that is never continued."""
    return {
        "items": rows,
        "next_cursor": None,
        "has_more": False,
        "as_of": legal_day(),
        "revision": revision,
    }
