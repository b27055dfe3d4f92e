"""What a printed verification said, whether we said it, and what is so now."""

from datetime import date, datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, Field

from app.rules.credentials import Result, Scheme

KIND: Final = "mingbai-receipt+jwt"


class ReceiptOut(BaseModel):
    """What was answered then. The holder's name is on the paper and not in the code."""

    certificate_no: str
    scheme: Scheme
    department: str
    result: Result
    may_enforce: bool
    on: date
    checked_at: datetime


class ReceiptCheckIn(BaseModel, extra="forbid"):
    receipt: Annotated[str, Field(min_length=1, max_length=2000)]


class ReceiptCheckOut(BaseModel):
    """`said` and `result_now` are null when it is not genuine: then it says nothing at all."""

    genuine: bool
    said: ReceiptOut | None
    result_now: Result | None
    checked_at: datetime


def claims_of(reply: dict[str, Any]) -> dict[str, Any]:
    """What of an answer is signed."""
    return {
        "certificate_no": reply["certificate_no"],
        "scheme": reply["scheme"],
        "department": reply["department"]["code"],
        "result": reply["result"],
        "may_enforce": reply["may_enforce"],
        "on": reply["on"].isoformat(),
        "checked_at": reply["checked_at"].isoformat(timespec="seconds"),
    }
