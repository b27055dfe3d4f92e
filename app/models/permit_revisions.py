"""How one permit changed: its revisions, the newest first."""

from datetime import date
from typing import Final, Literal

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.listing import Listing, Window
from app.models.columns import kept
from app.models.permits import LimitsOut, PermitItem, R


class PermitRevisionOut(LimitsOut):
    revision: int
    valid_from: date
    valid_to: date | None
    name: str
    public_note: str | None
    materials: int


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
        kept(col(R.content), "content"),
    )
    .join(PermitItem, col(R.permit_id) == col(PermitItem.id))
    .where(col(PermitItem.code) == bindparam("code")),
    {},
    {"revision": (col(R.revision),)},
)
