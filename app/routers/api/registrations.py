"""JSON endpoints for persons on the roster of an exam. Scores are never public."""

from collections.abc import Callable
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy import Connection

from app.acts import exam_sessions as acts
from app.acts import objections
from app.acts.desk import Desk, DeskDep
from app.acts.personal_reads import looked_at
from app.config import legal_day
from app.db import answer, one_of, page_of, read, rows_of
from app.deps import Concerned, HrOffice, own_units, within
from app.edge import StrictRoute
from app.listing import Page
from app.models.exam_results import ExamResult
from app.models.exam_sessions import ExamSession, Sitting
from app.models.registration_details import (
    LISTING,
    NUMBERED,
    OWN,
    REMARKS,
    RESULTS,
    SITTINGS,
    AnnulmentIn,
    ExcuseIn,
    LateExcuseIn,
    RegistrationDetail,
    RegistrationFilter,
    RegistrationOut,
    RemarkIn,
)  # fmt: skip
from app.models.registrations import Registration
from app.rules.exam_campaigns import score

router = APIRouter(prefix="/registrations", tags=["registrations"], route_class=StrictRoute)
Number = Annotated[str, Path(max_length=40)]
ACT: Final[dict[str, Any]] = {"response_model": RegistrationDetail, "status_code": 201}


@router.get("", response_model=Page[RegistrationOut])
async def list_registrations(
    wanted: Annotated[RegistrationFilter, Query()], caller: Concerned
) -> Response:
    """List persons on rosters with their computed outcome; a unit sees its own people.

    列出参考人员和计算得出的结果；单位管理员只看本单位人员。
    """
    units = own_units(caller)
    of = {} if units is None else {"units": units}
    listing = LISTING if units is None else OWN
    page = await read(lambda connection: page_of(connection, listing, wanted, **of))
    await looked_at(caller, "registrations", wanted.campaign or "", len(page["items"]))
    reply = answer(page)
    reply.headers["Cache-Control"] = "no-store"
    return reply


@router.get("/{number}", response_model=RegistrationDetail)
async def read_registration(number: Number, caller: Concerned) -> Response:
    """Read one person's sittings, papers and re-marks, and the outcome they come to.

    查看一人的各场考试、成绩和复评，以及计算得出的结果。
    """
    found = await read(lambda connection: detail(connection, number))
    within(caller, found["department"]["code"])
    await looked_at(caller, "registration", number, 1)
    reply = answer(found)
    reply.headers["Cache-Control"] = "no-store"
    return reply


def detail(connection: Connection, number: str) -> dict[str, Any]:
    found = one_of(connection, NUMBERED, {"number": number, "as_of": legal_day()})
    remarks: dict[int, list[dict[str, Any]]] = {}
    for row in rows_of(connection, REMARKS, {"number": number}):
        values = {"old": tenths(row.pop("old_tenths")), "new": tenths(row.pop("new_tenths"))}
        remarks.setdefault(row.pop("result_id"), []).append({**values, **row})
    results: dict[int, list[dict[str, Any]]] = {}
    for row in rows_of(connection, RESULTS, {"number": number}):
        told = {"score": tenths(row.pop("score_tenths")), "remarks": remarks.get(row.pop("id"), [])}
        results.setdefault(row.pop("sitting_id"), []).append({**told, **row})
    sittings = rows_of(connection, SITTINGS, {"number": number})
    sat = [{"results": results.get(row.pop("id"), []), **row} for row in sittings]
    return {**found, "sittings": sat}


def tenths(value: int) -> str:
    """595 is told as 59.5: text, so that nothing rounds it on the way."""
    return f"{value // 10}.{value % 10}"


def sitting_of(desk: Desk, number: str, session: str) -> Sitting:
    registration = desk.one(Registration, number=number)
    held = desk.one(ExamSession, code=session)
    return desk.one(Sitting, registration_id=registration.id, session_id=held.id)


def changed(desk: Desk, number: str, act: Callable[[], None]) -> dict[str, Any]:
    act()
    desk.session.flush()  # the answer is read back in this transaction
    return detail(desk.session.connection(), number)


@router.post("/{number}/deferrals", **ACT)
def defer_sitting(number: Number, given: ExcuseIn, _: HrOffice, desk: DeskDep) -> dict[str, Any]:
    """Approve a deferral, before the day.

    考前批准缓考。
    """
    sitting = sitting_of(desk, number, given.session)
    act = acts.defer
    return changed(desk, number, lambda: act(desk, sitting, given.excuse, given.proof_digest))


@router.post("/{number}/excuses", **ACT)
def excuse_sitting(
    number: Number, given: LateExcuseIn, _: HrOffice, desk: DeskDep
) -> dict[str, Any]:
    """Take the proof of an excuse within the days that the rules give, or on an upheld objection.

    考后在举证期内认定正当理由；逾期的，只能依据成立的异议。
    """
    sitting = sitting_of(desk, number, given.session)
    late = given.objection is not None
    if given.objection is not None:
        officer = desk.one(Registration, number=number).officer_id
        objections.upheld(desk, given.objection, officer)
    proof = given.proof_digest
    return changed(desk, number, lambda: acts.excuse(desk, sitting, given.excuse, proof, late=late))


@router.post("/{number}/annulments", **ACT)
def annul_sitting(number: Number, given: AnnulmentIn, _: HrOffice, desk: DeskDep) -> dict[str, Any]:
    """Annul the papers of a person who cheated: they came and failed.

    作弊的试卷作废，按到考不合格计。
    """
    sitting = sitting_of(desk, number, given.session)
    return changed(desk, number, lambda: acts.annul(desk, sitting, given.reason))


@router.post("/{number}/remarks", **ACT)
def remark_result(number: Number, given: RemarkIn, _: HrOffice, desk: DeskDep) -> dict[str, Any]:
    """Mark a paper again: two markers, a reason, evidence. Both values are kept.

    复评：两名阅卷人、理由和依据，前后分数都保留。
    """
    sitting = sitting_of(desk, number, given.session)
    result = desk.one(ExamResult, sitting_id=sitting.id, paper=given.paper)
    markers = (given.first_marker, given.second_marker)
    value, evidence = score(given.score), given.evidence_digest
    return changed(
        desk, number, lambda: acts.remark(desk, result, value, markers, given.reason, evidence)
    )
