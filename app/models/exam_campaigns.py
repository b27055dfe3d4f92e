"""Exam campaigns of enforcement officers, and the roster that each unit signs."""

from datetime import date

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.columns import PUBLIC, closed
from app.rules.exam_campaigns import State


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
