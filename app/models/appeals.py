"""Appeals against an effective suspension."""

from datetime import date

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.columns import PUBLIC, closed
from app.rules.appeals import State


class Appeal(SQLModel, table=True):
    __table_args__ = (
        UniqueConstraint("line_id", "step", name="uq_appeal_line_id"),
        closed("state", State),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=60, unique=True)
    line_id: int = Field(foreign_key="suspension_line.id")
    step: int
    filed_on: date
    due_on: date
    extended_to: date | None = None
    grounds: str = Field(max_length=2000)
    panel: str = Field(default="[]", sa_type=Text)
    state: str = Field(max_length=16)
    decided_on: date | None = None
    reason: str | None = Field(default=None, max_length=2000)
