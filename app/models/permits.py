"""Permit items and their revisions: what a permit takes, how long, by what right, at what price."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator
from pydantic import Field as Limited
from sqlalchemy import Index, Text, UniqueConstraint, and_, bindparam, func, select, text
from sqlalchemy.orm import aliased
from sqlmodel import Field, SQLModel, col

from app.listing import AnyOf, Day, Listing, Selection, among, apart
from app.models.calendars import DueOut
from app.models.columns import MOST_KEPT, PUBLIC, always, as_kept, closed, keeps, kept, validity
from app.models.departments import Department, DepartmentCode, DepartmentRevision, Named, in_force
from app.models.permit_standings import PermitStanding
from app.models.power_items import PowerItem
from app.models.search import Searched, found_by
from app.rules.permits import State, Type
from app.rules.workdays import Unit

OPEN = text("valid_to is null")
PROMISE = (  # whole numbers, so both databases agree: a natural day is 5/7, a month 21
    "promised_limit >= 0 and promised_limit * 7 <= statutory_limit * case statutory_unit"
    " when 'natural_day' then 5 when 'month' then 147 else 7 end"
)


class PermitItem(SQLModel, table=True):
    __tablename__ = "permit_item"
    __table_args__ = (
        closed("state", State),
        always("cancellation", "state <> 'cancelled' or cancellation_no is not null"),  # INV-M5
        always("suspension", "state <> 'suspended_by_law' or suspension_no is not null"),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=20, unique=True)
    division_code: str = Field(max_length=9, foreign_key="administrative_division.code")
    power_item_id: int = Field(foreign_key="power_item.id")
    state: str = Field(max_length=20)
    version: int = 1
    suspension_no: str | None = Field(default=None, max_length=50)
    cancellation_no: str | None = Field(default=None, max_length=50)
    state_since: date | None = None


class PermitRevision(SQLModel, table=True):
    """One complete, immutable statement of an item; open cases keep theirs."""

    __tablename__ = "permit_revision"
    __table_args__ = (
        UniqueConstraint("permit_id", "revision", name="uq_permit_revision_number"),
        Index(
            "uq_permit_revision_open",
            "permit_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index("ix_permit_revision_department_id", "department_id", "permit_id"),
        closed("type", Type),
        closed("statutory_unit", Unit),
        always("four_eyes", "maker <> checker"),
        always("promise", PROMISE),  # INV-M1
        always("online_level", "online_level between 0 and 3"),
        validity(),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    permit_id: int = Field(foreign_key="permit_item.id")
    revision: int
    valid_from: date
    valid_to: date | None = None
    updated_on: date
    maker: str = Field(max_length=100)
    checker: str = Field(max_length=100)
    public_note: str | None = Field(default=None, max_length=500)
    name: str = Field(max_length=200)
    name_en: str | None = Field(default=None, max_length=300)
    type: str = Field(max_length=32)
    department_id: int = Field(foreign_key="department.id")
    statutory_body_id: int = Field(foreign_key="department.id")
    statutory_limit: int
    statutory_unit: str = Field(max_length=16)
    statutory_basis: str = Field(max_length=300)
    promised_limit: int
    promise_public_from: date | None = None
    free: bool = True
    online_level: int = 0
    visits_max: int = 1
    themes: str = Field(default="[]", sa_type=Text)
    content: str = Field(sa_type=Text)


class LimitsOut(SQLModel):
    statutory_limit: int
    statutory_unit: Unit
    promised_limit: int


class PermitOut(LimitsOut):
    code: str
    name: str
    name_en: str | None
    type: Type
    department: Named
    instant: bool
    free: bool
    online_level: int
    visits_max: int
    themes: list[str]
    valid_from: date
    state: State


class PermitDetail(PermitOut):
    power_item_code: str
    statutory_body: Named
    statutory_basis: str
    promise_public_from: date | None
    state_since: date
    state_document_no: str | None
    revision: int
    public_note: str | None
    conditions: list[dict[str, Any]]
    materials: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    special_steps: list[dict[str, Any]]
    windows: list[dict[str, Any]]
    remedies: list[dict[str, Any]]
    legal_basis: list[dict[str, Any]]
    fees: list[dict[str, Any]]
    audience: list[str]
    business_item: str | None
    exercise_level: str
    accept_place: str
    service_scope: str | None
    quantity_limit: str | None
    commitment_available: bool
    result_name: str
    validity_months: int | None
    delivery: str
    supervision_phone: str
    as_of: date


class PermitDueDates(SQLModel):
    """When each period of one application ends. An item done on the spot has no promised sum."""

    received_on: date
    counts_from: date
    correction_notice: DueOut
    promised: DueOut | None
    statutory: DueOut
    delivery: DueOut


class ReceivedOn(SQLModel):
    model_config = {"extra": "forbid"}

    received_on: Annotated[Day | None, Limited(ge=date(2000, 1, 1), le=date(2100, 12, 31))] = None


Theme = Annotated[str, Limited(pattern="^[a-z_]{1,32}$")]
Themes = Annotated[
    tuple[Theme, ...], Limited(min_length=1, max_length=MOST_KEPT), BeforeValidator(apart)
]
OnlineLevel = Annotated[int, Limited(ge=0, le=3)]


PublicState = Literal[State.PUBLISHED, State.SUSPENDED_BY_LAW, State.CANCELLED]


class PermitFilter(Searched):
    """Without `state`: what is on the list, so not what was cancelled."""

    state: AnyOf[PublicState] = (State.PUBLISHED, State.SUSPENDED_BY_LAW)
    department: AnyOf[DepartmentCode] | None = None
    type: AnyOf[Type] | None = None
    theme: Themes | None = None
    instant: bool | None = None
    max_days: Annotated[int | None, Limited(ge=0, le=1000)] = None
    free: bool | None = None
    online_level: AnyOf[OnlineLevel] | None = None
    as_of: Day | None = None
    updated_since: Day | None = None
    sort: Literal["code", "-code", "promised_limit", "-promised_limit", "name"] = "code"

    def values(self) -> dict[str, Any]:
        found = super().values()
        if self.theme is not None:
            found |= as_kept("theme", self.theme)
        return found


R: Final = PermitRevision
S: Final = PermitStanding
WORDED: Final = and_(col(R.permit_id) == col(PermitItem.id), in_force(R))
STANDING: Final = and_(col(S.permit_id) == col(PermitItem.id), in_force(S))
PERMITS: Final = select(func.count()).select_from(PermitItem).join(R, WORDED).join(S, STANDING)
_of, _stands = aliased(PermitRevision), aliased(PermitStanding)
PERMITS_OF: Final = (
    select(func.count())
    .select_from(_of)
    .join(_stands, and_(_stands.permit_id == _of.permit_id, in_force(_stands)))  # type: ignore[arg-type]
    .where(_of.department_id == Department.id, in_force(_of))  # type: ignore[arg-type]
    .where(_stands.state != State.CANCELLED)  # type: ignore[arg-type]
    .correlate(Department)
    .scalar_subquery()
)
_body, _body_name = aliased(Department), aliased(DepartmentRevision)

COLUMNS: Final[list[Any]] = [
    col(PermitItem.code),
    col(R.name),
    col(R.name_en),
    col(R.type),
    col(Department.code).label("department.code"),
    col(DepartmentRevision.name).label("department.name"),
    col(DepartmentRevision.name_en).label("department.name_en"),
    col(R.statutory_limit),
    col(R.statutory_unit),
    col(R.promised_limit),
    (col(R.promised_limit) == 0).label("instant"),
    col(R.free),
    col(R.online_level),
    col(R.visits_max),
    kept(col(R.themes), "themes"),
    col(R.valid_from),
    col(S.state),
]


def joined(*columns: Any) -> Any:
    department = and_(
        col(DepartmentRevision.department_id) == col(Department.id), in_force(DepartmentRevision)
    )
    return (
        select(*COLUMNS, *columns)
        .join(R, WORDED)
        .join(S, STANDING)
        .join(Department, col(R.department_id) == col(Department.id))
        .join(DepartmentRevision, department)
    )


CODED: Final[Selection] = (
    joined(
        col(PowerItem.code).label("power_item_code"),
        _body.code.label("statutory_body.code"),  # type: ignore[attr-defined]
        _body_name.name.label("statutory_body.name"),  # type: ignore[attr-defined]
        _body_name.name_en.label("statutory_body.name_en"),  # type: ignore[union-attr]
        col(R.statutory_basis),
        col(R.promise_public_from),
        col(S.valid_from).label("state_since"),
        col(S.document_no).label("state_document_no"),
        col(R.revision),
        col(R.public_note),
        kept(col(R.content), "content"),
    )
    .join(PowerItem, col(PermitItem.power_item_id) == col(PowerItem.id))
    .join(_body, _body.id == R.statutory_body_id)
    .join(_body_name, and_(_body_name.department_id == _body.id, in_force(_body_name)))  # type: ignore[arg-type]
    .where(col(PermitItem.code) == bindparam("code"))
)

LISTING: Final = Listing(
    joined(),
    {
        "state": among(col(S.state), "state"),
        "q": found_by("permit", col(PermitItem.id)),
        "department": among(col(Department.code), "department"),
        "type": among(col(R.type), "type"),
        "theme": keeps(col(R.themes), "theme"),
        "instant": (col(R.promised_limit) == 0) == bindparam("instant"),
        "max_days": col(R.promised_limit) <= bindparam("max_days"),
        "free": col(R.free) == bindparam("free"),
        "online_level": among(col(R.online_level), "online_level"),
        "updated_since": col(R.updated_on) >= bindparam("updated_since"),
    },
    {
        "code": (col(PermitItem.code),),
        "promised_limit": (col(R.promised_limit), col(PermitItem.code)),
        "name": (col(R.name), col(PermitItem.code)),
    },
)
