"""The ledger as auditors read it: who acted, for which post, about what; narrowed as they ask."""

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel
from pydantic import Field as Limited
from sqlalchemy import Connection, bindparam, select
from sqlmodel import col

from app.listing import AnyOf, Day, Listing, Selection, Window, among
from app.models.appeals import Appeal
from app.models.changes import LedgerEntry, LedgerPrivate
from app.models.columns import kept
from app.models.credentials import Credential
from app.models.objections import Objection
from app.models.officers import Officer
from app.models.registrations import Registration
from app.models.reinstatements import Reinstatement
from app.models.suspension_lines import SuspensionLine

Kind = Annotated[str, Limited(pattern="^[a-z_]{1,32}$")]
OF_AN_ORDER: Final = (
    "suspension_order", "suspension_line", "objection", "appeal", "reinstatement", "issue_block",
)  # fmt: skip
OF_A_PERSON: Final = (
    "officer", "credential", "registration", "sitting", "exam_result", *OF_AN_ORDER[1:],
)  # fmt: skip


class LedgerEntryOut(BaseModel):
    """`on_behalf_of` is the post that the actor held then; `sealed`: there is a private part."""

    seq: int
    at: str
    actor: str
    on_behalf_of: str | None
    act: str
    subject_kind: str
    subject_key: str
    public: dict[str, Any]
    sealed: bool
    request_id: str | None
    prev_hash: str
    hash: str


class LedgerEntryDetail(LedgerEntryOut):
    """With the private part, and the digest of it that the chain covers."""

    private: dict[str, Any] | None
    private_digest: str | None


class FaultOut(BaseModel):
    code: str
    detail: str


class LedgerVerificationOut(BaseModel):
    """What recomputing the whole chain came to; `faults` are the first hundred."""

    whole: bool
    entries: int
    head: str
    faults: list[FaultOut]
    verified_at: str


class EntryWindow(Window):
    sort: Literal["-seq", "seq"] = "-seq"


class LedgerEntryFilter(EntryWindow):
    """`person`: the officer's number; `order_no`: the order and everything under it."""

    person: Annotated[str | None, Limited(max_length=32)] = None
    order_no: Annotated[str | None, Limited(max_length=50)] = None
    actor: Annotated[str | None, Limited(max_length=100)] = None
    act: Annotated[str | None, Limited(pattern=r"^[a-z_]{1,32}(\.[a-z_]{1,31})?$")] = None
    subject_kind: AnyOf[Kind] | None = None
    subject_key: Annotated[str | None, Limited(max_length=64)] = None
    since: Day | None = None
    until: Day | None = None


E: Final = LedgerEntry
COLUMNS: Final = (
    col(E.seq),
    col(E.at),
    col(E.actor),
    col(E.on_behalf_of),
    col(E.act),
    col(E.subject_kind),
    col(E.subject_key),
    kept(col(E.public), "public"),
    col(E.private_digest).is_not(None).label("sealed"),
    col(E.request_id),
    col(E.prev_hash),
    col(E.hash),
)
LISTING: Final = Listing(
    select(*COLUMNS),
    {
        "person": col(E.subject_key).in_(bindparam("keys", expanding=True))
        & col(E.subject_kind).in_(OF_A_PERSON),
        "order_no": col(E.subject_kind).in_(OF_AN_ORDER)
        & (
            (col(E.subject_key) == bindparam("order_no"))
            | col(E.subject_key).startswith(bindparam("under"), autoescape=False, escape="!")
        ),
        "actor": col(E.actor) == bindparam("actor"),
        "act": (col(E.act) == bindparam("act")) | (col(E.subject_kind) == bindparam("act")),
        "subject_kind": among(col(E.subject_kind), "subject_kind"),
        "subject_key": col(E.subject_key) == bindparam("subject_key"),
        "since": col(E.at) >= bindparam("from"),
        "until": col(E.at) < bindparam("before"),
    },
    {"seq": (col(E.seq),)},
)
HISTORY: Final = Listing(
    LISTING.base.where(LISTING.conditions["person"]), {}, {"seq": (col(E.seq),)}
)
NUMBERED: Final[Selection] = (
    select(*COLUMNS, kept(col(LedgerPrivate.body), "private"), col(E.private_digest))
    .outerjoin(LedgerPrivate, col(LedgerPrivate.seq) == col(E.seq))
    .where(col(E.seq) == bindparam("seq"))
)


def about(table: Any) -> Selection:
    """The numbers of what was filed about a person's lines."""
    found: Selection = (
        select(col(table.number))
        .join(SuspensionLine, col(SuspensionLine.id) == col(table.line_id))
        .join(Officer, col(Officer.id) == col(SuspensionLine.officer_id))
        .where(col(Officer.officer_no) == bindparam("person"))
    )
    return found


def belonging(column: Any, owner: Any) -> Selection:
    found: Selection = (
        select(column)
        .join(Officer, col(Officer.id) == owner)
        .where(col(Officer.officer_no) == bindparam("person"))
    )
    return found


# Under which keys the ledger speaks of one person
KEYS: Final = (
    belonging(col(Credential.certificate_no), col(Credential.officer_id)),
    belonging(col(Registration.number), col(Registration.officer_id)),
    belonging(col(SuspensionLine.number), col(SuspensionLine.officer_id)),
    about(Objection),
    about(Appeal),
    about(Reinstatement),
)


def keys_of(connection: Connection, person: str) -> list[str]:
    """The number of an officer, of each card, exam, suspension and what was filed about it."""
    keys = {person}
    for statement in KEYS:
        keys.update(connection.execute(statement, {"person": person}).scalars())
    return sorted(keys)
