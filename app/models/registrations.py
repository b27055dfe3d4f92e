"""Who is on the roster of an exam, and what their sittings come to."""

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.columns import PUBLIC, closed
from app.rules.exam_campaigns import Eligibility, Outcome


class Registration(SQLModel, table=True):
    """`outcome` is computed from the sittings by the act that changes one; nobody types it."""

    __table_args__ = (
        UniqueConstraint("campaign_id", "officer_id", name="uq_registration_campaign_id"),
        Index("ix_registration_department_id", "campaign_id", "department_id"),
        Index("ix_registration_officer_id", "officer_id"),
        closed("eligibility", Eligibility),
        closed("outcome", Outcome),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=40, unique=True)
    campaign_id: int = Field(foreign_key="exam_campaign.id")
    officer_id: int = Field(foreign_key="officer.id")
    department_id: int = Field(foreign_key="department.id")
    eligibility: str = Field(max_length=16)
    ineligible_because: str | None = Field(default=None, max_length=32)
    outcome: str = Field(max_length=16)
