"""Long work, done by the clock and watched by whoever asked for it."""

from typing import Final

from sqlalchemy import Index, bindparam, select, text
from sqlmodel import Field, SQLModel, col

from app.models.columns import closed
from app.rules.jobs import Kind, State

WAITING: Final = text("state in ('queued', 'running')")


class Job(SQLModel, table=True):
    """`seen` is the version of its subject that whoever asked for it had before them."""

    __table_args__ = (
        closed("kind", Kind),
        closed("state", State),
        Index("ix_job_waiting", "id", sqlite_where=WAITING, postgresql_where=WAITING),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=32, unique=True)
    kind: str = Field(max_length=24)
    subject: str = Field(max_length=64)
    actor: str = Field(max_length=100)
    state: str = Field(max_length=16)
    phase: str = Field(default="", max_length=24)
    done: int = 0
    total: int = 0
    message: str | None = Field(default=None, max_length=64)
    attempts: int = 0
    seen: int | None = None
    created_at: str = Field(max_length=32)


class JobOut(SQLModel):
    number: str
    kind: Kind
    subject: str
    state: State
    phase: str
    done: int
    total: int
    message: str | None
    created_at: str


NUMBERED: Final = select(*(col(getattr(Job, name)) for name in JobOut.model_fields)).where(
    col(Job.number) == bindparam("number")
)
