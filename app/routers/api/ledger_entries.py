"""JSON endpoints for auditors: who did what, when, in which post, and whether the chain holds."""

from datetime import timedelta
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy import Connection

from app import config, ledger
from app.acts import personal_reads
from app.acts.desk import DeskDep
from app.config import settings
from app.db import answer, database, one_of, page_of, paged, read
from app.deps import Auditor, InsideEyes
from app.edge import StrictRoute
from app.i18n import gettext
from app.listing import Page
from app.models.ledger_entries import (
    LISTING,
    NUMBERED,
    LedgerEntryDetail,
    LedgerEntryFilter,
    LedgerEntryOut,
    LedgerVerificationOut,
    keys_of,
)

router = APIRouter(tags=["ledger-entries"], route_class=StrictRoute)
Seq = Annotated[int, Path(ge=1, lt=1 << 63)]
SHOWN: Final = 100


@router.get("/ledger-entries", response_model=Page[LedgerEntryOut])
async def list_ledger_entries(
    wanted: Annotated[LedgerEntryFilter, Query()], _: InsideEyes
) -> Response:
    """List entries with who acted in which post, by person, order, actor, act or days.

    按人员、决定、经办人、行为或日期查登记簿，列明经办人及其当时的岗位。
    """
    page = await read(lambda connection: entries(connection, wanted))
    reply = paged(page)
    reply.headers["Cache-Control"] = "no-store"
    return reply


def entries(connection: Connection, wanted: LedgerEntryFilter) -> dict[str, Any]:
    page: dict[str, Any] = page_of(connection, LISTING, wanted, **bound(connection, wanted))
    return page


def bound(connection: Connection, wanted: LedgerEntryFilter) -> dict[str, Any]:
    """What the filters stand for: a person's keys, what lies under an order, moments of days."""
    found: dict[str, Any] = {}
    if wanted.person is not None:
        found["keys"] = keys_of(connection, wanted.person)
    if wanted.order_no is not None:
        escaped = wanted.order_no.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        found["under"] = f"{escaped}-"
    if wanted.since is not None:
        found["from"] = wanted.since.isoformat()
    if wanted.until is not None:
        found["before"] = (wanted.until + timedelta(days=1)).isoformat()
    return found


@router.get("/ledger-entries/{seq}", response_model=LedgerEntryDetail)
async def read_ledger_entry(seq: Seq, caller: Auditor) -> Response:
    """Read an entry with its private part; that it was read is kept.

    查看一条登记的全部内容（含不公开部分）；查看本身留痕。
    """
    found = await read(lambda connection: one_of(connection, NUMBERED, {"seq": seq}))
    await personal_reads.looked_at(caller, "ledger_entry", str(seq), int(found["sealed"]))
    reply = answer(found)
    reply.headers["Cache-Control"] = "no-store"
    return reply


@router.post("/ledger-verifications", response_model=LedgerVerificationOut, status_code=201)
def verify_chain(_: Auditor, desk: DeskDep) -> dict[str, Any]:
    """Recompute the whole chain, compare it with its anchors, and enter what it came to.

    重算整条登记链并与锚点比对，结果记入登记簿。
    """
    with database().snapshot() as connection:
        seq, head = tuple(connection.execute(ledger.LAST).first() or (0, ledger.GENESIS))
        faults = list(ledger.verify(connection, settings().anchor_file))
        faults += personal_reads.verify(connection)
    desk.note("ledger.verified", str(seq), entries=seq, head=head, faults=len(faults))
    shown = [{"code": each.code, "detail": worded(each)} for each in faults[:SHOWN]]
    at = config.now().isoformat(timespec="seconds")
    return {"whole": not faults, "entries": seq, "head": head, "faults": shown, "verified_at": at}


def worded(fault: ledger.Fault) -> str:
    return gettext(fault.code).format(place=fault.place)
