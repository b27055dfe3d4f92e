"""Scores of papers in tenths of a point, with both markers; a re-mark keeps both values."""

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.columns import PUBLIC, closed
from app.rules.exam_campaigns import Paper


class ExamResult(SQLModel, table=True):
    __tablename__ = "exam_result"
    __table_args__ = (
        UniqueConstraint("sitting_id", "paper", name="uq_exam_result_sitting_id"),
        CheckConstraint("score_tenths between 0 and 1000", name="score"),
        CheckConstraint("first_marker <> second_marker", name="two_markers"),
        closed("paper", Paper),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    sitting_id: int = Field(foreign_key="sitting.id")
    paper: str = Field(max_length=16)
    score_tenths: int
    first_marker: str = Field(max_length=100)
    second_marker: str = Field(max_length=100)
    source_digest: str | None = Field(default=None, max_length=64)
    source_row: int | None = None
    version: int = 1


class ExamRemark(SQLModel, table=True):
    __tablename__ = "exam_remark"
    __table_args__ = (
        CheckConstraint("first_marker <> second_marker", name="two_markers"),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    result_id: int = Field(foreign_key="exam_result.id")
    old_tenths: int
    new_tenths: int
    first_marker: str = Field(max_length=100)
    second_marker: str = Field(max_length=100)
    reason: str = Field(max_length=500)
    evidence_digest: str = Field(max_length=64)
    decided_on: date
