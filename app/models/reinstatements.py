"""Reinstatements, and the training that counts towards one."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel
from pydantic import Field as Limited
from sqlalchemy import Index, Text, bindparam
from sqlmodel import Field, SQLModel, col

from app.listing import AnyOf, Counted, Day, Listing, among
from app.models.columns import PUBLIC, closed
from app.models.departments import Named
from app.models.objection_details import about_people
from app.models.registrations import Registration
from app.models.suspension_orders import OF_UNITS, SuspensionOrder
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


class ReinstatementIn(BaseModel, extra="forbid"):
    """`line` is the person's line of the order; `registration` the later exam, if it is known."""

    line: Annotated[str, Limited(max_length=60)]
    registration: Annotated[str | None, Limited(max_length=40)] = None


class LaterExamIn(BaseModel, extra="forbid"):
    registration: Annotated[str, Limited(max_length=40)]


class TrainingIn(BaseModel, extra="forbid"):
    course: Annotated[str, Limited(min_length=1, max_length=200)]
    hours: Annotated[int, Limited(ge=1, le=1000)]
    held_on: Day


class RefusalIn(BaseModel, extra="forbid"):
    reason: Annotated[str, Limited(min_length=1, max_length=1000)]


class Checklist(BaseModel):
    """The guards; an expired card (`validity`) is renewed and holds nobody back."""

    exam: bool
    hours: bool
    employment: bool
    causes: bool
    validity: bool


class ReinstatementOut(SQLModel):
    number: str
    order_no: str
    line: str
    officer_no: str
    name: str
    department: Named
    state: State
    registration: str | None
    requested_on: date
    maker: str | None
    checker: str | None
    decided_on: date | None
    reason: str | None


class ReinstatementDetail(ReinstatementOut):
    """`checklist` as it stands today, or as it stood when it was decided."""

    checklist: Checklist


class ReinstatementFilter(Counted):
    order_no: Annotated[str | None, Limited(max_length=50)] = None
    state: AnyOf[State] | None = None
    sort: Literal["number", "-number"] = "number"


BASE: Final[Any] = about_people(
    Reinstatement,
    col(Reinstatement.state),
    col(Registration.number).label("registration"),
    col(Reinstatement.requested_on),
    col(Reinstatement.maker),
    col(Reinstatement.checker),
    col(Reinstatement.decided_on),
    col(Reinstatement.reason),
).outerjoin(Registration, col(Registration.id) == col(Reinstatement.registration_id))
CONDITIONS: Final[dict[str, Any]] = {
    "order_no": col(SuspensionOrder.order_no) == bindparam("order_no"),
    "state": among(col(Reinstatement.state), "state"),
}
BY: Final[dict[str, Any]] = {"number": (col(Reinstatement.number),)}
LISTING: Final = Listing(BASE, CONDITIONS, BY)
OWN: Final = Listing(BASE.where(OF_UNITS), CONDITIONS, BY)
NUMBERED: Final = BASE.where(col(Reinstatement.number) == bindparam("number"))
