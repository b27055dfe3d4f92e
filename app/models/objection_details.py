"""Objections as the offices and the person's own unit read them, and as they are filed."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel
from pydantic import Field as Limited
from sqlalchemy import bindparam, select
from sqlmodel import SQLModel, col

from app.listing import AnyOf, Counted, Listing, among
from app.models.departments import Department, DepartmentRevision, Named
from app.models.objections import Objection
from app.models.officers import Officer
from app.models.suspension_lines import SuspensionLine
from app.models.suspension_orders import CALLED, OF_UNITS, SuspensionOrder
from app.rules.objections import Kind, State

Text = Annotated[str, Limited(min_length=1, max_length=2000)]
Digest = Annotated[str, Limited(pattern="^[0-9a-f]{64}$")]


class ObjectionIn(BaseModel, extra="forbid"):
    """`line` is the number of the person's line; a unit files for its own people."""

    line: Annotated[str, Limited(max_length=60)]
    kind: Kind
    statement: Text


class ObjectionDecisionIn(BaseModel, extra="forbid"):
    """`evidence_digest`: SHA-256 of the paper that the decision rests on; the office keeps it."""

    decision: Literal[State.UPHELD, State.DISMISSED]
    reason: Text
    evidence_digest: Digest


class ObjectionOut(SQLModel):
    number: str
    order_no: str
    line: str
    officer_no: str
    name: str
    department: Named
    kind: Kind
    statement: str
    filed_by: str
    filed_on: date
    due_on: date
    state: State
    decided_by: str | None
    decided_on: date | None
    reason: str | None
    evidence_digest: str | None


class ObjectionFilter(Counted):
    order_no: Annotated[str | None, Limited(max_length=50)] = None
    state: AnyOf[State] | None = None
    sort: Literal["due_on", "-due_on"] = "due_on"


def about_people(table: Any, *columns: Any) -> Any:
    """Rows about one line each, with the person and the unit that answers for them."""
    return (
        select(
            col(table.number),
            col(SuspensionOrder.order_no),
            col(SuspensionLine.number).label("line"),
            col(Officer.officer_no),
            col(Officer.name),
            col(Department.code).label("department.code"),
            col(DepartmentRevision.name).label("department.name"),
            col(DepartmentRevision.name_en).label("department.name_en"),
            *columns,
        )
        .select_from(table)
        .join(SuspensionLine, col(SuspensionLine.id) == col(table.line_id))
        .join(SuspensionOrder, col(SuspensionOrder.id) == col(SuspensionLine.order_id))
        .join(Officer, col(Officer.id) == col(SuspensionLine.officer_id))
        .join(Department, col(Department.id) == col(SuspensionLine.department_id))
        .join(DepartmentRevision, CALLED)
    )


BASE: Final[Any] = about_people(
    Objection,
    *(
        col(getattr(Objection, name))
        for name in (
            "kind", "statement", "filed_by", "filed_on", "due_on", "state", "decided_by",
            "decided_on", "reason", "evidence_digest",
        )
    ),
)  # fmt: skip
CONDITIONS: Final[dict[str, Any]] = {
    "order_no": col(SuspensionOrder.order_no) == bindparam("order_no"),
    "state": among(col(Objection.state), "state"),
}
ORDERS: Final[dict[str, Any]] = {"due_on": (col(Objection.due_on), col(Objection.number))}
LISTING: Final = Listing(BASE, CONDITIONS, ORDERS)
OWN: Final = Listing(BASE.where(OF_UNITS), CONDITIONS, ORDERS)
NUMBERED: Final = BASE.where(col(Objection.number) == bindparam("number"))
