"""Liaison pairs: which leader answers for which enterprise, since when, by which document."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import Field as Limited
from sqlalchemy import Index, UniqueConstraint, and_, bindparam, case, literal, or_, select, text
from sqlalchemy.orm import aliased
from sqlmodel import Field, SQLModel, col

from app.listing import AnyOf, Day, Listing, Page, Selection, among
from app.models.calendars import DueOut
from app.models.columns import PUBLIC, always, closed, validity
from app.models.departments import Department, DepartmentRevision, in_force
from app.models.divisions import AdministrativeDivision
from app.models.enterprises import Enterprise
from app.models.leaders import Leader
from app.models.posts import Post, PostHolding
from app.models.search import Searched, found_by
from app.rules import uscc as codes
from app.rules.enterprises import Category
from app.rules.liaison_pairs import Role, State

ONE_LEAD = text("role = 'lead' and valid_to is null and state <> 'proposed'")


class LiaisonPair(SQLModel, table=True):
    __tablename__ = "liaison_pair"
    __table_args__ = (
        UniqueConstraint("pair_no", name="uq_liaison_pair_pair_no"),
        Index(  # INV-L1
            "uq_liaison_pair_one_lead",
            "enterprise_id",
            unique=True,
            sqlite_where=ONE_LEAD,
            postgresql_where=ONE_LEAD,
        ),
        Index("ix_liaison_pair_leader_id", "leader_id", "pair_no"),
        Index("ix_liaison_pair_enterprise_id", "enterprise_id", "pair_no"),
        closed("state", State),
        closed("role", Role),
        closed("category", Category),
        always("document", "state = 'proposed' or document_no is not null"),
        always("ended", "(state = 'ended') = (valid_to is not null and end_reason is not null)"),
        validity(),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    pair_no: str = Field(max_length=32)
    division_code: str = Field(max_length=9, foreign_key="administrative_division.code")
    leader_id: int = Field(foreign_key="leader.id")
    enterprise_id: int = Field(foreign_key="enterprise.id")
    role: str = Field(default=Role.LEAD, max_length=20)
    support_department_id: int = Field(foreign_key="department.id")
    liaison_officer: str = Field(max_length=100)
    contact_line: str = Field(max_length=32)
    contact_hours: str | None = Field(default=None, max_length=100)
    category: str = Field(max_length=16)
    document_no: str | None = Field(default=None, max_length=50)
    document_title: str | None = Field(default=None, max_length=200)
    state: str = Field(max_length=16)
    valid_from: date
    valid_to: date | None = None
    end_reason: str | None = Field(default=None, max_length=100)
    handover_since: date | None = None
    handover_due: date | None = None
    updated_on: date


class PairedEnterprise(SQLModel):
    uscc: str
    name: str
    name_en: str | None
    category: Category
    industry: str
    township: str | None


class PairedLeader(SQLModel):
    code: str
    name: str
    post: str | None
    post_en: str | None


class SupportDepartment(SQLModel):
    code: str
    name: str
    name_en: str | None
    phone: str | None


class Contact(SQLModel):
    kind: Literal["hotline", "enterprise_office", "industry_department"]
    name: str
    phone: str
    hours: str | None


class LiaisonPairOut(SQLModel):
    pair_no: str
    state: State
    enterprise: PairedEnterprise
    leader: PairedLeader
    support_department: SupportDepartment
    liaison_officer: str
    contact_line: str
    contact_hours: str | None
    category: Category
    document_no: str | None
    document_title: str | None
    valid_from: date
    valid_to: date | None
    end_reason: str | None
    handover_since: date | None
    handover_due: date | None
    fallback: Contact | None
    handover_sum: DueOut | None = None


class Why(StrEnum):
    """Why nobody is found. Who opted out reads like who was never listed."""

    NOT_ON_LIST = "not_on_list"
    UNPAIRED = "unpaired"
    MERGED = "merged"
    DEREGISTERED = "deregistered"
    MOVED_OUT = "moved_out"


class SuccessorOut(SQLModel):
    uscc: str
    name: str


class LiaisonPage(Page[LiaisonPairOut]):
    reason: Why | None
    fallback: list[Contact]
    successor: SuccessorOut | None


LeaderCode = Annotated[str, Limited(pattern="^[0-9A-Za-z_-]{1,32}$")]


Answering = Literal[State.ACTIVE, State.HANDOVER]


class LiaisonPairFilter(Searched):
    uscc: Annotated[str | None, Limited(max_length=40)] = None
    leader: AnyOf[LeaderCode] | None = None
    category: AnyOf[Category] | None = None
    state: AnyOf[Answering] | None = None
    as_of: Day | None = None
    updated_since: Day | None = None
    sort: Literal["pair_no"] = "pair_no"

    def values(self) -> dict[str, Any]:
        found = super().values()
        if self.uscc is not None:
            found["uscc"] = codes.check(self.uscc)
        return found


P: Final = LiaisonPair
STATE: Final = case(
    (and_(col(P.valid_to).is_not(None), col(P.valid_to) <= bindparam("as_of")), "ended"),
    (col(P.handover_since) <= bindparam("as_of"), "handover"),
    else_="active",
)
STANDS: Final = case((col(P.state) == State.PROPOSED, "proposed"), else_=STATE)
ISSUED: Final = col(P.state) != State.PROPOSED
_post = aliased(Post)


COLUMNS: Final[list[Any]] = [
    col(P.pair_no),
    STANDS.label("state"),
    col(Enterprise.uscc).label("enterprise.uscc"),
    col(Enterprise.name).label("enterprise.name"),
    col(Enterprise.name_en).label("enterprise.name_en"),
    col(Enterprise.category).label("enterprise.category"),
    col(Enterprise.industry).label("enterprise.industry"),
    col(AdministrativeDivision.name).label("enterprise.township"),
    col(Leader.code).label("leader.code"),
    col(Leader.name).label("leader.name"),
    _post.title.label("leader.post"),  # type: ignore[attr-defined]
    _post.title_en.label("leader.post_en"),  # type: ignore[union-attr]
    col(Department.code).label("support_department.code"),
    col(DepartmentRevision.name).label("support_department.name"),
    col(DepartmentRevision.name_en).label("support_department.name_en"),
    col(DepartmentRevision.service_phone).label("support_department.phone"),
    col(P.liaison_officer),
    col(P.contact_line),
    col(P.contact_hours),
    col(P.category),
    col(P.document_no),
    col(P.document_title),
    col(P.valid_from),
    col(P.valid_to),
    col(P.end_reason),
    col(P.handover_since),
    col(P.handover_due),
]
IN_TOWN: Final = col(AdministrativeDivision.code) == col(Enterprise.township_code)
HELD: Final = and_(col(PostHolding.person_code) == col(Leader.code), in_force(PostHolding))
CALLED: Final = and_(
    col(DepartmentRevision.department_id) == col(Department.id), in_force(DepartmentRevision)
)
# Pairs with the names they carry on `:as_of`, those drawn up and not yet issued among them.
DRAWN: Final[Any] = (
    select(*COLUMNS)
    .join(Enterprise, col(P.enterprise_id) == col(Enterprise.id))
    .outerjoin(AdministrativeDivision, IN_TOWN)
    .join(Leader, col(P.leader_id) == col(Leader.id))
    .outerjoin(PostHolding, HELD)
    .outerjoin(_post, _post.id == PostHolding.post_id)  # type: ignore[arg-type]
    .join(Department, col(P.support_department_id) == col(Department.id))
    .join(DepartmentRevision, CALLED)
)
PAIRS: Final[Any] = DRAWN.where(ISSUED)


NUMBERED: Final[Selection] = PAIRS.where(col(P.pair_no) == bindparam("pair_no"))
ANY_NUMBERED: Final[Selection] = DRAWN.where(col(P.pair_no) == bindparam("pair_no"))
LISTING: Final = Listing(
    PAIRS.where(in_force(P)),
    {
        "q": or_(found_by("enterprise", col(Enterprise.id)), found_by("leader", col(Leader.id))),
        "uscc": col(Enterprise.uscc) == bindparam("uscc"),
        "leader": among(col(Leader.code), "leader"),
        "category": among(col(P.category), "category"),
        "state": among(STATE, "state"),
        "updated_since": col(P.updated_on) >= bindparam("updated_since"),
    },
    {"pair_no": (col(P.pair_no),)},
)
# Every pair ever issued, those that ended too: a mirror learns here which cards to take down.
EXPORT: Final = Listing(PAIRS, {}, {"pair_no": (col(P.pair_no),)})

PROPOSALS: Final = Listing(
    DRAWN.where(col(P.state) == State.PROPOSED), {}, {"pair_no": (col(P.pair_no),)}
)

# The department of an enterprise's line of business, as a door to knock at.
INDUSTRY: Final[Selection] = (
    select(
        literal("industry_department").label("kind"),
        col(DepartmentRevision.name),
        col(DepartmentRevision.service_phone).label("phone"),
        col(DepartmentRevision.work_hours).label("hours"),
    )
    .join(Department, CALLED)
    .where(col(Department.code) == bindparam("code"))
    .where(col(Department.division_code) == bindparam("division"))
    .where(col(DepartmentRevision.service_phone).is_not(None))
)
