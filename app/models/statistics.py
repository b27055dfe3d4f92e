"""Published figures: each is a query that anybody can repeat, with its definition beside it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pydantic import BaseModel
from sqlalchemy import Select, bindparam, func, select
from sqlmodel import col

from app.models import departments, enterprises, leaders, permits, qualification_reviews
from app.models.departments import Department, DepartmentRevision
from app.models.enterprises import Enterprise
from app.models.permits import PermitItem, PermitRevision
from app.models.power_items import PowerItem


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


@dataclass(frozen=True)
class Figure:
    """`counted` names the field whose distinct values count; none means the rows themselves.

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

    def on(self, day: date) -> str:
        """The address that lists what was counted on another day."""
        return f"{self.query}{'&' if '?' in self.query else '?'}as_of={day}"


def units(*conditions: Any) -> Select[Any]:
    base = select(func.count()).select_from(Department)
    return base.join(DepartmentRevision, departments.joined()).where(*conditions)


def in_review(state: str) -> Any:
    return qualification_reviews.reviewed(bindparam("state", [state], unique=True, expanding=True))


PERMITS: Final = select(func.count()).select_from(PermitItem).join(PermitRevision, permits.IN_FORCE)
POWERS: Final = select(func.count()).where(col(PowerItem.status) == "published")
LISTED: Final = select(func.count()).select_from(Enterprise).where(enterprises.ON_THE_LIST)
LEADERS: Final = select(func.count()).select_from(leaders.in_post().subquery())
PAIRED: Final = select(func.count()).select_from(
    leaders.in_post().where(leaders.active_pairs() > 0).subquery()
)


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
        ALL + "permits", "department.code",
        distinct(col(PermitRevision.department_id), PERMITS), PERMITS,
    ),
    Figure(
        "permits-in-force", "A16", "项",
        "现行许可和审批事项数，每项的承诺期限都不长于法定期限",
        "Permits and approvals in force, each promised no later than the statute allows",
        ALL + "permits", None, PERMITS, PERMITS,
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
)  # fmt: skip
