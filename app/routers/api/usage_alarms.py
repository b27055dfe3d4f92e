"""JSON endpoints for alarms: who verifies so many that it looks like harvesting."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from app.acts import usage_alarms as acts
from app.acts.desk import DeskDep
from app.db import page_of, paged, read
from app.deps import Administrators
from app.edge import StrictRoute
from app.keyed import StaffEyes
from app.listing import Page
from app.models.usage_alarms import (
    LISTING,
    ClosingIn,
    UsageAlarm,
    UsageAlarmFilter,
    UsageAlarmOut,
)  # fmt: skip

router = APIRouter(prefix="/usage-alarms", tags=["usage-alarms"], route_class=StrictRoute)


@router.get("", response_model=Page[UsageAlarmOut])
async def list_usage_alarms(wanted: Annotated[UsageAlarmFilter, Query()], _: StaffEyes) -> Response:
    """List alarms. An address is shown by a digest that nobody can undo.

    列出异常查询告警；地址只以不可还原的摘要显示。
    """
    reply = paged(await read(lambda connection: page_of(connection, LISTING, wanted)))
    reply.headers["Cache-Control"] = "no-store"
    return reply


@router.post("/{number}/closings", response_model=UsageAlarmOut, status_code=201)
def close_usage_alarm(
    number: str, _: Administrators, desk: DeskDep, given: ClosingIn
) -> dict[str, Any]:
    """Close an alarm: stop the client or the address, or let it be, with the reason.

    处理告警：停用应用或拦截地址，或不予处理，并说明理由。
    """
    alarm = acts.close(desk, desk.one(UsageAlarm, number=number), given.stop, given.reason)
    return alarm.model_dump()
