"""Suspension orders, their lines, and who was told."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel
from pydantic import Field as Limited
from sqlalchemy import (
    Text,
    and_,
    bindparam,
    case,
    func,
    select,
)  # fmt: skip
from sqlmodel import Field, SQLModel, col

from app.listing import AnyOf, Counted, Listing, Selection, among
from app.models.columns import PUBLIC, closed, kept
from app.models.departments import Department, DepartmentRevision, Named, in_force
from app.models.exam_campaigns import ExamCampaign
from app.models.objections import Objection
from app.models.officers import Officer
from app.models.suspension_lines import SuspensionLine
from app.rules.suspension_orders import LineState, Reason, State


class SuspensionOrder(SQLModel, table=True):
    __tablename__ = "suspension_order"
    __table_args__ = (closed("state", State), PUBLIC)

    id: int | None = Field(default=None, primary_key=True)
    order_no: str = Field(max_length=50, unique=True)
    division_code: str = Field(max_length=9, foreign_key="administrative_division.code")
    campaign_id: int = Field(foreign_key="exam_campaign.id")
    state: str = Field(max_length=16)
    built_on: date
    maker: str = Field(max_length=100)
    made_by: str = Field(default="[]", sa_type=Text)  # everyone who had a hand in the list
    checker: str | None = Field(default=None, max_length=100)
    snapshot_hash: str | None = Field(default=None, max_length=64)
    confirmed_hash: str | None = Field(default=None, max_length=64)
    previews: int = 0
    previewed_on: date | None = None
    objections_until: date | None = None
    submitted_on: date | None = None
    return_reason: str | None = Field(default=None, max_length=500)
    confirmed_on: date | None = None
    effective_on: date | None = None
    withdrawn_on: date | None = None
    withdrawal_reason: str | None = Field(default=None, max_length=500)
    closed_on: date | None = None
    document: str = Field(default="", sa_type=Text)
    version: int = 1


class UnitCount(SQLModel):
    department: Named
    failed: int
    absent: int


class SuspensionOrderOut(SQLModel):
    """Counts by reason and unit, never a name: a person is counted once (INV-S1)."""

    order_no: str
    state: State
    campaign: str
    confirmed_on: date | None
    effective_on: date | None
    persons: int
    failed: int
    absent: int
    suspended_now: int
    reinstated: int


class OrderWork(SQLModel):
    """What the two offices see besides: who made it, what was frozen, until when to object."""

    maker: str
    checker: str | None
    built_on: date
    previews: int
    previewed_on: date | None
    snapshot_hash: str | None
    confirmed_hash: str | None
    objections_until: date | None
    submitted_on: date | None
    return_reason: str | None
    withdrawn_on: date | None
    withdrawal_reason: str | None
    objections: int
    undecided: int
    version: int


class SuspensionOrderDetail(SuspensionOrderOut):
    """`work` is for the offices that make and check; it is null for everybody else."""

    units: list[UnitCount]
    work: OrderWork | None
    as_of: date
    revision: int


class SuspensionOrderFilter(Counted):
    state: AnyOf[State] | None = None
    campaign: Annotated[str | None, Limited(max_length=32)] = None
    sort: Literal["order_no", "-order_no"] = "-order_no"


class SuspensionOrderIn(BaseModel, extra="forbid"):
    order_no: Annotated[str, Limited(min_length=4, max_length=50)]
    campaign: Annotated[str, Limited(max_length=32)]


class ConfirmationIn(BaseModel, extra="forbid"):
    """`persons` is typed by hand, so that nobody confirms by habit."""

    persons: Annotated[int, Limited(ge=1, le=1_000_000)]


class ReasonIn(BaseModel, extra="forbid"):
    reason: Annotated[str, Limited(min_length=1, max_length=500)]


ORDER: Final = SuspensionOrder
LINE: Final = SuspensionLine
IN_THE_ORDER: Final = and_(
    col(LINE.order_id) == col(ORDER.id),
    col(LINE.preview) == col(ORDER.previews),
    col(LINE.state).not_in([LineState.REMOVED, LineState.SUPERSEDED]),
)
PUBLISHED: Final = col(ORDER.state).in_([State.CONFIRMED, State.EFFECTIVE, State.CLOSED])


def people(*conditions: Any) -> Any:
    """Persons of an order's last preview who meet some conditions."""
    found = select(func.count()).select_from(LINE).where(IN_THE_ORDER, *conditions)
    return found.correlate(ORDER).scalar_subquery()


COLUMNS: Final[list[Any]] = [
    col(ORDER.order_no),
    col(ORDER.state),
    col(ExamCampaign.code).label("campaign"),
    col(ORDER.confirmed_on),
    col(ORDER.effective_on),
    people().label("persons"),
    people(col(LINE.reason) == Reason.FAILED).label("failed"),
    people(col(LINE.reason) == Reason.ABSENT).label("absent"),
    people(col(LINE.state) == LineState.EFFECTIVE).label("suspended_now"),
    people(col(LINE.state) == LineState.REINSTATED).label("reinstated"),
]
BASE: Final[Any] = select(*COLUMNS).join(
    ExamCampaign, col(ExamCampaign.id) == col(ORDER.campaign_id)
)
CONDITIONS: Final[dict[str, Any]] = {
    "state": among(col(ORDER.state), "state"),
    "campaign": col(ExamCampaign.code) == bindparam("campaign"),
}
LISTING: Final = Listing(BASE.where(PUBLISHED), CONDITIONS, {"order_no": (col(ORDER.order_no),)})
WORKING: Final = Listing(BASE, CONDITIONS, {"order_no": (col(ORDER.order_no),)})
NUMBERED: Final[Selection] = BASE.where(col(ORDER.order_no) == bindparam("order_no"), PUBLISHED)
WORK: Final[Selection] = BASE.add_columns(
    *(
        col(getattr(ORDER, name))
        for name in (
            "maker", "checker", "built_on", "previews", "previewed_on", "snapshot_hash",
            "confirmed_hash", "objections_until", "submitted_on", "return_reason", "withdrawn_on",
            "withdrawal_reason", "version",
        )
    )
).where(col(ORDER.order_no) == bindparam("order_no"))  # fmt: skip
CALLED: Final = and_(
    col(DepartmentRevision.department_id) == col(Department.id), in_force(DepartmentRevision)
)


def by_reason(reason: Reason) -> Any:
    return func.sum(case((col(LINE.reason) == reason, 1), else_=0)).label(str(reason))


BY_UNIT: Final[Selection] = (
    select(
        col(Department.code).label("department.code"),
        col(DepartmentRevision.name).label("department.name"),
        col(DepartmentRevision.name_en).label("department.name_en"),
        by_reason(Reason.FAILED),
        by_reason(Reason.ABSENT),
    )
    .select_from(ORDER)
    .join(LINE, IN_THE_ORDER)
    .join(Department, col(Department.id) == col(LINE.department_id))
    .join(DepartmentRevision, CALLED)
    .where(col(ORDER.order_no) == bindparam("order_no"))
    .group_by(col(Department.code), col(DepartmentRevision.name), col(DepartmentRevision.name_en))
    .order_by(col(Department.code))
)
OBJECTIONS: Final[Selection] = (
    select(col(Objection.state))
    .select_from(ORDER)
    .join(LINE, col(LINE.order_id) == col(ORDER.id))
    .join(Objection, col(Objection.line_id) == col(LINE.id))
    .where(col(ORDER.order_no) == bindparam("order_no"))
)
LINE_ROWS: Final[Any] = (
    select(
        col(LINE.number),
        col(Officer.officer_no),
        col(Officer.name),
        col(Department.code).label("department.code"),
        col(DepartmentRevision.name).label("department.name"),
        col(DepartmentRevision.name_en).label("department.name_en"),
        col(LINE.reason),
        kept(col(LINE.scores), "scores"),
        kept(col(LINE.cards), "cards"),
        col(LINE.issue_block),
        col(LINE.unit_changed),
        col(LINE.state),
        col(LINE.notified_on),
        col(LINE.service),
        col(LINE.receipt),
        col(ORDER.objections_until),
    )
    .select_from(ORDER)
    .join(LINE, and_(col(LINE.order_id) == col(ORDER.id), col(LINE.preview) == col(ORDER.previews)))
    .join(Officer, col(Officer.id) == col(LINE.officer_id))
    .join(Department, col(Department.id) == col(LINE.department_id))
    .join(DepartmentRevision, CALLED)
    .where(col(ORDER.order_no) == bindparam("order_no"))
)
LINE_FILTERS: Final[dict[str, Any]] = {
    "department": among(col(Department.code), "department"),
    "reason": among(col(LINE.reason), "reason"),
    "state": among(col(LINE.state), "state"),
}
BY_NUMBER: Final[dict[str, Any]] = {"number": (col(LINE.number),)}
OF_UNITS: Final = col(Department.code).in_(bindparam("units", expanding=True))
LINES: Final = Listing(LINE_ROWS, LINE_FILTERS, BY_NUMBER)
OWN_LINES: Final = Listing(LINE_ROWS.where(OF_UNITS), LINE_FILTERS, BY_NUMBER)
