"""The days on which an exam is held, and who sat."""

from datetime import date

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.columns import PUBLIC, closed
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
