"""Objections before a suspension is confirmed."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.models.columns import PUBLIC, closed
from app.rules.objections import Kind, State


class Objection(SQLModel, table=True):
    __table_args__ = (
        Index("ix_objection_line_id", "line_id"),
        closed("kind", Kind),
        closed("state", State),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=60, unique=True)
    line_id: int = Field(foreign_key="suspension_line.id")
    kind: str = Field(max_length=20)
    filed_by: str = Field(max_length=100)
    filed_on: date
    due_on: date
    statement: str = Field(max_length=2000)
    state: str = Field(max_length=16)
    decided_by: str | None = Field(default=None, max_length=100)
    decided_on: date | None = None
    reason: str | None = Field(default=None, max_length=2000)
    evidence_digest: str | None = Field(default=None, max_length=64)
