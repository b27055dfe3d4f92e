"""What the liaison office sends: pairs drawn up, issued, handed over; leaders who come and go."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel
from pydantic import Field as Limited

from app.listing import Window
from app.models.liaison_pairs import LeaderCode
from app.rules.enterprises import Category, ListState, Standing
from app.rules.leaders import Organ

Line = Annotated[str, Limited(min_length=1, max_length=100)]
Phone = Annotated[str, Limited(pattern=r"^[0-9][0-9 -]{2,30}$")]
UnitCode = Annotated[str, Limited(pattern="^[0-9A-Za-z_-]{1,8}$")]
DocumentNo = Annotated[str, Limited(min_length=1, max_length=50)]
Reason = Annotated[str, Limited(min_length=1, max_length=500)]


class AnsweringIn(BaseModel, extra="forbid"):
    """Who answers: the leader, the support unit, and its officer on one office line."""

    leader: LeaderCode
    support_department: UnitCode
    liaison_officer: Line
    contact_line: Phone
    contact_hours: Line | None = None


class PairIn(AnsweringIn):
    uscc: Annotated[str, Limited(max_length=40)]


class PairIssueIn(BaseModel, extra="forbid"):
    """`enterprise_informed`: the firm was told by the same document (B4.13)."""

    document_no: DocumentNo
    document_title: Annotated[str, Limited(min_length=1, max_length=200)] | None = None
    enterprise_informed: bool


class HandoverIn(AnsweringIn, PairIssueIn):
    """The next pair, issued on the day the old one ends."""


class LeaderIn(BaseModel, extra="forbid"):
    """A person who takes a municipal post that exists and is vacant."""

    code: LeaderCode
    name: Line
    organ: Organ
    post: Annotated[str, Limited(min_length=1, max_length=32)]
    portfolio: Annotated[str, Limited(max_length=1000)] | None = None
    portfolio_en: Annotated[str, Limited(max_length=1000)] | None = None
    office_phone: Phone | None = None
    rank_order: Annotated[int, Limited(ge=1, le=9999)]


class EnterpriseIn(BaseModel, extra="forbid"):
    """A firm that becomes a key enterprise; `industry` as in GB/T 4754, in words."""

    uscc: Annotated[str, Limited(max_length=40)]
    name: Annotated[str, Limited(min_length=2, max_length=200)]
    name_en: Annotated[str, Limited(max_length=300)] | None = None
    category: Category
    industry: Line
    industry_department: UnitCode | None = None
    township_code: Annotated[str, Limited(pattern="^[0-9]{6,9}$")] | None = None


class RemovalIn(BaseModel, extra="forbid"):
    """Why the firm is no key enterprise any more; absent, it stays in business."""

    standing: Literal[Standing.MOVED_OUT, Standing.DEREGISTERED] | None = None


class OptOutIn(BaseModel, extra="forbid"):
    """The firm's own word; it is kept, and nobody outside the office reads it."""

    reason: Reason


class DroppedOut(BaseModel):
    pair_no: str


class DepartedOut(BaseModel):
    """`handovers` are the pairs that wait for a successor, until the day `due`."""

    code: str
    name: str
    handovers: list[str]
    due: date | None


class KeptFirmOut(BaseModel):
    """How a firm stands on the list, for the office that keeps it."""

    uscc: str
    name: str
    list_state: ListState
    status: Standing
    opted_out: bool


class ProposalWindow(Window):
    sort: Literal["pair_no"] = "pair_no"
