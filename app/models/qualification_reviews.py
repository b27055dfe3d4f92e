"""Reviews of a body's qualification to enforce, and the items that changed hands."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from sqlalchemy import Index, Text, and_, bindparam, select, text
from sqlalchemy.orm import aliased
from sqlmodel import Field, SQLModel, col

from app.listing import Selection
from app.models.columns import PUBLIC, always, closed, kept
from app.models.departments import Department, DepartmentRevision, in_force
from app.rules.departments import Basis, ReviewState

STANDING = text("state <> 'withdrawn'")  # after a withdrawal a body may be reviewed anew


class QualificationReview(SQLModel, table=True):
    __tablename__ = "qualification_review"
    __table_args__ = (
        Index(
            "uq_qualification_review_open",
            "department_id",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
        Index("ix_qualification_review_department_id", "department_id"),
        closed("state", ReviewState),
        closed("basis_kind", Basis),
        always("approval", "state <> 'announced' or approval_no is not null"),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    department_id: int = Field(foreign_key="department.id")
    state: str = Field(max_length=16)
    basis_kind: str = Field(max_length=24)
    basis: str = Field(default="[]", sa_type=Text)
    behaviour: str | None = Field(default=None, max_length=500)
    competent_code: str | None = Field(default=None, max_length=8)
    items_handed_over: str = Field(default="[]", sa_type=Text)
    opened_on: date
    decided_on: date | None = None
    decided_by: str | None = Field(default=None, max_length=100)
    approval_no: str | None = Field(default=None, max_length=50)
    establishment_no: str | None = Field(default=None, max_length=100)
    seals_recalled_on: date | None = None
    past_decisions: str | None = Field(default=None, sa_type=Text)
    withdrawn_on: date | None = None
    withdrawal_reason: str | None = Field(default=None, max_length=500)


def also(states: Collection[str]) -> list[str]:
    """`confirmed` also means those since announced: announcing does not undo the finding."""
    return [*states, *(["announced"] if "confirmed" in states else [])]


def reviewed(states: Any) -> Any:
    """The condition that a department's review is in one of these states."""
    found = select(col(QualificationReview.department_id)).where(
        col(QualificationReview.state).in_(states)
    )
    return col(Department.id).in_(found)


REVIEW: Final[Selection] = (
    select(
        col(QualificationReview.state),
        col(QualificationReview.behaviour),
        col(QualificationReview.competent_code).label("competent"),
        kept(col(QualificationReview.items_handed_over), "items_handed_over"),
        col(QualificationReview.opened_on),
        col(QualificationReview.decided_on),
    )
    .where(col(QualificationReview.department_id) == bindparam("department_id"))
    .order_by(col(QualificationReview.id).desc())
)


def handed_to() -> Selection:
    former: Any = aliased(Department)
    revision: Any = aliased(DepartmentRevision)
    found: Selection = (
        select(
            former.code,
            revision.name,
            revision.name_en,
            kept(col(QualificationReview.items_handed_over), "items"),
        )
        .join(former, col(QualificationReview.department_id) == former.id)
        .join(revision, and_(revision.department_id == former.id, in_force(revision)))
        .where(col(QualificationReview.competent_code) == bindparam("code"))
        .where(former.division_code == bindparam("division"))
        .where(col(QualificationReview.state) == "corrected")
        .order_by(former.code)
    )
    return found
