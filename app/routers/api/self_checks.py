"""JSON endpoints for self-checks by units."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlalchemy import Connection

from app.config import legal_day
from app.db import answer, page_of, read, rows_of
from app.edge import StrictRoute
from app.listing import Page
from app.models.self_checks import KINDS, LISTING, SelfCheckFilter, SelfCheckOut
from app.rules.self_checks import State, overdue

router = APIRouter(prefix="/self-checks", tags=["self-checks"], route_class=StrictRoute)


@router.get("", response_model=Page[SelfCheckOut])
async def list_self_checks(wanted: Annotated[SelfCheckFilter, Query()]) -> Response:
    """List the units' self-checks: nil returns, people removed by kind, and who is late.

    列出各单位自查情况：零报告、清退人数和人员性质、逾期未报；不列姓名。
    """
    return answer(await read(lambda connection: checks(connection, wanted)))


def checks(connection: Connection, wanted: SelfCheckFilter) -> dict[str, Any]:
    page: dict[str, Any] = page_of(connection, LISTING, wanted)
    kinds: dict[int, list[str]] = {}
    tasks = [row["task_id"] for row in page["items"]]
    for row in rows_of(connection, KINDS, {"tasks": tasks}):
        kinds.setdefault(row["task_id"], []).append(row["employment_type"])
    for row in page["items"]:
        row["removed_kinds"] = kinds.get(row.pop("task_id"), [])
        row["overdue"] = overdue(State(row["state"]), row["due_on"], legal_day())
    return page
