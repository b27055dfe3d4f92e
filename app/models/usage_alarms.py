"""Somebody verifies so many people that it looks like harvesting; a person looks into it."""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import BaseModel
from pydantic import Field as Limited
from sqlalchemy import BigInteger, Index, bindparam, select
from sqlmodel import Field, SQLModel, col

from app.listing import AnyOf, Listing, Window, among
from app.models.columns import closed
from app.rules.usage_alarms import Outcome, State, Subject


class UsageAlarm(SQLModel, table=True):
    """`subject_key` is a client's number, or a keyed digest of an address: none is kept.

    Raised once in a minute's window, however many attempts follow; `blocked_until` stops an
    address, and is counted in whole seconds since 1970.
    """

    __tablename__ = "usage_alarm"
    __table_args__ = (
        closed("subject_kind", Subject),
        closed("outcome", Outcome),
        closed("state", State),
        Index("ix_usage_alarm_state", "state", "number"),
        Index("ix_usage_alarm_blocked_until", "blocked_until"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=32, unique=True)
    subject_kind: str = Field(max_length=16)
    subject_key: str = Field(max_length=64)
    raised_on: date
    at: str = Field(max_length=32)
    attempts: int
    state: str = Field(max_length=16)
    outcome: str | None = Field(default=None, max_length=16)
    closed_by: str | None = Field(default=None, max_length=100)
    blocked_until: int | None = Field(default=None, sa_type=BigInteger)


class ClosingIn(BaseModel, extra="forbid"):
    """`stop`: the client is suspended, or the address shut out for a day."""

    stop: bool
    reason: Annotated[str, Limited(min_length=1, max_length=500)]


class UsageAlarmOut(BaseModel):
    number: str
    subject_kind: Subject
    subject_key: str
    at: str
    attempts: int
    state: State
    outcome: Outcome | None
    closed_by: str | None


class UsageAlarmFilter(Window):
    state: AnyOf[State] | None = None
    sort: Literal["number", "-number"] = "-number"


A: Final = UsageAlarm
LISTING: Final = Listing(
    select(
        col(A.number),
        col(A.subject_kind),
        col(A.subject_key),
        col(A.at),
        col(A.attempts),
        col(A.state),
        col(A.outcome),
        col(A.closed_by),
    ),
    {"state": among(col(A.state), "state")},
    {"number": (col(A.number),)},
)
BLOCKED: Final = select(col(A.subject_key), col(A.blocked_until)).where(
    col(A.blocked_until) > bindparam("moment")
)
