"""JSON endpoints for objections: filed by the person's unit or HR, decided by the other office."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Response

from app.acts import objections as acts
from app.acts.desk import Desk, DeskDep
from app.acts.personal_reads import looked_at
from app.config import legal_day
from app.db import answer, one_of, page_of, read
from app.deps import Concerned, Filing, LegalSupervisor, own_units, within
from app.edge import StrictRoute
from app.listing import Page
from app.models.departments import Department
from app.models.objection_details import (
    LISTING,
    NUMBERED,
    OWN,
    ObjectionDecisionIn,
    ObjectionFilter,
    ObjectionIn,
    ObjectionOut,
)  # fmt: skip
from app.models.objections import Objection
from app.models.suspension_lines import SuspensionLine
from app.models.suspension_orders import SuspensionOrder
from app.rules.objections import Act, State

router = APIRouter(prefix="/objections", tags=["objections"], route_class=StrictRoute)
ACT: Final[dict[str, Any]] = {"response_model": ObjectionOut, "status_code": 201}
ACTS: Final = {
    State.UPHELD: Act.UPHOLD,
    State.DISMISSED: Act.DISMISS,
}


@router.get("", response_model=Page[ObjectionOut])
async def list_objections(
    wanted: Annotated[ObjectionFilter, Query()], caller: Concerned
) -> Response:
    """List objections; the administrator of a unit sees those of its own people.

    列出异议；单位管理员只看本单位人员的。
    """
    units = own_units(caller)
    of = {} if units is None else {"units": units}
    listing = LISTING if units is None else OWN
    page = await read(lambda connection: page_of(connection, listing, wanted, **of))
    await looked_at(caller, "objections", "", len(page["items"]))
    reply = answer(page)
    reply.headers["Cache-Control"] = "no-store"
    return reply


def shown(desk: Desk, number: str) -> dict[str, Any]:
    desk.session.flush()  # the answer is read back in this transaction
    values = {"number": number, "as_of": legal_day()}
    return one_of(desk.session.connection(), NUMBERED, values)


@router.post("", **ACT)
def file_objection(given: ObjectionIn, caller: Filing, desk: DeskDep) -> dict[str, Any]:
    """Object to a proposed suspension, for a person of one's own unit, while the window is open.

    异议期内，单位为本单位人员提出异议，或由组织人事部门代为登记。
    """
    line = desk.one(SuspensionLine, number=given.line)
    within(caller, desk.one(Department, id=line.department_id).code)
    order = desk.one(SuspensionOrder, id=line.order_id)
    return shown(desk, acts.file(desk, order, line, given.model_dump()).number)


@router.post("/{number}/decisions", **ACT)
def decide_objection(
    number: Annotated[str, Path(max_length=60)],
    given: ObjectionDecisionIn,
    _: LegalSupervisor,
    desk: DeskDep,
) -> dict[str, Any]:
    """Uphold or dismiss an objection, with the reason and what it rests on.

    核实后作出决定：成立或不成立，写明理由和依据。
    """
    objection = desk.one(Objection, number=number)
    acts.decide(desk, objection, ACTS[given.decision], given.reason, given.evidence_digest)
    return shown(desk, number)
