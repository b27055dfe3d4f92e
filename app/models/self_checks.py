"""Self-checks: one task a unit, its report, and the people it found."""

from datetime import date

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.columns import PUBLIC, closed
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
