"""Each unit's part of a roster: how many officers are on it, and who signed for them."""

from datetime import date
from typing import Any, Final, Literal

from sqlalchemy import and_, bindparam, func, select
from sqlmodel import SQLModel, col

from app.listing import Listing, Window
from app.models.departments import Department, DepartmentRevision, Named, in_force
from app.models.exam_campaigns import ExamCampaign, UnitRoster
from app.models.posts import Post, PostHolding
from app.models.registrations import Registration
from app.rules.exam_campaigns import Eligibility, Outcome


class RosterOut(SQLModel):
    """`signed_officers` is what was signed; it is signed again when `officers` moved since.

    `first_responsible` is who has to sign.
    """

    unit: str
    department: Named
    officers: int
    passed: int
    failed: int
    absent: int
    deferred: int
    first_responsible: str | None
    signed_officers: int | None
    signed_by: str | None
    signed_on: date | None


class RosterWindow(Window):
    sort: Literal["unit"] = "unit"


def ended(outcome: Outcome) -> Any:
    return func.count().filter(col(Registration.outcome) == outcome).label(str(outcome))


SIGNED: Final = and_(
    col(UnitRoster.campaign_id) == col(ExamCampaign.id),
    col(UnitRoster.department_id) == col(Department.id),
)
CALLED: Final = and_(
    col(DepartmentRevision.department_id) == col(Department.id), in_force(DepartmentRevision)
)
UNIT: Final[Any] = col(Department.code).label("unit")
NAMED: Final[list[Any]] = [
    UNIT,
    col(Department.code).label("department.code"),
    col(DepartmentRevision.name).label("department.name"),
    col(DepartmentRevision.name_en).label("department.name_en"),
]
SIGNATURE: Final[list[Any]] = [
    col(UnitRoster.officers).label("signed_officers"),
    col(UnitRoster.signed_by),
    col(UnitRoster.signed_on),
]
RESPONSIBLE: Final[Any] = (
    select(col(PostHolding.person_name))
    .join(Post, col(Post.id) == col(PostHolding.post_id))
    .where(col(Post.department_id) == col(Department.id), col(Post.is_first_responsible))
    .where(in_force(Post), in_force(PostHolding))
    .correlate(Department)
    .limit(1)
    .scalar_subquery()
)
BASE: Final[Any] = (
    select(
        *NAMED,
        func.count().label("officers"),
        *(ended(each) for each in (Outcome.PASSED, Outcome.FAILED, Outcome.ABSENT)),
        ended(Outcome.DEFERRED),
        func.max(RESPONSIBLE).label("first_responsible"),
        *SIGNATURE,
    )
    .select_from(ExamCampaign)
    .join(Registration, col(Registration.campaign_id) == col(ExamCampaign.id))
    .join(Department, col(Department.id) == col(Registration.department_id))
    .join(DepartmentRevision, CALLED)
    .outerjoin(UnitRoster, SIGNED)
    .where(col(ExamCampaign.code) == bindparam("code"))
    .where(col(Registration.eligibility) == Eligibility.ELIGIBLE)
    .group_by(*NAMED, *SIGNATURE)
)
OF_UNITS: Final = col(Department.code).in_(bindparam("units", expanding=True))
BY: Final[dict[str, Any]] = {"unit": (UNIT,)}
ROSTERS: Final = Listing(BASE, {}, BY)
OWN_ROSTERS: Final = Listing(BASE.where(OF_UNITS), {}, BY)
