"""JSON endpoints for the papers of an order: what is printed, signed, served and handed back."""

from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy import Connection

from app.acts import suspension_lines as acts
from app.acts.desk import DeskDep
from app.acts.personal_reads import looked_at
from app.config import legal_day
from app.db import answer, one_of, page_of, paged, parsed, read, rows_of
from app.deps import Calendar, Caller, Concerned, Filing, calendar, own_units, within
from app.edge import StrictRoute
from app.listing import Page
from app.models import suspension_orders as orders
from app.models.departments import Department
from app.models.parameters import VERSIONS
from app.models.suspension_lines import ServiceIn, SuspensionLine, SuspensionLineOut
from app.models.suspension_papers import (
    HEAD,
    HELD,
    NOTICES,
    NUMBERED_LINE,
    OWN_NOTICES,
    SIGNATORY,
    NoticeFilter,
    NoticeOut,
    PapersOut,
)
from app.rules.suspension_orders import State
from app.rules.workdays import Limit, Unit

router = APIRouter(prefix="/suspension-orders", tags=["suspension-orders"], route_class=StrictRoute)
UNDECIDED: Final = {State.DRAFT, State.PREVIEWED, State.SUBMITTED}
LineNo = Annotated[str, Path(max_length=60)]
OrderNo = Annotated[str, Path(max_length=50)]
# what each paper quotes, and the day from which it runs
PERIODS: Final = {
    "officer.recovery": "effective_on",
    "suspension.appeal": "effective_on",
    "suspension.appeal_decision": None,
    "suspension.second_filing": None,
    "suspension.second_appeal": None,
    "reinstatement.hours": None,
    "exam.pass_mark": None,
}


@router.get("/{order_no}/papers", response_model=PapersOut)
async def read_suspension_papers(order_no: OrderNo, caller: Concerned) -> Response:
    """Read what the papers of an order say: grounds, signatures, periods with their sums.

    The administrator of a unit reads the counts of the own unit.
    查看决定文书的内容：依据、签发人、各项期限及其计算；单位管理员只看本单位人数。
    """
    reply = answer(await read(lambda connection: papers(connection, order_no, caller)))
    reply.headers["Cache-Control"] = "no-store"
    return reply


def papers(connection: Connection, order_no: str, caller: Caller) -> dict[str, Any]:
    day = legal_day()
    head = one_of(connection, HEAD, {"order_no": order_no})
    units = rows_of(connection, orders.BY_UNIT, {"order_no": order_no, "as_of": day})
    if (own := own_units(caller)) is not None:
        units = [each for each in units if each["department"]["code"] in own]
    failed, absent = (sum(each[name] for each in units) for name in ("failed", "absent"))
    return {
        **head,
        "draft": State(head["state"]) in UNDECIDED,
        "maker": signatory(connection, head["maker"]),
        "checker": signatory(connection, head["checker"]) if head["checker"] else None,
        "persons": failed + absent,
        "failed": failed,
        "absent": absent,
        "units": units,
        "periods": periods(connection, head, day),
        "as_of": day,
    }


def signatory(connection: Connection, username: str) -> dict[str, Any]:
    """Name and post of the account; an act of before there were accounts has its own words."""
    rows = rows_of(connection, SIGNATORY, {"username": username})
    return rows[0] if rows else {"name": username, "post": None}


def periods(connection: Connection, head: dict[str, Any], day: date) -> list[dict[str, Any]]:
    """As the law of the order's day has them; what that law does not know is not quoted."""
    days = calendar(connection)
    on = head["confirmed_on"] or head["previewed_on"] or day
    told = []
    for key, since in PERIODS.items():
        for row in rows_of(connection, VERSIONS, {"key": key}):
            if row["effective_from"] <= on and not (row["effective_to"] or date.max) <= on:
                start = head[since] if since else None
                told.append({"key": key, **quoted(days, row, start)})
    return told


def quoted(days: Calendar, row: dict[str, Any], start: date | None) -> dict[str, Any]:
    """A mark or a number of hours is no period, and has no last day."""
    unit = Unit(row["unit"]) if row["unit"] in set(Unit) else None
    counted = None
    if start is not None and unit is not None:
        counted = days.due(start, Limit(row["value"], unit), row["basis"])
    return {"value": row["value"], "unit": unit, "basis": row["basis"], "sum": counted}


@router.get("/{order_no}/notices", response_model=Page[NoticeOut])
async def list_suspension_notices(
    order_no: OrderNo, wanted: Annotated[NoticeFilter, Query()], caller: Concerned
) -> Response:
    """List what each person's notice says: reason, scores, cards with their public page.

    列出每人通知书的内容：原因、成绩、证件及其公开核验页；单位管理员只看本单位人员。
    """
    page = await read(lambda connection: notices(connection, order_no, wanted, caller))
    await looked_at(caller, "suspension_lines", order_no, len(page["items"]))
    reply = paged(page)
    reply.headers["Cache-Control"] = "no-store"
    return reply


def notices(
    connection: Connection, order_no: str, wanted: NoticeFilter, caller: Caller
) -> dict[str, Any]:
    one_of(connection, HEAD, {"order_no": order_no})
    own = own_units(caller)
    listing = NOTICES if own is None else OWN_NOTICES
    of = {"order_no": order_no} if own is None else {"order_no": order_no, "units": own}
    page: dict[str, Any] = page_of(connection, listing, wanted, **of)
    lines = [parsed(each) for each in page["items"]]
    numbers = [card["certificate_no"] for each in lines for card in each["cards"]]
    cards = {
        each["certificate_no"]: each
        for each in rows_of(connection, HELD, {"numbers": sorted(set(numbers))})
    }
    for each in lines:
        each["held"] = [cards[card["certificate_no"]] for card in each["cards"]]
    return {**page, "items": lines}


@router.post("/{order_no}/lines/{line}/services", response_model=SuspensionLineOut, status_code=201)
def serve_suspension_notice(
    order_no: OrderNo, line: LineNo, given: ServiceIn, caller: Filing, desk: DeskDep
) -> dict[str, Any]:
    """Record that a person was handed the notice, or that it was served in another way.

    A notice that cannot be handed over does not hold up the order.
    登记通知书送达情况：直接送达或以其他方式送达，附回证；送达不成不影响决定生效。
    """
    order = desk.one(orders.SuspensionOrder, order_no=order_no)
    found = desk.one(SuspensionLine, number=line, order_id=order.id)
    within(caller, desk.one(Department, id=found.department_id).code)
    acts.serve(desk, found, given.service, given.receipt)
    desk.session.flush()  # the answer is read back in this transaction
    asked = {"order_no": order_no, "as_of": legal_day(), "line": line}
    return parsed(one_of(desk.session.connection(), NUMBERED_LINE, asked))
