"""Enforcement officers, their dated history, and the roster that a department publishes."""

from datetime import date
from typing import Final, Literal

from sqlalchemy import Index, Text, bindparam, func, select
from sqlmodel import Field, SQLModel, col

from app.listing import AnyOf, Counted, Listing, among
from app.models.columns import PUBLIC, always, closed
from app.models.departments import Department
from app.rules.credentials import Status as CredentialStatus
from app.rules.officers import EmploymentType, Qualification, Status

# of INV-O1, what one row can say; the exam and the announcement are the rule's
ELIGIBLE: Final = (
    "qualification <> 'qualified' or employment_type in"
    " ('civil_servant', 'ref_civil', 'institution_staff')"
)


class Officer(SQLModel, table=True):
    """Who enforces. Sex is not kept: no rule asks for it, and a photograph shows the holder."""

    __table_args__ = (
        closed("employment_type", EmploymentType),
        closed("qualification", Qualification),
        closed("status", Status),
        always("eligible", ELIGIBLE),  # INV-O1
        Index("ix_officer_department_id", "department_id", "status"),
        Index("ix_officer_name_normalized", "name_normalized"),
        Index("ix_officer_id_no_hmac", "id_no_hmac"),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    officer_no: str = Field(max_length=32, unique=True)
    division_code: str = Field(max_length=9, foreign_key="administrative_division.code")
    name: str = Field(max_length=100)
    name_normalized: str = Field(max_length=100)
    former_name: str | None = Field(default=None, max_length=100)
    id_no_hmac: str | None = Field(default=None, max_length=64)
    id_no_last4: str | None = Field(default=None, max_length=4)
    department_id: int = Field(foreign_key="department.id")
    section: str | None = Field(default=None, max_length=100)
    post: str | None = Field(default=None, max_length=100)
    areas: str | None = Field(default=None, sa_type=Text)
    photo_digest: str | None = Field(default=None, max_length=64)
    employment_type: str = Field(max_length=20)
    qualification: str = Field(max_length=16)
    status: str = Field(max_length=16)
    registered_on: date
    recovery_due: date | None = None
    cards_returned_on: date | None = None


class OfficerEvent(SQLModel, table=True):
    """What changed about an officer on a legal day, as it stood afterwards."""

    __tablename__ = "officer_event"
    __table_args__ = (Index("ix_officer_event_officer_id", "officer_id", "effective_on"), PUBLIC)

    id: int | None = Field(default=None, primary_key=True)
    officer_id: int = Field(foreign_key="officer.id")
    act: str = Field(max_length=32)
    effective_on: date
    department_id: int
    employment_type: str = Field(max_length=20)
    qualification: str = Field(max_length=16)
    status: str = Field(max_length=16)
    annulled_on: date | None = None


class OfficerOut(SQLModel):
    name: str
    certificate_no: str
    category: str
    status: str
    valid_to: date


class OfficerFilter(Counted):
    status: AnyOf[CredentialStatus] | None = None
    sort: Literal["certificate_no"] = "certificate_no"


OFFICERS_OF: Final = (
    select(func.count())
    .select_from(Officer)
    .where(col(Officer.department_id) == col(Department.id), col(Officer.status) == "active")
    .correlate(Department)
    .scalar_subquery()
)


def roster() -> Listing:
    """The officers of one department by certificate; no photo, no identity number."""
    from app.models.credentials import Credential

    base = (
        select(
            col(Officer.name),
            col(Credential.certificate_no),
            col(Credential.category),
            col(Credential.status),
            col(Credential.valid_to),
        )
        .join(Credential, col(Credential.officer_id) == col(Officer.id))
        .where(col(Credential.department_id) == bindparam("department_id"))
    )
    held = {"status": among(col(Credential.status), "status")}
    return Listing(base, held, {"certificate_no": (col(Credential.certificate_no),)})
