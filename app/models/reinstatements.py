"""Reinstatements, and the training that counts towards one."""

from datetime import date

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from app.models.columns import PUBLIC, closed
from app.rules.reinstatements import State


class Reinstatement(SQLModel, table=True):
    __table_args__ = (
        Index("ix_reinstatement_line_id", "line_id"),
        closed("state", State),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=60, unique=True)
    line_id: int = Field(foreign_key="suspension_line.id")
    registration_id: int | None = Field(default=None, foreign_key="registration.id")
    requested_on: date
    state: str = Field(max_length=16)
    checklist: str = Field(default="{}", sa_type=Text)
    maker: str | None = Field(default=None, max_length=100)
    checker: str | None = Field(default=None, max_length=100)
    decided_on: date | None = None
    reason: str | None = Field(default=None, max_length=1000)


class TrainingRecord(SQLModel, table=True):
    __tablename__ = "training_record"
    __table_args__ = (Index("ix_training_record_officer_id", "officer_id"), PUBLIC)

    id: int | None = Field(default=None, primary_key=True)
    officer_id: int = Field(foreign_key="officer.id")
    course: str = Field(max_length=200)
    hours: int
    held_on: date
    certificate: str | None = Field(default=None, max_length=100)
