"""What third-party apps asked for: counted, not recorded. No query and no name is kept.

Counts are gathered in each process and written every few seconds; a process that is killed
loses its last ones.
"""

from datetime import date
from typing import Any, Final

from pydantic import BaseModel
from sqlalchemy import BigInteger, Index, bindparam, func, select
from sqlmodel import Field, SQLModel, col

from app.listing import Selection

MOST_ERRORS: Final = 200


class ApiKeyUse(SQLModel, table=True):
    __tablename__ = "api_key_use"

    key_id: str = Field(primary_key=True, max_length=16)
    last_used_at: int = Field(sa_type=BigInteger)


class ApiUsage(SQLModel, table=True):
    """Requests of a client on a legal day, by status."""

    __tablename__ = "api_usage"

    client_no: str = Field(primary_key=True, max_length=16)
    day: date = Field(primary_key=True)
    status: int = Field(primary_key=True)
    requests: int


class ApiError(SQLModel, table=True):
    """A request of a client that failed: what was refused and why, without what was asked."""

    __tablename__ = "api_error"
    __table_args__ = (Index("ix_api_error_client_no", "client_no", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    client_no: str = Field(max_length=16)
    day: date
    at: str = Field(max_length=32)
    method: str = Field(max_length=8)
    path: str = Field(max_length=200)
    status: int
    code: str = Field(max_length=64)
    request_id: str = Field(max_length=64)


class RateCount(SQLModel, table=True):
    """How much of a limit is spent, for every process alike (PostgreSQL only)."""

    __tablename__ = "rate_count"

    key: str = Field(primary_key=True, max_length=200)
    spent: int
    ends_at: float


class UsageDay(BaseModel):
    day: date
    status: int
    requests: int


class ErrorOut(BaseModel):
    at: str
    method: str
    path: str
    status: int
    code: str
    request_id: str


class LimitOut(BaseModel):
    """`quota` in every `seconds`."""

    name: str
    quota: int
    seconds: int


class UsageOut(BaseModel):
    """Requests by day and status, and errors, of the last seven days; the newest error first."""

    client_no: str
    since: date
    days: list[UsageDay]
    errors: list[ErrorOut]
    limits: list[LimitOut]


U: Final = ApiUsage
E: Final = ApiError
SINCE: Final[Any] = bindparam("since")
DAYS: Final[Selection] = (
    select(col(U.day), col(U.status), func.sum(col(U.requests)).label("requests"))
    .where(col(U.client_no) == bindparam("client_no"), col(U.day) >= SINCE)
    .group_by(col(U.day), col(U.status))
    .order_by(col(U.day).desc(), col(U.status))
)
ERRORS: Final[Selection] = (
    select(col(E.at), col(E.method), col(E.path), col(E.status), col(E.code), col(E.request_id))
    .where(col(E.client_no) == bindparam("client_no"), col(E.day) >= SINCE)
    .order_by(col(E.id).desc())
    .limit(MOST_ERRORS)
)
