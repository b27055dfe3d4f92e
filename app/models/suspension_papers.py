"""What an order's papers say: who signs, on what ground, until when, and each person's cards."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import Field as Limited
from sqlalchemy import bindparam, select
from sqlmodel import SQLModel, col

from app.listing import AnyOf, Listing, Selection, Window
from app.models.accounts import Account
from app.models.calendars import DueOut
from app.models.credentials import Credential
from app.models.exam_campaigns import ExamCampaign
from app.models.suspension_lines import SuspensionLine, SuspensionLineOut
from app.models.suspension_orders import (
    LINE_FILTERS,
    LINE_ROWS,
    OF_UNITS,
    SuspensionOrder,
    UnitCount,
)
from app.rules.credentials import Scheme
from app.rules.suspension_orders import LineState, State
from app.rules.workdays import Unit


class SignatoryOut(SQLModel):
    """`post` is null for whoever has no account here."""

    name: str
    post: str | None


class PeriodOut(SQLModel):
    """A period of the law; `sum` is null until its first day is known."""

    key: str
    value: int
    unit: Unit | None
    basis: str
    sum: DueOut | None


class PapersOut(SQLModel):
    """Until it is confirmed it is a draft, and each paper says so."""

    order_no: str
    state: State
    draft: bool
    exam: str
    exam_name: str
    pass_mark: int
    maker: SignatoryOut
    checker: SignatoryOut | None
    previewed_on: date | None
    objections_until: date | None
    confirmed_on: date | None
    effective_on: date | None
    snapshot_hash: str | None
    persons: int
    failed: int
    absent: int
    units: list[UnitCount]
    periods: list[PeriodOut]
    as_of: date


class NoticeCardOut(SQLModel):
    """`verify_token` opens the public page of the card."""

    certificate_no: str
    scheme: Scheme
    category: str
    issuer: str
    verify_token: str


class NoticeOut(SuspensionLineOut):
    held: list[NoticeCardOut]


class NoticeFilter(Window):
    """`line`: the number of one person's line."""

    department: AnyOf[Annotated[str, Limited(max_length=8)]] | None = None
    line: Annotated[str | None, Limited(max_length=60)] = None
    sort: Literal["number"] = "number"


ORDER: Final = SuspensionOrder
HEAD: Final[Selection] = (
    select(
        *(
            col(getattr(ORDER, name))
            for name in (
                "order_no", "state", "maker", "checker", "previewed_on", "objections_until",
                "confirmed_on", "effective_on", "snapshot_hash",
            )
        ),
        col(ExamCampaign.code).label("exam"),
        col(ExamCampaign.name).label("exam_name"),
        col(ExamCampaign.pass_mark),
    )
    .join(ExamCampaign, col(ExamCampaign.id) == col(ORDER.campaign_id))
    .where(col(ORDER.order_no) == bindparam("order_no"))
)  # fmt: skip
SIGNATORY: Final[Selection] = select(col(Account.name), col(Account.post)).where(
    col(Account.username) == bindparam("username")
)
HELD: Final[Selection] = (
    select(*(col(getattr(Credential, name)) for name in NoticeCardOut.model_fields))
    .where(col(Credential.certificate_no).in_(bindparam("numbers", expanding=True)))
    .order_by(col(Credential.certificate_no))
)
GONE: Final = col(SuspensionLine.state).not_in([LineState.REMOVED, LineState.SUPERSEDED])
FILTERS: Final[dict[str, Any]] = {
    "department": LINE_FILTERS["department"],
    "line": col(SuspensionLine.number) == bindparam("line"),
}
BY: Final[dict[str, Any]] = {"number": (col(SuspensionLine.number),)}
NOTICES: Final = Listing(LINE_ROWS.where(GONE), FILTERS, BY)
OWN_NOTICES: Final = Listing(LINE_ROWS.where(GONE, OF_UNITS), FILTERS, BY)
NUMBERED_LINE: Final[Selection] = LINE_ROWS.where(FILTERS["line"])
