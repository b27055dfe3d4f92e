"""What waits for whoever is signed in."""

from typing import Final

from fastapi import APIRouter, Response
from sqlalchemy import Connection

from app.config import legal_day
from app.db import answer, read, rows_of
from app.deps import Caller, CallerDep
from app.edge import StrictRoute
from app.models.work import BY_UNIT, WORK, WorkOut
from app.rules.accounts import Role

WHOLE_CITY: Final = {Role.HR_OFFICE, Role.LEGAL_SUPERVISOR, Role.AUDITOR, Role.DISCIPLINE}
router = APIRouter(prefix="/work", tags=["work"], route_class=StrictRoute)


@router.get("", response_model=WorkOut)
async def read_work(caller: CallerDep) -> Response:
    """List what waits for me, by the roles I hold.

    列出等待本人办理的事项。
    """
    return answer(await read(lambda connection: work(connection, caller)))


def work(connection: Connection, caller: Caller) -> dict[str, object]:
    units = None
    if caller.roles & WHOLE_CITY:
        units = rows_of(connection, BY_UNIT, {"as_of": legal_day()})
    return {"items": waiting_for(connection, caller), "units": units}


def waiting_for(connection: Connection, caller: Caller) -> list[dict[str, object]]:
    mine = {"username": caller.username, "units": sorted(caller.units.get(Role.DEPT_ADMIN, ()))}
    return [
        row
        for role in sorted(caller.roles)
        for selection in WORK.get(role, ())
        for row in rows_of(connection, selection, mine)
    ]
