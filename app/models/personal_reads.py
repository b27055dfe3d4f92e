"""Who read whose personal details: kept beside the ledger, and sealed into it day by day."""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import BaseModel
from pydantic import Field as Limited
from sqlalchemy import Index, bindparam, func, select
from sqlmodel import Field, SQLModel, col

from app.listing import Day, Listing, Selection, Window
from app.models.changes import LedgerEntry

SEALED: Final = "personal_read.sealed"


class PersonalRead(SQLModel, table=True):
    """One look: `subject_kind` and `subject_key` say at what, `persons` how many were shown.

    A look changes nothing in the register, so it is no entry of the ledger; the digest of each
    day's looks is (`SEALED`), and a look that is altered or taken away later is seen.
    """

    __tablename__ = "personal_read"
    __table_args__ = (
        Index("ix_personal_read_day", "day", "id"),
        Index("ix_personal_read_subject_key", "subject_key", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    day: date
    at: str = Field(max_length=32)
    actor: str = Field(max_length=100)
    on_behalf_of: str | None = Field(default=None, max_length=100)
    subject_kind: str = Field(max_length=32)
    subject_key: str = Field(max_length=64)
    persons: int
    request_id: str | None = Field(default=None, max_length=64)


class PersonalReadOut(BaseModel):
    id: int
    at: str
    actor: str
    on_behalf_of: str | None
    subject_kind: str
    subject_key: str
    persons: int
    request_id: str | None


class PersonalReadFilter(Window):
    actor: Annotated[str | None, Limited(max_length=100)] = None
    subject_key: Annotated[str | None, Limited(max_length=64)] = None
    since: Day | None = None
    until: Day | None = None
    sort: Literal["-id", "id"] = "-id"


R: Final = PersonalRead
LISTING: Final = Listing(
    select(*(col(getattr(R, name)) for name in PersonalReadOut.model_fields)),
    {
        "actor": col(R.actor) == bindparam("actor"),
        "subject_key": col(R.subject_key) == bindparam("subject_key"),
        "since": col(R.day) >= bindparam("since"),
        "until": col(R.day) <= bindparam("until"),
    },
    {"id": (col(R.id),)},
)
OF_A_DAY: Final[Selection] = (
    select(*(col(getattr(R, name)) for name in PersonalReadOut.model_fields))
    .where(col(R.day) == bindparam("day"))
    .order_by(col(R.id))
)
OPEN_DAYS: Final[Selection] = (
    select(col(R.day))
    .where(col(R.day) < bindparam("today"), col(R.day) > bindparam("sealed"))
    .group_by(col(R.day))
    .order_by(col(R.day))
)
LAST_SEAL: Final[Selection] = select(
    func.coalesce(func.max(col(LedgerEntry.subject_key)), "")
).where(col(LedgerEntry.subject_kind) == SEALED.partition(".")[0])
SEALS: Final[Selection] = (
    select(col(LedgerEntry.subject_key), col(LedgerEntry.public))
    .where(col(LedgerEntry.subject_kind) == SEALED.partition(".")[0])
    .order_by(col(LedgerEntry.seq))
)
