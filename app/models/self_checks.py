"""Self-checks: one task a unit, its report, and the people it found."""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import BaseModel
from pydantic import Field as Limited
from sqlalchemy import Index, UniqueConstraint, and_, bindparam, func, select
from sqlmodel import Field, SQLModel, col

from app.listing import AnyOf, Counted, Listing, Selection, among
from app.models.columns import PUBLIC, closed
from app.models.departments import Department, DepartmentRevision, Named, in_force
from app.models.exam_campaigns import ExamCampaign
from app.rules.officers import EmploymentType
from app.rules.self_checks import Action, State


class SelfCheckTask(SQLModel, table=True):
    __tablename__ = "self_check_task"
    __table_args__ = (
        UniqueConstraint("campaign_id", "department_id", name="uq_self_check_task_campaign_id"),
        closed("state", State),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="exam_campaign.id")
    department_id: int = Field(foreign_key="department.id")
    issued_on: date
    due_on: date
    state: str = Field(max_length=16)
    nil_report: bool | None = None
    signed_by: str | None = Field(default=None, max_length=100)
    submitted_on: date | None = None
    verified_by: str | None = Field(default=None, max_length=100)
    verified_on: date | None = None
    sample: str | None = Field(default=None, max_length=500)
    return_reason: str | None = Field(default=None, max_length=500)
    reminded_on: date | None = None


class SelfCheckFinding(SQLModel, table=True):
    """A person found enforcing who may not; the name is for the offices, never public."""

    __tablename__ = "self_check_finding"
    __table_args__ = (
        Index("ix_self_check_finding_task_id", "task_id"),
        closed("employment_type", EmploymentType),
        closed("action", Action),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="self_check_task.id")
    person_name: str = Field(max_length=100)
    employment_type: str = Field(max_length=20)
    had_certificate: bool
    acts_done: int
    action: str = Field(max_length=24)
    officer_id: int | None = Field(default=None, foreign_key="officer.id")


class SelfCheckOut(SQLModel):
    """One unit's self-check: how many people it removed and of which kinds, never who."""

    key: str
    campaign: str
    department: Named
    state: State
    issued_on: date
    due_on: date
    submitted_on: date | None
    nil_report: bool | None
    removed: int
    removed_kinds: list[EmploymentType]
    overdue: bool


class SelfCheckDetail(SelfCheckOut):
    """As the offices and the unit itself read it; `acts_to_review` were signed without a right."""

    signed_by: str | None
    verified_by: str | None
    verified_on: date | None
    sample: str | None
    return_reason: str | None
    reminded_on: date | None
    acts_to_review: int
    findings: list["FindingOut"]


class FindingOut(SQLModel):
    person_name: str
    employment_type: EmploymentType
    had_certificate: bool
    acts_done: int
    action: Action


class SelfChecksIn(BaseModel, extra="forbid"):
    """Asked of these units; every one whose right to enforce was announced, if none is named."""

    campaign: Annotated[str, Limited(max_length=32)]
    departments: Annotated[
        list[Annotated[str, Limited(max_length=8)]], Limited(max_length=500)
    ] = []


class FindingIn(BaseModel, extra="forbid"):
    """`acts_done` counts the inspections and decisions that the person signed."""

    person_name: Annotated[str, Limited(min_length=1, max_length=100)]
    employment_type: EmploymentType
    acts_done: Annotated[int, Limited(ge=0, lt=100_000)] = 0
    action: Action
    certificate_no: Annotated[str | None, Limited(max_length=32)] = None


class SelfCheckReportIn(BaseModel, extra="forbid"):
    """`nil` says that nobody was found; a report is never just empty."""

    nil: bool
    signed_by: Annotated[str, Limited(min_length=1, max_length=100)]
    findings: Annotated[list[FindingIn], Limited(max_length=500)] = []


class SampleIn(BaseModel, extra="forbid"):
    """Which duty rosters and penalty documents were looked at."""

    sample: Annotated[str, Limited(min_length=1, max_length=500)]


class SelfCheckReasonIn(BaseModel, extra="forbid"):
    reason: Annotated[str, Limited(min_length=1, max_length=500)]


class RemindersIn(BaseModel, extra="forbid"):
    campaign: Annotated[str, Limited(max_length=32)]


class RemindedOut(BaseModel):
    campaign: str
    reminded: int


class SelfCheckFilter(Counted):
    campaign: Annotated[str | None, Limited(max_length=32)] = None
    department: AnyOf[Annotated[str, Limited(max_length=8)]] | None = None
    state: AnyOf[State] | None = None
    found: bool | None = None
    sort: Literal["key"] = "key"


T: Final = SelfCheckTask
F: Final = SelfCheckFinding
REMOVED: Final = (
    select(func.count())
    .select_from(F)
    .where(col(F.task_id) == col(T.id), col(F.action) == Action.REMOVED)
    .correlate(T)
    .scalar_subquery()
)
KEY: Final = (col(ExamCampaign.code) + "-" + col(Department.code)).label("key")
CALLED: Final = and_(
    col(DepartmentRevision.department_id) == col(Department.id), in_force(DepartmentRevision)
)
LISTING: Final = Listing(
    select(
        KEY,
        col(ExamCampaign.code).label("campaign"),
        col(Department.code).label("department.code"),
        col(DepartmentRevision.name).label("department.name"),
        col(DepartmentRevision.name_en).label("department.name_en"),
        col(T.state),
        col(T.issued_on),
        col(T.due_on),
        col(T.submitted_on),
        col(T.nil_report),
        REMOVED.label("removed"),
        col(T.id).label("task_id"),
    )
    .select_from(T)
    .join(ExamCampaign, col(ExamCampaign.id) == col(T.campaign_id))
    .join(Department, col(Department.id) == col(T.department_id))
    .join(DepartmentRevision, CALLED),
    {
        "campaign": col(ExamCampaign.code) == bindparam("campaign"),
        "department": among(col(Department.code), "department"),
        "state": among(col(T.state), "state"),
        "found": (REMOVED > 0) == bindparam("found"),
    },
    {"key": (KEY,)},
)
NUMBERED: Final = (
    LISTING.base
    .add_columns(
        *(
            col(getattr(T, name))
            for name in (
                "signed_by", "verified_by", "verified_on", "sample", "return_reason", "reminded_on",
            )
        )
    )
    .where(KEY.element == bindparam("key"))
)  # fmt: skip
FINDINGS: Final[Selection] = (
    select(*(col(getattr(F, name)) for name in FindingOut.model_fields))
    .where(col(F.task_id) == bindparam("task_id"))
    .order_by(col(F.id))
)
KINDS: Final[Selection] = (
    select(col(F.task_id), col(F.employment_type))
    .where(col(F.action) == Action.REMOVED)
    .where(col(F.task_id).in_(bindparam("tasks", expanding=True)))
    .distinct()
    .order_by(col(F.employment_type))
)
