"""The days on which an exam is held, and who sat."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel
from pydantic import Field as Limited
from sqlalchemy import Index, Text, UniqueConstraint, bindparam, func, select
from sqlmodel import Field, SQLModel, col

from app.listing import Counted, Day, Listing
from app.models.columns import PUBLIC, closed, kept
from app.models.exam_campaigns import ExamCampaign
from app.models.exam_results import ExamResult
from app.rules.exam_campaigns import Attendance, Excuse, SessionKind


class ExamSession(SQLModel, table=True):
    __tablename__ = "exam_session"
    __table_args__ = (closed("kind", SessionKind), PUBLIC)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="exam_campaign.id")
    code: str = Field(max_length=32, unique=True)
    kind: str = Field(max_length=16)
    held_on: date
    place: str = Field(max_length=200)
    capacity: int
    invigilators: str = Field(sa_type=Text)


class Sitting(SQLModel, table=True):
    """One person at one session; the proof itself lies outside, here is its digest."""

    __table_args__ = (
        UniqueConstraint("registration_id", "session_id", name="uq_sitting_registration_id"),
        Index("ix_sitting_session_id", "session_id", "registration_id"),
        closed("attendance", Attendance),
        closed("excuse", Excuse),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    registration_id: int = Field(foreign_key="registration.id")
    session_id: int = Field(foreign_key="exam_session.id")
    seat: str | None = Field(default=None, max_length=16)
    attendance: str = Field(max_length=16)
    excuse: str | None = Field(default=None, max_length=20)
    proof_digest: str | None = Field(default=None, max_length=64)
    decided_by: str | None = Field(default=None, max_length=100)
    decided_on: date | None = None
    annulled: bool = False
    annulment_reason: str | None = Field(default=None, max_length=500)


UnitCode = Annotated[str, Limited(max_length=8)]
Person = Annotated[str, Limited(min_length=1, max_length=100)]


class ExamSessionIn(BaseModel, extra="forbid"):
    campaign: Annotated[str, Limited(max_length=32)]
    code: Annotated[str, Limited(pattern=r"^[A-Z0-9][A-Z0-9-]{1,30}$")]
    kind: SessionKind
    held_on: Day
    place: Annotated[str, Limited(min_length=1, max_length=200)]
    capacity: Annotated[int, Limited(ge=1, le=100_000)]
    invigilators: Annotated[list[Person], Limited(min_length=1, max_length=50)]


class SeatingIn(BaseModel, extra="forbid"):
    """Without `departments`: everybody whom the session is for, as far as there are seats."""

    departments: Annotated[list[UnitCode], Limited(max_length=200)] = []


class ExamSessionOut(SQLModel):
    code: str
    campaign: str
    kind: SessionKind
    held_on: date
    place: str
    capacity: int
    invigilators: list[str]
    seated: int
    present: int
    absent: int
    deferred: int
    excused: int
    scored: int


class ExamSessionFilter(Counted):
    campaign: Annotated[str | None, Limited(max_length=32)] = None
    sort: Literal["code", "-code"] = "code"


def sitting(*conditions: Any) -> Any:
    of = col(Sitting.session_id) == col(ExamSession.id)
    found = select(func.count()).select_from(Sitting).where(of, *conditions)
    return found.correlate(ExamSession).scalar_subquery()


SCORED: Final = (
    select(col(ExamResult.id)).where(col(ExamResult.sitting_id) == col(Sitting.id)).exists()
)
ROWS: Final[Any] = select(
    col(ExamSession.code),
    col(ExamCampaign.code).label("campaign"),
    col(ExamSession.kind),
    col(ExamSession.held_on),
    col(ExamSession.place),
    col(ExamSession.capacity),
    kept(col(ExamSession.invigilators), "invigilators"),
    sitting().label("seated"),
    *(
        sitting(col(Sitting.attendance) == each).label(str(each))
        for each in (
            Attendance.PRESENT, Attendance.ABSENT, Attendance.DEFERRED, Attendance.EXCUSED,
        )
    ),
    sitting(SCORED).label("scored"),
).join(ExamCampaign, col(ExamCampaign.id) == col(ExamSession.campaign_id))  # fmt: skip
LISTING: Final = Listing(
    ROWS,
    {"campaign": col(ExamCampaign.code) == bindparam("campaign")},
    {"code": (col(ExamSession.code),)},
)
CODED: Final = ROWS.where(col(ExamSession.code) == bindparam("code"))
