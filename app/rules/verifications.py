"""Why an officer may or may not enforce, rule by rule, and when a team is one (处罚法 42)."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Final

from app.rules.credentials import Result
from app.rules.departments import OWN_NAME, Basis
from app.rules.officers import ELIGIBLE, EmploymentType

COMPREHENSIVE: Final = frozenset({"comprehensive", "综合", "综合执法"})
TEAM: Final = 2


@dataclass(frozen=True)
class Reason:
    rule: str
    ok: bool | None
    code: str


@dataclass(frozen=True)
class Facts:
    qualification: str
    employment: str
    officer_status: str
    unit_announced: bool
    basis_kind: str
    area_code: str
    asked_area: str | None
    category: str
    asked_power: str | None


def reason(rule: str, ok: bool) -> Reason:
    return Reason(rule, ok, f"{rule}.{'ok' if ok else 'not_ok'}")


def covers(area: str, asked: str) -> bool:
    """A division covers those whose code begins with its own, its trailing 00 left out."""
    while len(area) in (4, 6) and area.endswith("00"):
        area = area[:-2]
    return asked.startswith(area)


def why(facts: Facts) -> list[Reason]:
    """Five rules in their order; a question not asked is neither met nor missed."""
    employed = facts.officer_status == "active" and EmploymentType(facts.employment) in ELIGIBLE
    unit = facts.unit_announced and Basis(facts.basis_kind) in OWN_NAME
    found = [
        reason("qualification", facts.qualification == "qualified"),
        reason("employment", employed),
        reason("unit", unit),
    ]
    if facts.asked_area is None:
        found.append(Reason("area", None, "area.not_asked"))
    else:
        found.append(reason("area", covers(facts.area_code, facts.asked_area)))
    if facts.asked_power is None:
        found.append(Reason("category", None, "category.not_asked"))
    else:
        fits = facts.category in COMPREHENSIVE or facts.category == facts.asked_power
        found.append(reason("category", fits))
    return found


def may_enforce(result: Result, reasons: Sequence[Reason]) -> bool:
    return result is Result.VALID and all(each.ok is not False for each in reasons)


@dataclass(frozen=True)
class TeamFacts:
    officer_key: str | None
    result: Result
    may_enforce: bool
    department: str | None
    joint_actions: Set[str]


def team_why(members: Sequence[TeamFacts]) -> list[Reason]:
    """Two valid officers, two persons, one unit or one recorded joint action."""
    able = [each for each in members if each.may_enforce]
    persons = {each.officer_key for each in able}
    one_unit = len({each.department for each in able}) == 1
    shared = set.intersection(*(set(each.joint_actions) for each in able)) if able else set()
    return [
        reason("number", len(able) >= TEAM),
        reason("distinct", len(persons) == len(able) and len(able) >= TEAM),
        reason("unit", bool(able) and (one_unit or bool(shared))),
    ]
