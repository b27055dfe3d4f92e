"""JSON endpoints for letting a suspended person back in: five guards, two offices."""

from typing import Annotated, Any, Final

import orjson
from fastapi import APIRouter, Path, Query, Response

from app.acts import reinstatements as acts
from app.acts.desk import Desk, DeskDep
from app.acts.personal_reads import looked_at, looked_from
from app.config import legal_day
from app.db import answer, one_of, page_of, read
from app.deps import (
    Concerned,
    Filing,
    HrOffice,
    LegalSupervisor,
    Offices,
    SteppedUp,
    own_units,
    within,
)
from app.edge import StrictRoute
from app.listing import Page
from app.models.departments import Department
from app.models.officers import Officer
from app.models.registrations import Registration
from app.models.reinstatements import (
    LISTING,
    NUMBERED,
    OWN,
    LaterExamIn,
    RefusalIn,
    Reinstatement,
    ReinstatementDetail,
    ReinstatementFilter,
    ReinstatementIn,
    ReinstatementOut,
    TrainingIn,
)  # fmt: skip
from app.models.suspension_lines import SuspensionLine
from app.rules.reinstatements import State

router = APIRouter(prefix="/reinstatements", tags=["reinstatements"], route_class=StrictRoute)
Number = Annotated[str, Path(max_length=60)]
ACT: Final[dict[str, Any]] = {"response_model": ReinstatementDetail, "status_code": 201}
DECIDED: Final = {State.EFFECTIVE, State.REFUSED}


@router.get("", response_model=Page[ReinstatementOut])
async def list_reinstatements(
    wanted: Annotated[ReinstatementFilter, Query()], caller: Concerned
) -> Response:
    """List requests to be let back in; a unit sees those of its own people.

    列出恢复资格的申请；单位管理员只看本单位人员的。
    """
    units = own_units(caller)
    of = {} if units is None else {"units": units}
    listing = LISTING if units is None else OWN
    page = await read(lambda connection: page_of(connection, listing, wanted, **of))
    await looked_at(caller, "reinstatements", "", len(page["items"]))
    reply = answer(page)
    reply.headers["Cache-Control"] = "no-store"
    return reply


@router.get("/{number}", response_model=ReinstatementDetail)
def read_reinstatement(number: Number, caller: Concerned, desk: DeskDep) -> dict[str, Any]:
    """Read one request with its checklist as it stands today.

    查看一件申请和今天的核对清单。
    """
    found = shown(desk, desk.one(Reinstatement, number=number))
    within(caller, found["department"]["code"])
    looked_from(desk, "reinstatement", number, 1)
    return found


def shown(desk: Desk, asked: Reinstatement) -> dict[str, Any]:
    desk.session.flush()  # the answer is read back in this transaction
    values = {"number": asked.number, "as_of": legal_day()}
    found = one_of(desk.session.connection(), NUMBERED, values)
    decided = asked.state in DECIDED and asked.checklist != "{}"
    listed = orjson.loads(asked.checklist) if decided else acts.checklist(desk, asked)
    return {**found, "checklist": {str(guard): holds for guard, holds in listed.items()}}


@router.post("", **ACT)
def request_reinstatement(given: ReinstatementIn, caller: Filing, desk: DeskDep) -> dict[str, Any]:
    """Ask for somebody to be let back in, with the later exam if it is known.

    申请恢复资格，可同时写明此后的考核。
    """
    line = desk.one(SuspensionLine, number=given.line)
    within(caller, desk.one(Department, id=line.department_id).code)
    asked = acts.request(desk, line)
    if given.registration is not None:
        acts.link_exam(desk, asked, desk.one(Registration, number=given.registration))
    return shown(desk, asked)


@router.post("/{number}/exams", **ACT)
def link_later_exam(
    number: Number, given: LaterExamIn, _: HrOffice, desk: DeskDep
) -> dict[str, Any]:
    """Name the later exam that the person sat.

    关联本人此后参加的考核。
    """
    asked = desk.one(Reinstatement, number=number)
    acts.link_exam(desk, asked, desk.one(Registration, number=given.registration))
    return shown(desk, asked)


@router.post("/{number}/trainings", **ACT)
def record_training(
    number: Number, given: TrainingIn, _: HrOffice, desk: DeskDep
) -> dict[str, Any]:
    """Record hours of training of the person.

    登记培训学时。
    """
    asked = desk.one(Reinstatement, number=number)
    line = desk.one(SuspensionLine, id=asked.line_id)
    officer = desk.one(Officer, id=line.officer_id)
    acts.record_training(desk, officer, given.course, given.hours, given.held_on)
    return shown(desk, asked)


@router.post("/{number}/proposals", **ACT)
def propose_reinstatement(number: Number, _: HrOffice, desk: DeskDep) -> dict[str, Any]:
    """Propose, when every guard holds.

    条件全部满足后提出恢复。
    """
    asked = desk.one(Reinstatement, number=number)
    acts.propose(desk, asked)
    return shown(desk, asked)


@router.post("/{number}/approvals", **ACT, dependencies=[SteppedUp])
def approve_reinstatement(number: Number, _: LegalSupervisor, desk: DeskDep) -> dict[str, Any]:
    """Approve, as the second office: the person is let back in at once.

    另一单位核准，立即生效。
    """
    asked = desk.one(Reinstatement, number=number)
    acts.approve(desk, asked)
    return shown(desk, asked)


@router.post("/{number}/refusals", **ACT)
def refuse_reinstatement(
    number: Number, given: RefusalIn, _: Offices, desk: DeskDep
) -> dict[str, Any]:
    """Refuse, with the reason.

    不予恢复，说明理由。
    """
    asked = desk.one(Reinstatement, number=number)
    acts.refuse(desk, asked, given.reason)
    return shown(desk, asked)
