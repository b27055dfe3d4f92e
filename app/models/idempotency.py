"""What was answered to a request that may come twice, kept beside its effect."""

from sqlalchemy import BigInteger, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

LONGEST = 255  # characters of an Idempotency-Key


class IdempotencyRecord(SQLModel, table=True):
    """`answer` is sealed: it may hold what only the caller may read."""

    __tablename__ = "idempotency_record"
    __table_args__ = (
        UniqueConstraint("caller", "route", "key", name="uq_idempotency_record_caller_route_key"),
        Index("ix_idempotency_record_at", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    caller: str = Field(max_length=100)
    route: str = Field(max_length=400)
    key: str = Field(max_length=LONGEST)
    request_digest: str = Field(max_length=64)
    status: int
    answer: bytes = Field(sa_type=LargeBinary)
    at: int = Field(sa_type=BigInteger)
