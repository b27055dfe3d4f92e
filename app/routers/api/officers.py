"""JSON endpoints for one officer: cards, standing on a day, and everything the ledger says."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy import Connection

from app.acts.personal_reads import looked_at
from app.config import legal_day
from app.db import answer, one_of, page_of, paged, read, rows_of
from app.deps import Concerned, own_units, within
from app.edge import StrictRoute
from app.listing import OnDay, Page, Selection
from app.models.ledger_entries import HISTORY, EntryWindow, LedgerEntryOut, keys_of
from app.models.officer_details import (
    CARD_THEN,
    CARDS,
    LISTING,
    NUMBERED,
    OFFICER_THEN,
    OWN,
    OfficerDetail,
    OfficerRecordFilter,
    OfficerRecordOut,
)
from app.rules.names import normalise

router = APIRouter(prefix="/officers", tags=["officers"], route_class=StrictRoute)
Number = Annotated[str, Path(max_length=32)]


@router.get("", response_model=Page[OfficerRecordOut])
async def list_officer_records(
    wanted: Annotated[OfficerRecordFilter, Query()], caller: Concerned
) -> Response:
    """List officers for the offices; the administrator of a unit sees the own people.

    列出执法人员，供有关部门使用；单位管理员只看本单位人员。
    """
    units = own_units(caller)
    of: dict[str, Any] = {} if units is None else {"units": units}
    if wanted.person is not None:
        of["called"] = normalise(wanted.person)
    listing = LISTING if units is None else OWN
    page = await read(lambda connection: page_of(connection, listing, wanted, **of))
    await looked_at(caller, "officers", wanted.person or "", len(page["items"]))
    reply = paged(page)
    reply.headers["Cache-Control"] = "no-store"
    return reply


@router.get("/{officer_no}", response_model=OfficerDetail)
async def read_officer(
    officer_no: Number, wanted: Annotated[OnDay, Query()], caller: Concerned
) -> Response:
    """Read an officer with every card; with `as_of`, how each stood on that day too.

    `known_then` is what the register said on that day; `status` what the law has of it now, when
    a later decision took back what was said.
    查看一名执法人员及其证件；加 `as_of` 可查某日状况：当日登记的状况和依现行决定的状况。
    """
    found = await read(lambda connection: detail(connection, officer_no, wanted.as_of))
    within(caller, found["department"]["code"])
    await looked_at(caller, "officer", officer_no, 1)
    reply = answer(found)
    reply.headers["Cache-Control"] = "no-store"
    return reply


def detail(connection: Connection, officer_no: str, day: date | None) -> dict[str, Any]:
    found = one_of(connection, NUMBERED, {"officer_no": officer_no, "as_of": legal_day()})
    officer = found.pop("id")
    cards = rows_of(connection, CARDS, {"officer_id": officer})
    for card in cards:
        card["then"] = then(connection, CARD_THEN, card.pop("id"), day, "status")
    found["then"] = then(connection, OFFICER_THEN, officer, day, "qualification")
    return {**found, "cards": cards}


def then(
    connection: Connection, by: Mapping[bool, Selection], key: int, day: date | None, name: str
) -> dict[str, Any] | None:
    if day is None:
        return None
    asked = {"id": key, "as_of": day}
    known, lawful = (connection.execute(by[each], asked).scalar() for each in (True, False))
    return {name: lawful, "known_then": known}


@router.get("/{officer_no}/entries", response_model=Page[LedgerEntryOut])
async def list_officer_entries(
    officer_no: Number, wanted: Annotated[EntryWindow, Query()], caller: Concerned
) -> Response:
    """List what the ledger says of an officer: cards, exams, suspensions, who did it and when.

    列出登记簿中关于一名执法人员的全部记录：证件、考核、暂停与恢复，及经办人和时间。
    """

    def work(connection: Connection) -> dict[str, Any]:
        keys = {"officer_no": officer_no, "as_of": legal_day()}
        found = one_of(connection, NUMBERED, keys)
        within(caller, found["department"]["code"])
        page: dict[str, Any] = page_of(
            connection, HISTORY, wanted, keys=keys_of(connection, officer_no)
        )
        return page

    reply = paged(await read(work))
    reply.headers["Cache-Control"] = "no-store"
    return reply
