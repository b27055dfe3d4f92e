"""Published figures: each is a query that anybody can repeat, with its definition beside it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import orjson
from pydantic import BaseModel
from sqlalchemy import Connection, Select, bindparam, func, or_, select
from sqlmodel import col

from app.models import (
    departments,
    enterprises,
    leaders,
    permits,
    qualification_reviews,
    suspension_orders,
)  # fmt: skip
from app.models.departments import Department, DepartmentRevision
from app.models.enterprises import Enterprise
from app.models.exam_campaigns import ExamCampaign
from app.models.permit_standings import PermitStanding
from app.models.permits import PermitRevision
from app.models.power_items import PowerItem
from app.models.registrations import Registration
from app.models.self_checks import SelfCheckFinding, SelfCheckTask
from app.models.suspension_lines import SuspensionLine
from app.models.suspension_orders import SuspensionOrder
from app.rules.exam_campaigns import Eligibility
from app.rules.self_checks import Action
from app.rules.suspension_orders import Reason, State


class StatisticOut(BaseModel):
    key: str
    figure: str | None
    value: int
    unit: str
    definition: str
    definition_en: str
    population: int
    as_of: date
    query: str
    counted: str | None
    summed: str | None


@dataclass(frozen=True)
class Figure:
    """How the query's answer comes to the value: the distinct values of the field `counted`, the
    sum of the field `summed`, or else the number of its items. `flat` reads JSON lists.

    What keeps no history is not `dated`: it is counted as of today, whatever day is asked for.
    """

    key: str
    figure: str
    unit: str
    definition: str
    definition_en: str
    query: str
    counted: str | None
    value: Select[Any]
    population: Select[Any]
    dated: bool = True
    summed: str | None = None
    flat: bool = False

    def on(self, day: date) -> str:
        """The address that lists what was counted on another day."""
        return f"{self.query}{'&' if '?' in self.query else '?'}as_of={day}"


def units(*conditions: Any) -> Select[Any]:
    base = select(func.count()).select_from(Department)
    return base.join(DepartmentRevision, departments.joined()).where(*conditions)


def in_review(state: str) -> Any:
    return qualification_reviews.reviewed(bindparam("state", [state], unique=True, expanding=True))


PERMITS: Final = permits.PERMITS.where(col(PermitStanding.state) == "published")
POWERS: Final = select(func.count()).where(col(PowerItem.status) == "published")
LISTED: Final = select(func.count()).select_from(Enterprise).where(enterprises.ON_THE_LIST)
LEADERS: Final = select(func.count()).select_from(leaders.in_post().subquery())
PAIRED: Final = select(func.count()).select_from(
    leaders.in_post().where(leaders.active_pairs() > 0).subquery()
)


SAT: Final = select(func.count()).where(col(Registration.eligibility) == Eligibility.ELIGIBLE)
TASKS: Final = select(func.count()).select_from(SelfCheckTask)
REMOVED: Final = select(func.count()).where(col(SelfCheckFinding.action) == Action.REMOVED)


def suspended(*conditions: Any) -> Select[Any]:
    """Persons of orders that had taken effect on `:as_of` (INV-S1)."""
    lines = select(func.count()).select_from(SuspensionOrder)
    joined = lines.join(SuspensionLine, suspension_orders.IN_THE_ORDER)
    effective = col(SuspensionOrder.state).in_([State.EFFECTIVE, State.CLOSED])
    begun = col(SuspensionOrder.effective_on) <= bindparam("as_of")
    return joined.where(effective, begun, *conditions)


def still(line: type[SuspensionLine]) -> Any:
    """Not let back in by `:as_of`."""
    return or_(col(line.ended_on).is_(None), col(line.ended_on) > bindparam("as_of"))


def distinct(column: Any, rows: Select[Any]) -> Select[Any]:
    return rows.with_only_columns(func.count(func.distinct(column)), maintain_column_froms=True)


ALL: Final = "/api/v1/"
FIGURES: Final = (
    Figure(
        "power-categories-in-use", "A12", "类",
        "现行权力事项用到的本地权力类别数（13类名录为本地沿用，另有国家10类对照）",
        "Local classes of power used by at least one power item in force",
        ALL + "power-items", "category",
        distinct(col(PowerItem.category), POWERS), POWERS, dated=False,
    ),
    Figure(
        "bodies-confirmed", "A13", "个",
        "经审查确认执法主体资格并已公告的单位数",
        "Units whose qualification to enforce was confirmed and announced",
        ALL + "departments?enforcement=true", None,
        units(col(DepartmentRevision.enforcement)), units(),
    ),
    Figure(
        "bodies-corrected", "A14", "个",
        "以自己名义行使权力的非行政主体，经审查纠正并已移交全部事项的单位数",
        "Bodies that used powers in their own name and have handed all their items over",
        ALL + "departments?review=corrected", None,
        units(in_review("corrected")), units(), dated=False,
    ),
    Figure(
        "permit-departments", "A15", "个",
        "至少有一项现行许可或审批事项的部门数",
        "Departments with at least one permit or approval in force",
        ALL + "permits?state=published", "department.code",
        distinct(col(PermitRevision.department_id), PERMITS), PERMITS,
    ),
    Figure(
        "permits-in-force", "A16", "项",
        "现行许可和审批事项数，每项的承诺期限都不长于法定期限",
        "Permits and approvals in force, each promised no later than the statute allows",
        ALL + "permits?state=published", None, PERMITS, PERMITS,
    ),
    Figure(
        "first-responsible-persons", "A43", "个",
        "有且只有一位在任第一责任人的单位数",
        "Units with exactly one first responsible person in post",
        ALL + "departments?first_responsible=true", None,
        units(departments.with_first_responsible()), units(),
    ),
    Figure(
        "enterprise-categories", "A44", "类",
        "重点企业名单上出现的企业类别数",
        "Categories that occur on the list of key enterprises",
        ALL + "enterprises", "category",
        distinct(col(Enterprise.category), LISTED), LISTED, dated=False,
    ),
    Figure(
        "leaders-with-enterprises", "A45", "位",
        "至少联系一家企业（现行主联系）的在任市级领导数",
        "Leaders in post with at least one active lead pair",
        ALL + "leaders?paired=true", None, PAIRED, LEADERS,
    ),
    Figure(
        "exam-registrations", "A17", "人",
        "历次执法人员资格考核名册上的人数（清理重复、不符合条件和已离岗人员之后）",
        "Officers on the rosters of all exams, after duplicates and the ineligible were taken out",
        ALL + "exam-campaigns", None, SAT, SAT, summed="registered", dated=False,
    ),
    Figure(
        "exam-subjects", "A18", "门",
        "历次考核大纲列明的法律科目数",
        "Laws named by the syllabuses of all exams",
        ALL + "exam-campaigns", "syllabus",
        select(col(ExamCampaign.syllabus)), select(col(ExamCampaign.syllabus)),
        flat=True, dated=False,
    ),
    Figure(
        "suspended-failed", "A19", "人",
        "因考核不合格被暂停执法资格的人数",
        "Persons suspended because they failed the exam",
        ALL + "suspension-orders?state=effective,closed", None,
        suspended(col(SuspensionLine.reason) == Reason.FAILED), SAT, summed="failed", dated=False,
    ),
    Figure(
        "suspended-absent", "A20", "人",
        "因无正当理由未参加考核被暂停执法资格的人数",
        "Persons suspended because they did not come without an excuse",
        ALL + "suspension-orders?state=effective,closed", None,
        suspended(col(SuspensionLine.reason) == Reason.ABSENT), SAT, summed="absent", dated=False,
    ),
    Figure(
        "persons-suspended", "A21", "人",
        "目前被暂停执法资格的人数，按人计，不按证件计",
        "Persons suspended now, counted as persons and not as certificates",
        ALL + "suspension-orders?state=effective,closed", None,
        suspended(still(SuspensionLine)), SAT, summed="suspended_now", dated=False,
    ),
    Figure(
        "removed-kinds", "A22", "类",
        "自查清退人员涉及的用工性质种类数",
        "Kinds of employment among the people whom the self-checks removed",
        ALL + "self-checks?found=true", "removed_kinds",
        distinct(col(SelfCheckFinding.employment_type), REMOVED), REMOVED, dated=False,
    ),
    Figure(
        "units-with-removals", "A23", "个",
        "自查后清退不合格执法人员的单位数",
        "Units that removed people after their self-check",
        ALL + "self-checks?found=true", None,
        distinct(col(SelfCheckFinding.task_id), REMOVED), TASKS, dated=False,
    ),
    Figure(
        "persons-removed", "A24", "人",
        "自查清退的不合格执法人员人数",
        "Persons removed from enforcement by the self-checks",
        ALL + "self-checks", None, REMOVED, REMOVED, summed="removed", dated=False,
    ),
)  # fmt: skip


def value_of(connection: Connection, figure: Figure, day: date) -> int:
    if figure.flat:
        return len(set(flattened(connection, figure.value, day)))
    return int(connection.execute(figure.value, {"as_of": day}).scalar_one())


def population_of(connection: Connection, figure: Figure, day: date) -> int:
    if figure.flat:
        return len(flattened(connection, figure.population, day))
    return int(connection.execute(figure.population, {"as_of": day}).scalar_one())


def flattened(connection: Connection, lists: Select[Any], day: date) -> list[str]:
    texts = connection.execute(lists, {"as_of": day}).scalars()
    return [each for text in texts for each in orjson.loads(text)]
