"""One person's way through an exam, for the offices and the person's own unit; never public."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel
from pydantic import Field as Limited
from sqlalchemy import and_, bindparam, or_, select
from sqlmodel import SQLModel, col

from app.listing import AnyOf, Counted, Listing, Selection, among
from app.models.departments import Department, DepartmentRevision, Named, in_force
from app.models.exam_campaigns import ExamCampaign
from app.models.exam_results import ExamRemark, ExamResult
from app.models.exam_sessions import ExamSession, Sitting
from app.models.officers import Officer
from app.models.registrations import Registration
from app.rules.exam_campaigns import Attendance, Eligibility, Excuse, Outcome, Paper, SessionKind

Code = Annotated[str, Limited(max_length=32)]
Words = Annotated[str, Limited(min_length=1, max_length=500)]
Digest = Annotated[str, Limited(pattern="^[0-9a-f]{64}$")]
Marker = Annotated[str, Limited(min_length=1, max_length=100)]


class ExcuseIn(BaseModel, extra="forbid"):
    """`proof_digest`: SHA-256 of the proof; the office keeps it."""

    session: Code
    excuse: Excuse
    proof_digest: Digest


class LateExcuseIn(ExcuseIn):
    """`objection`: the upheld one that an excuse rests on whose days are over."""

    objection: Annotated[str | None, Limited(max_length=60)] = None


class AnnulmentIn(BaseModel, extra="forbid"):
    session: Code
    reason: Words


class RemarkIn(BaseModel, extra="forbid"):
    """`score` with one decimal, as text, so that nothing rounds it."""

    session: Code
    paper: Paper
    score: Annotated[str, Limited(max_length=8)]
    first_marker: Marker
    second_marker: Marker
    reason: Words
    evidence_digest: Digest


class RegistrationOut(SQLModel):
    number: str
    campaign: str
    officer_no: str
    name: str
    department: Named
    eligibility: Eligibility
    ineligible_because: str | None
    outcome: Outcome


class RemarkOut(BaseModel):
    old: Decimal
    new: Decimal
    first_marker: str
    second_marker: str
    reason: str
    evidence_digest: str
    decided_on: date


class ResultOut(BaseModel):
    """`source_row` is the row of the imported file whose digest is `source_digest`."""

    paper: Paper
    score: Decimal
    first_marker: str
    second_marker: str
    source_digest: str | None
    source_row: int | None
    remarks: list[RemarkOut]


class SittingOut(BaseModel):
    session: str
    kind: SessionKind
    held_on: date
    seat: str | None
    attendance: Attendance
    excuse: Excuse | None
    proof_digest: str | None
    annulled: bool
    annulment_reason: str | None
    results: list[ResultOut]


class RegistrationDetail(RegistrationOut):
    """`outcome` is computed from the sittings: every paper reaches `pass_mark`, or why not."""

    pass_mark: int
    sittings: list[SittingOut]


class RegistrationFilter(Counted):
    campaign: Code | None = None
    department: AnyOf[Annotated[str, Limited(max_length=8)]] | None = None
    outcome: AnyOf[Outcome] | None = None
    person: Annotated[str | None, Limited(max_length=100)] = None
    sort: Literal["number", "-number"] = "number"


CALLED: Final = and_(
    col(DepartmentRevision.department_id) == col(Department.id), in_force(DepartmentRevision)
)
BASE: Final[Any] = (
    select(
        col(Registration.number),
        col(ExamCampaign.code).label("campaign"),
        col(Officer.officer_no),
        col(Officer.name),
        col(Department.code).label("department.code"),
        col(DepartmentRevision.name).label("department.name"),
        col(DepartmentRevision.name_en).label("department.name_en"),
        col(Registration.eligibility),
        col(Registration.ineligible_because),
        col(Registration.outcome),
    )
    .join(ExamCampaign, col(ExamCampaign.id) == col(Registration.campaign_id))
    .join(Officer, col(Officer.id) == col(Registration.officer_id))
    .join(Department, col(Department.id) == col(Registration.department_id))
    .join(DepartmentRevision, CALLED)
)
CONDITIONS: Final[dict[str, Any]] = {
    "campaign": col(ExamCampaign.code) == bindparam("campaign"),
    "department": among(col(Department.code), "department"),
    "outcome": among(col(Registration.outcome), "outcome"),
    "person": or_(
        col(Officer.name) == bindparam("person"), col(Officer.officer_no) == bindparam("person")
    ),
}
OF_UNITS: Final = col(Department.code).in_(bindparam("units", expanding=True))
BY: Final[dict[str, Any]] = {"number": (col(Registration.number),)}
LISTING: Final = Listing(BASE, CONDITIONS, BY)
OWN: Final = Listing(BASE.where(OF_UNITS), CONDITIONS, BY)
NUMBERED: Final[Selection] = BASE.add_columns(col(ExamCampaign.pass_mark)).where(
    col(Registration.number) == bindparam("number")
)
SITTINGS: Final[Selection] = (
    select(
        col(Sitting.id),
        col(ExamSession.code).label("session"),
        col(ExamSession.kind),
        col(ExamSession.held_on),
        col(Sitting.seat),
        col(Sitting.attendance),
        col(Sitting.excuse),
        col(Sitting.proof_digest),
        col(Sitting.annulled),
        col(Sitting.annulment_reason),
    )
    .join(ExamSession, col(ExamSession.id) == col(Sitting.session_id))
    .join(Registration, col(Registration.id) == col(Sitting.registration_id))
    .where(col(Registration.number) == bindparam("number"))
    .order_by(col(ExamSession.held_on), col(Sitting.id))
)
RESULTS: Final[Selection] = (
    select(
        col(ExamResult.id),
        col(ExamResult.sitting_id),
        col(ExamResult.paper),
        col(ExamResult.score_tenths),
        col(ExamResult.first_marker),
        col(ExamResult.second_marker),
        col(ExamResult.source_digest),
        col(ExamResult.source_row),
    )
    .join(Sitting, col(Sitting.id) == col(ExamResult.sitting_id))
    .join(Registration, col(Registration.id) == col(Sitting.registration_id))
    .where(col(Registration.number) == bindparam("number"))
    .order_by(col(ExamResult.paper))
)
REMARKS: Final[Selection] = (
    select(
        col(ExamRemark.result_id),
        col(ExamRemark.old_tenths),
        col(ExamRemark.new_tenths),
        col(ExamRemark.first_marker),
        col(ExamRemark.second_marker),
        col(ExamRemark.reason),
        col(ExamRemark.evidence_digest),
        col(ExamRemark.decided_on),
    )
    .join(ExamResult, col(ExamResult.id) == col(ExamRemark.result_id))
    .join(Sitting, col(Sitting.id) == col(ExamResult.sitting_id))
    .join(Registration, col(Registration.id) == col(Sitting.registration_id))
    .where(col(Registration.number) == bindparam("number"))
    .order_by(col(ExamRemark.id))
)
