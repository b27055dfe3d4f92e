"""JSON endpoints for self-checks by units: asked for, reported, sampled, closed."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy import Connection
from sqlmodel import col, select

from app.acts import self_checks as acts
from app.acts.desk import Desk, DeskDep
from app.acts.personal_reads import looked_at
from app.config import legal_day, settings
from app.db import answer, one_of, page_of, read, rows_of
from app.deps import Concerned, DeptAdmin, LegalSupervisor, within
from app.edge import StrictRoute
from app.listing import Page
from app.models.departments import Department, DepartmentRevision
from app.models.exam_campaigns import ExamCampaign
from app.models.self_checks import (
    FINDINGS,
    KINDS,
    LISTING,
    NUMBERED,
    RemindedOut,
    RemindersIn,
    SampleIn,
    SelfCheckDetail,
    SelfCheckFilter,
    SelfCheckOut,
    SelfCheckReasonIn,
    SelfCheckReportIn,
    SelfChecksIn,
    SelfCheckTask,
)
from app.rules.self_checks import State, overdue

router = APIRouter(prefix="/self-checks", tags=["self-checks"], route_class=StrictRoute)
Key = Annotated[str, Path(max_length=41)]
ACT: Final[dict[str, Any]] = {"response_model": SelfCheckDetail, "status_code": 201}


@router.get("", response_model=Page[SelfCheckOut])
async def list_self_checks(wanted: Annotated[SelfCheckFilter, Query()]) -> Response:
    """List the units' self-checks: nil returns, people removed by kind, and who is late.

    列出各单位自查情况：零报告、清退人数和人员性质、逾期未报；不列姓名。
    """
    return answer(await read(lambda connection: checks(connection, wanted)))


def checks(connection: Connection, wanted: SelfCheckFilter) -> dict[str, Any]:
    page: dict[str, Any] = page_of(connection, LISTING, wanted)
    kinds = removed_kinds(connection, [row["task_id"] for row in page["items"]])
    page["items"] = [counted(row, kinds) for row in page["items"]]
    return page


def removed_kinds(connection: Connection, tasks: list[int]) -> dict[int, list[str]]:
    kinds: dict[int, list[str]] = {}
    for row in rows_of(connection, KINDS, {"tasks": tasks}):
        kinds.setdefault(row["task_id"], []).append(row["employment_type"])
    return kinds


def counted(row: dict[str, Any], kinds: Mapping[int, list[str]]) -> dict[str, Any]:
    late = overdue(State(row["state"]), row["due_on"], legal_day())
    return {**row, "removed_kinds": kinds.get(row.pop("task_id"), []), "overdue": late}


@router.get("/{key}", response_model=SelfCheckDetail)
async def read_self_check(key: Key, caller: Concerned) -> Response:
    """Read one unit's self-check with the people it found; the unit reads its own alone.

    查看一个单位的自查报告及查出的人员；单位管理员只看本单位。
    """
    found = await read(lambda connection: detail(connection, key))
    within(caller, found["department"]["code"])
    await looked_at(caller, "self_check", key, len(found["findings"]))
    reply = answer(found)
    reply.headers["Cache-Control"] = "no-store"
    return reply


def detail(connection: Connection, key: str) -> dict[str, Any]:
    row = one_of(connection, NUMBERED, {"key": key, "as_of": legal_day()})
    findings = rows_of(connection, FINDINGS, {"task_id": row["task_id"]})
    return {
        **counted(row, removed_kinds(connection, [row["task_id"]])),
        "acts_to_review": sum(each["acts_done"] for each in findings),
        "findings": findings,
    }


def shown(desk: Desk, key: str) -> dict[str, Any]:
    desk.session.flush()  # the answer is read back in this transaction
    return detail(desk.session.connection(), key)


@router.post("", response_model=list[SelfCheckOut], status_code=201)
def issue_self_checks(
    given: SelfChecksIn, _: LegalSupervisor, desk: DeskDep
) -> list[dict[str, Any]]:
    """Ask units to check who enforces for them, within the period in force today.

    要求各单位开展自查，报告期限按现行规定计算。
    """
    campaign = desk.one(ExamCampaign, code=given.campaign)
    city = settings().division
    units = [desk.one(Department, division_code=city, code=each) for each in given.departments]
    made = acts.issue(desk, campaign, units or bodies(desk))
    return [public(desk, acts.key_of(desk, each)) for each in made]


def bodies(desk: Desk) -> list[Department]:
    """The city's units whose right to enforce stands announced."""
    revision = DepartmentRevision
    enforcing = (
        select(Department)
        .join(revision, col(revision.department_id) == col(Department.id))
        .where(Department.division_code == settings().division, col(revision.enforcement))
        .where(col(revision.valid_to).is_(None))
    )
    return list(desk.session.exec(enforcing.order_by(col(Department.code))))


def public(desk: Desk, key: str) -> dict[str, Any]:
    return {name: value for name, value in shown(desk, key).items() if name in PUBLIC}


PUBLIC: Final = SelfCheckOut.model_fields.keys()


def task_of(desk: Desk, key: str) -> SelfCheckTask:
    """The key is that of the campaign and the unit's code."""
    campaign, _, code = key.rpartition("-")
    unit = desk.one(Department, division_code=settings().division, code=code)
    campaign_id = desk.one(ExamCampaign, code=campaign).id
    return desk.one(SelfCheckTask, campaign_id=campaign_id, department_id=unit.id)


@router.post("/reminders", response_model=RemindedOut, status_code=201)
def remind_of_self_checks(given: RemindersIn, _: LegalSupervisor, desk: DeskDep) -> dict[str, Any]:
    """Remind every unit that is late, once a day.

    提醒逾期未报的单位，每日一次。
    """
    campaign = desk.one(ExamCampaign, code=given.campaign)
    return {"campaign": campaign.code, "reminded": acts.remind(desk, campaign)}


@router.post("/{key}/reports", **ACT)
def report_self_check(
    key: Key, given: SelfCheckReportIn, caller: DeptAdmin, desk: DeskDep
) -> dict[str, Any]:
    """Report for one's own unit: nil, or the people found; the head signs.

    Whoever was given a card by mistake loses it at once. Nobody is removed from a report that
    was sent back: the next one adds to it.
    本单位报告自查结果：零报告或列明人员，由第一责任人签字；误发的证件当即收回注销。
    """
    task = task_of(desk, key)
    within(caller, desk.one(Department, id=task.department_id).code)
    findings = [each.model_dump() for each in given.findings]
    acts.report(desk, task, given.signed_by, findings, nil=given.nil)
    return shown(desk, key)


@router.post("/{key}/verifications", **ACT)
def verify_self_check(
    key: Key, given: SampleIn, _: LegalSupervisor, desk: DeskDep
) -> dict[str, Any]:
    """Find a report true by a sample of duty rosters and penalty documents.

    抽查值班表和处罚文书后核实。
    """
    acts.verify(desk, task_of(desk, key), given.sample)
    return shown(desk, key)


@router.post("/{key}/returns", **ACT)
def return_self_check(
    key: Key, given: SelfCheckReasonIn, _: LegalSupervisor, desk: DeskDep
) -> dict[str, Any]:
    """Send a report back that something contradicts, with the reason.

    报告与事实不符的，写明理由退回重报。
    """
    acts.give_back(desk, task_of(desk, key), given.reason)
    return shown(desk, key)


@router.post("/{key}/closings", **ACT)
def close_self_check(key: Key, _: LegalSupervisor, desk: DeskDep) -> dict[str, Any]:
    """Close a self-check that was verified.

    办结已核实的自查。
    """
    acts.close(desk, task_of(desk, key))
    return shown(desk, key)
