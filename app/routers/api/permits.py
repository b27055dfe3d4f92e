"""JSON endpoints for permit items and their revisions."""

from datetime import date
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Response
from sqlalchemy import Connection

from app import cpsv_ap
from app.config import legal_day
from app.db import answer, one_of, page_of, paged, read, read_page, rows_of
from app.deps import calendar, period
from app.edge import StrictRoute
from app.linked_data import Preferred, Profiled, negotiated
from app.listing import OnDay, Page
from app.models.permit_revisions import NUMBERED, REVISIONS, PermitRevisionOut, RevisionWindow
from app.models.permits import (
    CODED,
    LISTING,
    PermitDetail,
    PermitDueDates,
    PermitFilter,
    PermitOut,
    ReceivedOn,
)
from app.rules.permits import changed
from app.rules.workdays import Limit, Unit

router = APIRouter(prefix="/permits", tags=["permits"], route_class=StrictRoute)


class PermitsAsked(PermitFilter, Profiled):
    """The list's filters, and in whose terms it is told."""


class PermitAsked(OnDay, Profiled):
    """The day, and in whose terms it is told."""


@router.get("", response_model=Page[PermitOut])
async def list_permits(wanted: Annotated[PermitsAsked, Query()], linked: Preferred) -> Response:
    """List permits and approvals in force, with the statutory and the promised limit.

    列出现行许可和审批事项，法定期限与承诺期限并列；可按部门、类型、主题、期限筛选。
    """
    return await read_page(LISTING, wanted, negotiated(linked, wanted, cpsv_ap.permit))


@router.get("/{code}", response_model=PermitDetail)
async def read_permit(
    code: str, wanted: Annotated[PermitAsked, Query()], linked: Preferred
) -> Response:
    """Read what one permit takes: conditions, materials, steps, limits, windows, remedies.

    查看一个事项：条件、材料、步骤、期限、窗口和救济途径。
    """
    values = {"code": code, "as_of": wanted.as_of or legal_day()}

    def work(connection: Connection) -> Any:
        found = one_of(connection, CODED, values)
        content = orjson.loads(orjson.dumps(found.pop("content")))
        return {**content, **found, "as_of": values["as_of"]}

    return negotiated(linked, wanted, cpsv_ap.permit)(await read(work))


@router.get("/{code}/revisions", response_model=Page[PermitRevisionOut])
async def list_permit_revisions(code: str, wanted: Annotated[RevisionWindow, Query()]) -> Response:
    """List how one item changed, the newest first; open cases keep their own revision.

    列出一个事项的历次修订，最新的在前；在办件仍按受理时的版本。
    """

    def work(connection: Connection) -> Any:
        one_of(connection, CODED, {"code": code, "as_of": legal_day()})
        page = page_of(connection, REVISIONS, wanted, code=code)
        oldest = page["items"][-1]["revision"] if page["items"] else 0
        below = rows_of(connection, NUMBERED, {"code": code, "number": oldest - 1})
        page["items"] = told([*page["items"], *below])[: len(page["items"])]
        return page

    return paged(await read(work))


def told(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Revisions, the newest first, each with what it changed in the one before."""
    full = [{**orjson.loads(orjson.dumps(row.pop("content"))), **row} for row in rows]
    for row, now, before in zip(rows, full, [*full[1:], None], strict=True):
        row["materials"] = len(now["materials"])
        row["changes"] = changed(before, now) if before else []
    return rows


@router.get("/{code}/due-dates", response_model=PermitDueDates)
async def read_permit_due_dates(code: str, wanted: Annotated[ReceivedOn, Query()]) -> Response:
    """Count when an application received on a day must be decided, with the whole sum.

    计算某日收件的办理期限：补正告知、承诺、法定、送达各到哪一天，节假日和调休逐日列明。
    """
    day = wanted.received_on or legal_day()

    def work(connection: Connection) -> Any:
        item = one_of(connection, CODED, {"code": code, "as_of": legal_day()})
        return due_dates(connection, item, day)

    return answer(await read(work))


def due_dates(connection: Connection, item: dict[str, Any], day: date) -> dict[str, Any]:
    days = calendar(connection)
    start = days.received(day)
    statutory = Limit(item["statutory_limit"], Unit(item["statutory_unit"]))
    promised = Limit(item["promised_limit"], Unit.WORKING_DAY)
    own = days.due(start, promised)
    return {
        "received_on": day,
        "counts_from": start,
        "correction_notice": days.due(start, *period(connection, "permit.correction_notice", day)),
        "promised": own if promised.value else None,
        "statutory": days.due(start, statutory, item["statutory_basis"]),
        "delivery": days.due(own["due"], *period(connection, "permit.delivery", day)),
    }
