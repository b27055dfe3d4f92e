"""JSON endpoints for appeals: filed by the person's unit, decided by a panel of the uninvolved."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Response

from app.acts import appeals as acts
from app.acts.desk import Desk, DeskDep
from app.acts.personal_reads import looked_at
from app.config import legal_day
from app.db import answer, one_of, page_of, parsed, read
from app.deps import AppealPanel, Concerned, Pleading, SteppedUp, own_units, within
from app.edge import StrictRoute
from app.listing import Page
from app.models.appeals import (
    LISTING,
    NUMBERED,
    OWN,
    Appeal,
    AppealDecisionIn,
    AppealFilter,
    AppealIn,
    AppealOut,
    PanelIn,
)  # fmt: skip
from app.models.departments import Department
from app.models.suspension_lines import SuspensionLine
from app.rules.appeals import Act, State

router = APIRouter(prefix="/appeals", tags=["appeals"], route_class=StrictRoute)
Number = Annotated[str, Path(max_length=60)]
ACT: Final[dict[str, Any]] = {"response_model": AppealOut, "status_code": 201}
ACTS: Final = {
    State.MAINTAINED: Act.MAINTAIN,
    State.CHANGED: Act.CHANGE,
    State.REVOKED: Act.REVOKE,
}


@router.get("", response_model=Page[AppealOut])
async def list_appeals(wanted: Annotated[AppealFilter, Query()], caller: Concerned) -> Response:
    """List appeals; the administrator of a unit sees those of its own people.

    列出申诉；单位管理员只看本单位人员的。
    """
    units = own_units(caller)
    of = {} if units is None else {"units": units}
    listing = LISTING if units is None else OWN
    page = await read(lambda connection: page_of(connection, listing, wanted, **of))
    await looked_at(caller, "appeals", "", len(page["items"]))
    reply = answer(page)
    reply.headers["Cache-Control"] = "no-store"
    return reply


def shown(desk: Desk, number: str) -> dict[str, Any]:
    desk.session.flush()  # the answer is read back in this transaction
    values = {"number": number, "as_of": legal_day()}
    return parsed(one_of(desk.session.connection(), NUMBERED, values))


@router.post("", **ACT)
def file_appeal(given: AppealIn, caller: Pleading, desk: DeskDep) -> dict[str, Any]:
    """Appeal against a suspension in effect. It goes on meanwhile; too late is said, with why.

    对已生效的暂停决定申诉，申诉期间不停止执行；逾期的登记后不予受理。
    """
    line = desk.one(SuspensionLine, number=given.line)
    within(caller, desk.one(Department, id=line.department_id).code)
    return shown(desk, acts.file(desk, line, given.grounds).number)


@router.post("/{number}/panels", **ACT)
def take_up_appeal(number: Number, given: PanelIn, _: AppealPanel, desk: DeskDep) -> dict[str, Any]:
    """Name the panel; nobody who made, checked or marked any of it sits on it.

    组成复核小组，经办人、确认人和阅卷人回避。
    """
    acts.seated(desk, given.members)
    acts.take_up(desk, desk.one(Appeal, number=number), given.members)
    return shown(desk, number)


@router.post("/{number}/extensions", **ACT)
def extend_appeal(number: Number, _: AppealPanel, desk: DeskDep) -> dict[str, Any]:
    """Extend the time to decide, once.

    延长一次办理期限。
    """
    acts.extend(desk, desk.one(Appeal, number=number))
    return shown(desk, number)


@router.post("/{number}/decisions", **ACT, dependencies=[SteppedUp])
def decide_appeal(
    number: Number, given: AppealDecisionIn, _: AppealPanel, desk: DeskDep
) -> dict[str, Any]:
    """Maintain, change or revoke; never to the person's harm. Revoked is as if never suspended.

    维持、变更或撤销，不得加重；撤销的视同从未暂停。
    """
    acts.decide(desk, desk.one(Appeal, number=number), ACTS[given.decision], given.reason)
    return shown(desk, number)
