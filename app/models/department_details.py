"""One department with everything that is told of it: basis, posts, successor, counts."""

from datetime import date
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased
from sqlmodel import SQLModel, col

from app.listing import Selection
from app.models.columns import kept
from app.models.departments import (
    REVISION,
    Department,
    DepartmentOut,
    DepartmentRevision,
    Named,
    NormOut,
    in_force,
    joined,
    published,
)
from app.models.posts import Post, PostHolding
from app.models.power_items import ClassOut
from app.rules.departments import ReviewState


class ReviewOut(SQLModel):
    state: ReviewState
    behaviour: str | None
    competent: str | None
    items_handed_over: list[Named]
    opened_on: date
    decided_on: date | None


class PostHolderOut(SQLModel):
    post: str
    name: str


class OfficersByStatus(SQLModel):
    active: int
    suspended: int
    other: int


class Counts(SQLModel):
    """Permits as of the day asked for; persons as of today. No list of fees is kept yet: null."""

    permits: int
    fees: int | None
    officers: int
    officers_by_status: OfficersByStatus
    power_items: list[ClassOut]


class ReceivedOut(Named):
    former: Named


class DepartmentDetail(DepartmentOut):
    uscc: str
    former_names: list[str]
    parent: Named | None
    address: str | None
    work_hours: str | None
    supervision_phone: str | None
    enforcement_basis: list[NormOut]
    areas: list[str]
    confirmed_on: date | None
    announced_on: date | None
    announcement_no: str | None
    review: ReviewOut | None
    first_responsible: PostHolderOut | None
    successor: Named | None
    counts: Counts
    received_items: list[ReceivedOut]
    valid_from: date
    as_of: date
    revision: int


def detailed() -> Selection:
    """One department with everything that is one-to-one with it."""
    columns = [
        *published(),
        col(Department.uscc),
        kept(col(REVISION.former_names), "former_names"),
        col(REVISION.parent_code),
        *names_of("parent", REVISION.parent_code),
        col(REVISION.successor_code),
        *names_of("successor", REVISION.successor_code),
        col(REVISION.address),
        col(REVISION.work_hours),
        col(REVISION.supervision_phone),
        kept(col(REVISION.enforcement_basis), "enforcement_basis"),
        kept(col(REVISION.areas), "areas"),
        col(REVISION.confirmed_on),
        col(REVISION.announced_on),
        col(REVISION.announcement_no),
        col(REVISION.valid_from),
        col(Department.id),
    ]
    found: Selection = (
        select(*columns)
        .join(REVISION, joined())
        .where(col(Department.code) == bindparam("code"))
        .where(col(Department.division_code) == bindparam("division"))
    )
    return found


def names_of(label: str, code: Any) -> list[Any]:
    """The names, that day, of the unit that a code names in the same division."""
    other: Any = aliased(Department)
    revision: Any = aliased(DepartmentRevision)
    return [
        select(getattr(revision, name))
        .join(other, revision.department_id == other.id)
        .where(other.code == code, other.division_code == Department.division_code)
        .where(in_force(revision))
        .correlate(Department, DepartmentRevision)
        .scalar_subquery()
        .label(f"{label}_{name}")
        for name in ("name", "name_en")
    ]


def holder() -> Selection:
    found: Selection = (
        select(col(Post.title).label("post"), col(PostHolding.person_name).label("name"))
        .join(PostHolding, col(PostHolding.post_id) == col(Post.id))
        .where(col(Post.department_id) == bindparam("department_id"))
        .where(col(Post.is_first_responsible), in_force(Post), in_force(PostHolding))
    )
    return found
