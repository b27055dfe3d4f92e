"""Verification of one credential, and of a team: what is asked, answered and read."""

import unicodedata
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import and_, bindparam, select
from sqlmodel import col

from app.listing import Day, Selection
from app.models.credentials import Credential, CredentialEvent
from app.models.departments import Department, DepartmentRevision, Named, in_force
from app.models.divisions import AdministrativeDivision
from app.models.joint_actions import JointAction, JointActionMember
from app.models.officers import Officer, OfficerEvent
from app.rules.credentials import Result, Scheme

Number = Annotated[str, Field(min_length=1, max_length=32)]
Name = Annotated[str, Field(min_length=1, max_length=100)]
Token = Annotated[str, Field(min_length=1, max_length=64)]
Area = Annotated[str, Field(pattern=r"^[0-9]{6}([0-9]{3})?$")]


Json = Any  # a part of a JSON Schema
NULL: Final[Json] = {"type": "null"}
TEXT: Final[Json] = {"type": "string"}
ONE_WAY: Final[Json] = [
    {
        "required": ["certificate_no", "name"],
        "properties": {"certificate_no": TEXT, "name": TEXT, "token": NULL},
    },
    {
        "required": ["token"],
        "properties": {"certificate_no": NULL, "name": NULL, "token": TEXT},
    },
]


class Asked(BaseModel):
    """One officer: the certificate's number with the holder's name, or the code's token."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"oneOf": ONE_WAY})

    certificate_no: Number | None = None
    name: Name | None = None
    token: Token | None = None

    @model_validator(mode="after")
    def one_way(self) -> "Asked":
        by_number = self.certificate_no is not None and self.name is not None
        if by_number == (self.token is not None) or (self.certificate_no is None) != (
            self.name is None
        ):
            raise ValueError("give certificate_no with name, or token alone")
        return self


class Context(BaseModel, extra="forbid"):
    on: Day | None = None
    power: Annotated[str | None, Field(min_length=1, max_length=50)] = None
    area_code: Area | None = None


def as_printed(number: str) -> str:
    """A certificate's number as it stands on the card, however it was typed."""
    return "".join(unicodedata.normalize("NFKC", number).split()).upper()


class VerificationIn(Asked, Context):
    """`receipt`: also answer a signed one, which a printed page can carry."""

    receipt: bool | None = None


class TeamVerificationIn(Context):
    officers: Annotated[list[Asked], Field(min_length=2, max_length=5)]


class VerificationBatchIn(Context):
    officers: Annotated[list[Asked], Field(min_length=1, max_length=200)]


class ReasonOut(BaseModel):
    rule: Literal["qualification", "employment", "unit", "area", "category"]
    ok: bool | None
    code: str
    detail: str


class VerificationOut(BaseModel):
    result: Result
    name: str | None
    department: Named | None
    certificate_no: str | None
    category: str | None
    area_code: str | None
    area: str | None
    scheme: Scheme | None
    issuer: str | None
    valid_from: date | None
    valid_to: date | None
    since: date | None
    locally_suspended_since: date | None
    on: date
    checked_at: datetime
    may_enforce: bool
    why: list[ReasonOut]
    supervision_phone: str | None
    status_index: int | None
    receipt: str | None


class VerificationBatchOut(BaseModel):
    results: list[VerificationOut]
    on: date
    checked_at: datetime


class TeamReasonOut(BaseModel):
    rule: Literal["number", "distinct", "unit"]
    ok: bool
    code: str
    detail: str


class TeamVerificationOut(BaseModel):
    team_valid: bool
    why: list[TeamReasonOut]
    results: list[VerificationOut]
    on: date
    checked_at: datetime


D: Final = DepartmentRevision
HELD: Final[Selection] = (
    select(
        col(Credential.id),
        col(Credential.certificate_no),
        col(Credential.scheme),
        col(Credential.issuer),
        col(Credential.category),
        col(Credential.area_code),
        col(AdministrativeDivision.name).label("area"),
        col(Credential.valid_from),
        col(Credential.valid_to),
        col(Credential.status),
        col(Credential.ended_as),
        col(Credential.since),
        col(Credential.locally_suspended_since),
        col(Officer.id).label("officer_id"),
        col(Officer.officer_no),
        col(Officer.name),
        col(Officer.qualification),
        col(Officer.employment_type),
        col(Officer.status).label("officer_status"),
        col(Department.id).label("department_id"),
        col(Department.code).label("department_code"),
        col(D.name).label("department_name"),
        col(D.enforcement),
        col(D.basis_kind),
        col(D.supervision_phone),
    )
    .join(Officer, col(Credential.officer_id) == col(Officer.id))
    .join(Department, col(Credential.department_id) == col(Department.id))
    .join(D, and_(col(D.department_id) == col(Department.id), in_force(D)))
    .outerjoin(
        AdministrativeDivision, col(AdministrativeDivision.code) == col(Credential.area_code)
    )
)
BY_NUMBER: Final[Selection] = HELD.where(
    col(Credential.certificate_no) == bindparam("certificate_no")
).order_by(col(Credential.scheme))
BY_TOKEN: Final[Selection] = HELD.where(col(Credential.verify_token) == bindparam("token"))

CREDENTIAL_THEN: Final[Selection] = (
    select(
        col(CredentialEvent.status),
        col(CredentialEvent.ended_as),
        col(CredentialEvent.effective_on).label("since"),
    )
    .where(col(CredentialEvent.credential_id) == bindparam("credential_id"))
    .where(col(CredentialEvent.effective_on) <= bindparam("as_of"))
    .where(col(CredentialEvent.annulled_on).is_(None))
    .order_by(col(CredentialEvent.effective_on).desc(), col(CredentialEvent.id).desc())
    .limit(1)
)
OFFICER_THEN: Final[Selection] = (
    select(
        col(OfficerEvent.qualification),
        col(OfficerEvent.employment_type),
        col(OfficerEvent.status).label("officer_status"),
    )
    .where(col(OfficerEvent.officer_id) == bindparam("officer_id"))
    .where(col(OfficerEvent.effective_on) <= bindparam("as_of"))
    .where(col(OfficerEvent.annulled_on).is_(None))
    .order_by(col(OfficerEvent.effective_on).desc(), col(OfficerEvent.id).desc())
    .limit(1)
)
JOINT: Final[Selection] = (
    select(col(JointAction.number), col(JointActionMember.department_id))
    .join(JointActionMember, col(JointActionMember.joint_action_id) == col(JointAction.id))
    .where(in_force(JointAction))
)
NOBODY: Final[dict[str, Any]] = dict.fromkeys(
    name
    for name in VerificationOut.model_fields
    if name not in ("result", "on", "checked_at", "may_enforce", "why")
)
