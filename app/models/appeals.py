"""Appeals against an effective suspension."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel
from pydantic import Field as Limited
from sqlalchemy import Text, UniqueConstraint, bindparam
from sqlmodel import Field, SQLModel, col

from app.listing import AnyOf, Counted, Listing, among
from app.models.columns import PUBLIC, closed, kept
from app.models.departments import Named
from app.models.objection_details import Text as Words
from app.models.objection_details import about_people
from app.models.suspension_orders import OF_UNITS, SuspensionOrder
from app.rules.appeals import State


class Appeal(SQLModel, table=True):
    __table_args__ = (
        UniqueConstraint("line_id", "step", name="uq_appeal_line_id"),
        closed("state", State),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=60, unique=True)
    line_id: int = Field(foreign_key="suspension_line.id")
    step: int
    filed_on: date
    due_on: date
    extended_to: date | None = None
    grounds: str = Field(max_length=2000)
    panel: str = Field(default="[]", sa_type=Text)
    state: str = Field(max_length=16)
    decided_on: date | None = None
    reason: str | None = Field(default=None, max_length=2000)


class AppealIn(BaseModel, extra="forbid"):
    """`line` is the number of the person's line in the order that took effect."""

    line: Annotated[str, Limited(max_length=60)]
    grounds: Words


class PanelIn(BaseModel, extra="forbid"):
    """Accounts of the members; who made, checked or marked any of it is refused."""

    members: Annotated[list[Annotated[str, Limited(max_length=64)]], Limited(max_length=9)]


class AppealDecisionIn(BaseModel, extra="forbid"):
    decision: Literal[State.MAINTAINED, State.CHANGED, State.REVOKED]
    reason: Words


class AppealOut(SQLModel):
    number: str
    order_no: str
    line: str
    officer_no: str
    name: str
    department: Named
    step: int
    grounds: str
    filed_on: date
    due_on: date
    extended_to: date | None
    panel: list[str]
    state: State
    decided_on: date | None
    reason: str | None


class AppealFilter(Counted):
    order_no: Annotated[str | None, Limited(max_length=50)] = None
    state: AnyOf[State] | None = None
    sort: Literal["due_on", "-due_on"] = "due_on"


BASE: Final[Any] = about_people(
    Appeal,
    col(Appeal.step),
    col(Appeal.grounds),
    col(Appeal.filed_on),
    col(Appeal.due_on),
    col(Appeal.extended_to),
    kept(col(Appeal.panel), "panel"),
    col(Appeal.state),
    col(Appeal.decided_on),
    col(Appeal.reason),
)
CONDITIONS: Final[dict[str, Any]] = {
    "order_no": col(SuspensionOrder.order_no) == bindparam("order_no"),
    "state": among(col(Appeal.state), "state"),
}
ORDERS: Final[dict[str, Any]] = {"due_on": (col(Appeal.due_on), col(Appeal.number))}
LISTING: Final = Listing(BASE, CONDITIONS, ORDERS)
OWN: Final = Listing(BASE.where(OF_UNITS), CONDITIONS, ORDERS)
NUMBERED: Final = BASE.where(col(Appeal.number) == bindparam("number"))
