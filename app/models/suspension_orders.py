"""Suspension orders, their lines, and who was told."""

from datetime import date

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.models.columns import PUBLIC, closed
from app.rules.suspension_orders import LineState, Reason, State

BLOCKED = text("ended_on is null")


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
