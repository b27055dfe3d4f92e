"""JSON endpoints for suspension orders: built, previewed, submitted, confirmed, withdrawn."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy import Connection

from app.acts import suspension_lines
from app.acts import suspension_orders as acts
from app.acts.desk import Desk, DeskDep
from app.acts.personal_reads import looked_at, looked_from
from app.config import legal_day
from app.db import answer, head, one_of, page_of, read, rows_of
from app.deps import (
    OPEN_TO_ALL,
    Concerned,
    HrOffice,
    IfMatch,
    LegalSupervisor,
    Offices,
    Perhaps,
    SteppedUp,
    matched,
    own_units,
    sees_inside,
    version_tag,
)  # fmt: skip
from app.edge import StrictRoute
from app.errors import NotFound
from app.listing import Page
from app.models import suspension_orders as models
from app.models.exam_campaigns import ExamCampaign
from app.models.suspension_lines import (
    DifferencesOut,
    SuspensionLineFilter,
    SuspensionLineOut,
)
from app.models.suspension_orders import (
    ConfirmationIn,
    ReasonIn,
    SuspensionOrder,
    SuspensionOrderDetail,
    SuspensionOrderFilter,
    SuspensionOrderIn,
    SuspensionOrderOut,
)  # fmt: skip
from app.rules import objections as objecting
from app.rules.suspension_orders import State

router = APIRouter(prefix="/suspension-orders", tags=["suspension-orders"], route_class=StrictRoute)
OrderNo = Annotated[str, Path(max_length=50)]
ACT: Final[dict[str, Any]] = {"response_model": SuspensionOrderDetail, "status_code": 201}
OPEN: Final = {State.PREVIEWED, State.SUBMITTED}


@router.get("", response_model=Page[SuspensionOrderOut], openapi_extra=OPEN_TO_ALL)
async def list_suspension_orders(
    wanted: Annotated[SuspensionOrderFilter, Query()], caller: Perhaps
) -> Response:
    """List confirmed orders with the number of persons by reason; the offices see drafts too.

    列出已确认的暂停执法资格决定及人数；经办单位登录后可见草案。
    """
    listing = models.WORKING if sees_inside(caller) else models.LISTING
    return answer(await read(lambda connection: page_of(connection, listing, wanted)))


@router.get("/{order_no}", response_model=SuspensionOrderDetail, openapi_extra=OPEN_TO_ALL)
async def read_suspension_order(order_no: OrderNo, caller: Perhaps) -> Response:
    """Read one order: persons by unit and reason, no names.

    查看一份决定：按单位和原因列人数，不列姓名。
    """
    inside = sees_inside(caller)
    found = await read(lambda connection: detail(connection, order_no, inside=inside))
    reply = answer(found)
    if found["work"] is not None:
        reply.headers["ETag"] = version_tag(found["work"]["version"])
        reply.headers["Cache-Control"] = "no-store"
    return reply


def detail(connection: Connection, order_no: str, *, inside: bool) -> dict[str, Any]:
    values = {"order_no": order_no, "as_of": legal_day()}
    revision = head(connection)
    row = one_of(connection, models.WORK if inside else models.NUMBERED, values)
    known = {name: row[name] for name in SuspensionOrderOut.model_fields}
    own = {name: value for name, value in row.items() if name not in known}
    units = rows_of(connection, models.BY_UNIT, values)
    told = {"units": units, "as_of": values["as_of"], "revision": revision}
    return {**known, **told, "work": work(connection, own, values) if inside else None}


def work(connection: Connection, own: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    states = [row["state"] for row in rows_of(connection, models.OBJECTIONS, values)]
    undecided = sum(objecting.State(each) in objecting.UNDECIDED for each in states)
    return {**own, "objections": len(states), "undecided": undecided}


@router.get("/{order_no}/lines", response_model=Page[SuspensionLineOut])
async def list_suspension_lines(
    order_no: OrderNo, wanted: Annotated[SuspensionLineFilter, Query()], caller: Concerned
) -> Response:
    """List the persons of the last preview, with scores and cards; a unit sees its own people.

    列出最近一次预告的人员、成绩和证件；单位管理员只看本单位人员。
    """
    units = own_units(caller)
    of = {} if units is None else {"units": units}
    listing = models.LINES if units is None else models.OWN_LINES

    def found(connection: Connection) -> Any:
        one_of(connection, models.WORK, {"order_no": order_no, "as_of": legal_day()})
        return page_of(connection, listing, wanted, order_no=order_no, **of)

    page = await read(found)
    await looked_at(caller, "suspension_lines", order_no, len(page["items"]))
    reply = answer(page)
    reply.headers["Cache-Control"] = "no-store"
    return reply


@router.get("/{order_no}/differences", response_model=DifferencesOut)
def list_suspension_differences(order_no: OrderNo, _: Offices, desk: DeskDep) -> dict[str, Any]:
    """List what moved since the list was frozen, so that both offices see why it is read again.

    列出预告之后的数据变化。
    """
    order = desk.one(SuspensionOrder, order_no=order_no)
    found = suspension_lines.differences(desk, order)
    looked_from(desk, "suspension_lines", order_no, len(found))
    return {"items": found}


def shown(desk: Desk, order: SuspensionOrder) -> dict[str, Any]:
    desk.session.flush()  # the answer is read back in this transaction
    return detail(desk.session.connection(), order.order_no, inside=True)


def order_of(desk: Desk, order_no: str, given: str | None) -> SuspensionOrder:
    order = desk.one(SuspensionOrder, order_no=order_no)
    matched(order.version, given)
    return order


@router.post("", **ACT)
def build_suspension_order(_: HrOffice, desk: DeskDep, given: SuspensionOrderIn) -> dict[str, Any]:
    """Open an order on the published results of an exam.

    依据已公布的考核结果生成预案。
    """
    campaign = desk.find(ExamCampaign, code=given.campaign)
    if campaign is None:
        raise NotFound("record.not_found", campaign=given.campaign)
    return shown(desk, acts.build(desk, campaign, given.order_no))


@router.post("/{order_no}/previews", **ACT)
def preview_suspension_order(
    order_no: OrderNo, _: HrOffice, desk: DeskDep, tag: IfMatch = None
) -> dict[str, Any]:
    """Freeze the list, tell every person and unit, and open the time to object; or do so again.

    冻结名单、告知本人和单位、开放异议；数据变化后可重新预告。
    """
    order = order_of(desk, order_no, tag)
    again = order.state == State.PREVIEWED
    return shown(desk, acts.rebuild(desk, order) if again else acts.preview(desk, order))


@router.post("/{order_no}/submissions", **ACT)
def submit_suspension_order(
    order_no: OrderNo, _: HrOffice, desk: DeskDep, tag: IfMatch = None
) -> dict[str, Any]:
    """Hand the list to the legal supervisor, when everybody has been heard.

    异议办结后提交司法行政部门确认。
    """
    order = order_of(desk, order_no, tag)
    acts.submit(desk, order)
    return shown(desk, order)


@router.post("/{order_no}/confirmations", **ACT, dependencies=[SteppedUp])
def confirm_suspension_order(
    order_no: OrderNo, given: ConfirmationIn, _: LegalSupervisor, desk: DeskDep, tag: IfMatch = None
) -> dict[str, Any]:
    """Confirm the same list that was previewed; it takes effect on the next working day.

    核对名单后确认，下一个工作日零时生效；提交人不得确认。
    """
    order = desk.one(SuspensionOrder, order_no=order_no)
    read_before = tag == version_tag(order.version - 1)
    if not (read_before and acts.confirmed_already(desk, order, given.persons)):
        matched(order.version, tag)
        acts.confirm(desk, order, given.persons)
    return shown(desk, order)


@router.post("/{order_no}/returns", **ACT)
def return_suspension_order(
    order_no: OrderNo, given: ReasonIn, _: LegalSupervisor, desk: DeskDep, tag: IfMatch = None
) -> dict[str, Any]:
    """Give the list back to HR with the reason.

    不同意的，说明理由退回。
    """
    order = order_of(desk, order_no, tag)
    acts.give_back(desk, order, given.reason)
    return shown(desk, order)


@router.post("/{order_no}/withdrawals", **ACT, dependencies=[SteppedUp])
def withdraw_suspension_order(
    order_no: OrderNo, given: ReasonIn, _: Offices, desk: DeskDep, tag: IfMatch = None
) -> dict[str, Any]:
    """Take a confirmed order back before its day.

    生效之前撤回已确认的决定。
    """
    order = order_of(desk, order_no, tag)
    acts.withdraw(desk, order, given.reason)
    return shown(desk, order)
