"""Whether a receipt of a verification is genuine."""

from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy import Connection

from app.acts import usage_alarms
from app.config import legal_day, now, settings
from app.db import answer, read_reserved, rows_of
from app.edge import StrictRoute
from app.models.receipt_checks import KIND, ReceiptCheckIn, ReceiptCheckOut
from app.models.verifications import BY_NUMBER
from app.rate_limits import MeterDep
from app.rules.credentials import Result, Status, result
from app.signing import signer

router = APIRouter(prefix="/receipt-checks", tags=["verifications"], route_class=StrictRoute)


@router.post("", response_model=ReceiptCheckOut)
async def check_receipt(given: ReceiptCheckIn, meter: MeterDep) -> Response:
    """Check the receipt that a printed verification carries: what it said, and what is so now.

    An altered or foreign one is answered with `genuine: false` and nothing else.
    核对打印的核验结果所带的凭据：当时的结果和现在的状态；伪造或改动过的一律答复 `genuine: false`。
    """
    await usage_alarms.counted(meter, 1)
    said = signer().claims(KIND, given.receipt)
    genuine = said is not None and said.get("iss") == settings().public_url
    told: dict[str, Any] = {"genuine": genuine, "said": None, "result_now": None}
    if said is not None and genuine:
        told["said"] = {name: value for name, value in said.items() if name not in ("iss", "iat")}
        told["result_now"] = await read_reserved(lambda connection: state_of(connection, said))
    reply = answer({**told, "checked_at": now()})
    reply.headers["Cache-Control"] = "no-store"
    return reply


def state_of(connection: Connection, said: dict[str, Any]) -> Result:
    today = legal_day()
    asked = {"certificate_no": said["certificate_no"], "as_of": today}
    for row in rows_of(connection, BY_NUMBER, asked):
        if row["scheme"] == said["scheme"]:
            ended = Result(row["ended_as"]) if row["ended_as"] else None
            status = Status(row["status"])
            return result(status, ended, row["valid_from"], row["valid_to"], today)
    return Result.NO_MATCH
