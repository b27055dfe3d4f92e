"""Exam campaigns of enforcement officers, and the roster that each unit signs."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel
from pydantic import Field as Limited
from sqlalchemy import Text, UniqueConstraint, bindparam, func, select
from sqlmodel import Field, SQLModel, col

from app.listing import AnyOf, Counted, Day, Listing, Selection, among
from app.models.columns import PUBLIC, closed, kept
from app.models.registrations import Registration
from app.rules.exam_campaigns import Eligibility, Outcome, State


class ExamCampaign(SQLModel, table=True):
    """Periods and marks are those in force when it was made; it keeps them to its end."""

    __tablename__ = "exam_campaign"
    __table_args__ = (closed("state", State), PUBLIC)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    division_code: str = Field(max_length=9, foreign_key="administrative_division.code")
    name: str = Field(max_length=200)
    year: int
    syllabus: str = Field(sa_type=Text)
    papers: str = Field(sa_type=Text)
    pass_mark: int
    retake_limit: int
    proof_days: int
    objection_days: int
    closed_book: bool = True
    noticed_on: date | None = None
    state: str = Field(max_length=20)
    version: int = 1


class UnitRoster(SQLModel, table=True):
    """What one unit's first responsible person signs before the roster freezes."""

    __tablename__ = "unit_roster"
    __table_args__ = (
        UniqueConstraint("campaign_id", "department_id", name="uq_unit_roster_campaign_id"),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="exam_campaign.id")
    department_id: int = Field(foreign_key="department.id")
    officers: int
    signed_by: str | None = Field(default=None, max_length=100)
    signed_on: date | None = None


class Outcomes(SQLModel):
    """Persons by what their sittings came to; failed and absent are two reasons (EX5)."""

    passed: int
    failed: int
    absent: int
    deferred: int
    pending: int


class ExamCampaignOut(SQLModel):
    code: str
    name: str
    year: int
    state: State
    syllabus: list[str]
    pass_mark: int
    closed_book: bool
    noticed_on: date | None
    registered: int
    ineligible: int
    outcomes: Outcomes
    version: int


class ExamCampaignFilter(Counted):
    year: Annotated[int | None, Limited(ge=1900, le=2200)] = None
    state: AnyOf[State] | None = None
    sort: Literal["code", "-code"] = "-code"


class ExamCampaignIn(BaseModel, extra="forbid"):
    code: Annotated[str, Limited(pattern=r"^[A-Z0-9][A-Z0-9-]{1,30}$")]
    name: Annotated[str, Limited(min_length=1, max_length=200)]
    year: Annotated[int, Limited(ge=1900, le=2200)]
    syllabus: Annotated[
        list[Annotated[str, Limited(min_length=1, max_length=100)]],
        Limited(min_length=1, max_length=30),
    ]
    noticed_on: Day | None = None


class RosterSignatureIn(BaseModel, extra="forbid"):
    department: Annotated[str, Limited(min_length=1, max_length=8)]
    signed_by: Annotated[str, Limited(min_length=1, max_length=100)]


class UnitRosterOut(SQLModel):
    campaign: str
    department: str
    officers: int
    signed_by: str
    signed_on: date


C: Final = ExamCampaign
_counted = Registration


def persons(*conditions: Any) -> Any:
    """How many of a campaign's registrations meet some conditions."""
    of = col(_counted.campaign_id) == col(C.id)
    found = select(func.count()).select_from(_counted).where(of, *conditions)
    return found.correlate(C).scalar_subquery()


def ended_as(outcome: Outcome) -> Any:
    return persons(col(_counted.outcome) == outcome).label(f"outcomes.{outcome}")


COLUMNS: Final[list[Any]] = [
    col(C.code),
    col(C.name),
    col(C.year),
    col(C.state),
    kept(col(C.syllabus), "syllabus"),
    col(C.pass_mark),
    col(C.closed_book),
    col(C.noticed_on),
    persons(col(_counted.eligibility) == Eligibility.ELIGIBLE).label("registered"),
    persons(col(_counted.eligibility) == Eligibility.INELIGIBLE).label("ineligible"),
    *(ended_as(Outcome(each)) for each in Outcomes.model_fields),
    col(C.version),
]
CODED: Final[Selection] = select(*COLUMNS).where(col(C.code) == bindparam("code"))
LISTING: Final = Listing(
    select(*COLUMNS),
    {"year": col(C.year) == bindparam("year"), "state": among(col(C.state), "state")},
    {"code": (col(C.code),)},
)
