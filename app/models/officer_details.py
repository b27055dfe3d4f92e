"""One officer as the offices and the own unit read them: cards, and how it was on a day."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import Field as Limited
from sqlalchemy import and_, bindparam, or_, select
from sqlmodel import SQLModel, col

from app.listing import AnyOf, Listing, Selection, Window, among
from app.models.credentials import Credential, CredentialEvent
from app.models.departments import Department, DepartmentRevision, Named, in_force
from app.models.officers import Officer, OfficerEvent
from app.rules.credentials import Result, Scheme, Status
from app.rules.officers import EmploymentType, Qualification
from app.rules.officers import Status as Service


class OfficerRecordOut(SQLModel):
    officer_no: str
    name: str
    department: Named
    employment_type: EmploymentType
    qualification: Qualification
    status: Service


class ThenOut(SQLModel):
    """`known_then`: what the register said on that day, before a later decision annulled it."""

    status: Status | None
    known_then: Status | None


class CardOut(SQLModel):
    certificate_no: str
    scheme: Scheme
    category: str
    status: Status
    ended_as: Result | None
    since: date
    locally_suspended_since: date | None
    valid_from: date
    valid_to: date
    verify_token: str
    then: ThenOut | None


class QualificationThenOut(SQLModel):
    qualification: Qualification | None
    known_then: Qualification | None


class OfficerDetail(OfficerRecordOut):
    """`then` is of the day asked for with `as_of`; without a day there is none."""

    registered_on: date
    cards: list[CardOut]
    then: QualificationThenOut | None


class OfficerRecordFilter(Window):
    """`person`: the whole name of today or before, or the number of the officer or of a card."""

    person: Annotated[str | None, Limited(max_length=100)] = None
    department: AnyOf[Annotated[str, Limited(max_length=8)]] | None = None
    qualification: AnyOf[Qualification] | None = None
    status: AnyOf[Service] | None = None
    sort: Literal["officer_no", "-officer_no"] = "officer_no"


CALLED: Final = and_(
    col(DepartmentRevision.department_id) == col(Department.id), in_force(DepartmentRevision)
)
BASE: Final[Selection] = (
    select(
        col(Officer.officer_no),
        col(Officer.name),
        col(Department.code).label("department.code"),
        col(DepartmentRevision.name).label("department.name"),
        col(DepartmentRevision.name_en).label("department.name_en"),
        col(Officer.employment_type),
        col(Officer.qualification),
        col(Officer.status),
    )
    .join(Department, col(Department.id) == col(Officer.department_id))
    .join(DepartmentRevision, CALLED)
)
HOLDS: Final = (
    select(col(Credential.officer_id))
    .where(col(Credential.certificate_no) == bindparam("person"))
    .scalar_subquery()
)
CONDITIONS: Final = {
    "person": or_(
        col(Officer.name_normalized) == bindparam("called"),
        col(Officer.officer_no) == bindparam("person"),
        col(Officer.id).in_(HOLDS),
    ),
    "department": among(col(Department.code), "department"),
    "qualification": among(col(Officer.qualification), "qualification"),
    "status": among(col(Officer.status), "status"),
}
BY: Final = {"officer_no": (col(Officer.officer_no),)}
LISTING: Final = Listing(BASE, CONDITIONS, BY)
OWN: Final = Listing(
    BASE.where(col(Department.code).in_(bindparam("units", expanding=True))), CONDITIONS, BY
)
NUMBERED: Final[Selection] = BASE.add_columns(col(Officer.id), col(Officer.registered_on)).where(
    col(Officer.officer_no) == bindparam("officer_no")
)
CARDS: Final[Selection] = (
    select(
        col(Credential.id),
        *(col(getattr(Credential, name)) for name in CardOut.model_fields if name != "then"),
    )
    .where(col(Credential.officer_id) == bindparam("officer_id"))
    .order_by(col(Credential.valid_from), col(Credential.id))
)


def then(column: Any, owner: Any, event: type, *, known: bool) -> Selection:
    """The last event up to a day: as the law has it now, or as it was known on the day."""
    annulled = col(event.annulled_on)  # type: ignore[attr-defined]
    stands: Any = annulled.is_(None)
    if known:
        stands = or_(stands, annulled > bindparam("as_of"))
    found: Selection = (
        select(column)
        .where(owner == bindparam("id"), stands)
        .where(col(event.effective_on) <= bindparam("as_of"))  # type: ignore[attr-defined]
        .order_by(col(event.effective_on).desc(), col(event.id).desc())  # type: ignore[attr-defined]
        .limit(1)
    )
    return found


CARD_THEN: Final = {
    known: then(
        col(CredentialEvent.status), col(CredentialEvent.credential_id), CredentialEvent,
        known=known,
    )
    for known in (False, True)
}  # fmt: skip
OFFICER_THEN: Final = {
    known: then(
        col(OfficerEvent.qualification), col(OfficerEvent.officer_id), OfficerEvent, known=known
    )
    for known in (False, True)
}
