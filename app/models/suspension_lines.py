"""The people of a suspension order, one line each, and who may be issued no card."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel
from pydantic import Field as Limited
from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.listing import AnyOf, Counted
from app.models.columns import PUBLIC, closed
from app.models.departments import Named
from app.rules.suspension_orders import LineState, Reason, Service

BLOCKED = text("ended_on is null")


class SuspensionLine(SQLModel, table=True):
    """One person of one order. `preview` is the snapshot that the line belongs to (INV-S1)."""

    __tablename__ = "suspension_line"
    __table_args__ = (
        UniqueConstraint("order_id", "preview", "officer_id", name="uq_suspension_line_order_id"),
        Index("ix_suspension_line_officer_id", "officer_id"),
        Index("ix_suspension_line_department_id", "order_id", "department_id"),
        closed("reason", Reason),
        closed("state", LineState),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=60, unique=True)
    order_id: int = Field(foreign_key="suspension_order.id")
    preview: int
    officer_id: int = Field(foreign_key="officer.id")
    department_id: int = Field(foreign_key="department.id")
    reason: str = Field(max_length=16)
    scores: str = Field(default="[]", sa_type=Text)
    cards: str = Field(default="[]", sa_type=Text)
    issue_block: bool = False
    unit_changed: bool = False
    state: str = Field(max_length=20)
    notified_on: date | None = None
    service: str | None = Field(default=None, max_length=16)
    receipt: str | None = Field(default=None, max_length=200)
    ended_on: date | None = None


class IssueBlock(SQLModel, table=True):
    """INV-S4: a person without a card gets none while suspended."""

    __tablename__ = "issue_block"
    __table_args__ = (
        Index(
            "uq_issue_block_officer_id",
            "officer_id",
            unique=True,
            sqlite_where=BLOCKED,
            postgresql_where=BLOCKED,
        ),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    officer_id: int = Field(foreign_key="officer.id")
    line_id: int = Field(foreign_key="suspension_line.id")
    since: date
    ended_on: date | None = None


class SuspensionLineOut(SQLModel):
    number: str
    officer_no: str
    name: str
    department: Named
    reason: Reason
    scores: list[str]
    cards: list[dict[str, Any]]
    issue_block: bool
    unit_changed: bool
    state: LineState
    notified_on: date | None
    service: str | None
    receipt: str | None
    objections_until: date | None


class ListedAs(BaseModel):
    reason: Reason
    scores: list[str]
    cards: list[str]


class DifferenceOut(BaseModel):
    """`before` is null for somebody new, `now` for somebody who is off the list."""

    officer_no: str
    before: ListedAs | None
    now: ListedAs | None


class DifferencesOut(BaseModel):
    items: list[DifferenceOut]


class SuspensionLineFilter(Counted):
    department: AnyOf[Annotated[str, Limited(max_length=8)]] | None = None
    reason: AnyOf[Reason] | None = None
    state: AnyOf[LineState] | None = None
    sort: Literal["number"] = "number"


class ServiceIn(BaseModel, extra="forbid"):
    """`receipt`: who signed and when, or how it was served in the person's absence."""

    service: Service
    receipt: Annotated[str, Limited(min_length=1, max_length=200)]
