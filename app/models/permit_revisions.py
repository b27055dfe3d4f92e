"""How one permit changed: its revisions, the newest first."""

from datetime import date
from typing import Final, Literal

from sqlalchemy import bindparam, select
from sqlmodel import SQLModel, col

from app.listing import Listing, Selection, Window
from app.models.columns import kept
from app.models.permits import LimitsOut, PermitItem, R


class ChangeOut(SQLModel):
    """A value before and after, or what was added to a list and taken from it."""

    field: str
    before: str | int | bool | None = None
    after: str | int | bool | None = None
    added: list[str] = []
    removed: list[str] = []


class PermitRevisionOut(LimitsOut):
    """`changes` is the difference from the revision before; the first has none."""

    revision: int
    valid_from: date
    valid_to: date | None
    name: str
    public_note: str | None
    free: bool
    online_level: int
    visits_max: int
    maker: str
    checker: str
    materials: int
    changes: list[ChangeOut]


class RevisionWindow(Window):
    sort: Literal["-revision"] = "-revision"


REVISIONS: Final = Listing(
    select(
        col(R.revision),
        col(R.valid_from),
        col(R.valid_to),
        col(R.name),
        col(R.public_note),
        col(R.statutory_limit),
        col(R.statutory_unit),
        col(R.promised_limit),
        col(R.free),
        col(R.online_level),
        col(R.visits_max),
        col(R.maker),
        col(R.checker),
        kept(col(R.content), "content"),
    )
    .join(PermitItem, col(R.permit_id) == col(PermitItem.id))
    .where(col(PermitItem.code) == bindparam("code")),
    {},
    {"revision": (col(R.revision),)},
)
NUMBERED: Final[Selection] = REVISIONS.base.where(col(R.revision) == bindparam("number"))
