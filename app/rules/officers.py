"""Enforcement officers: who may qualify, and how a qualification changes."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import Final

from app.errors import Refusal
from app.rules.workdays import IsWorkday, Limit, due


class EmploymentType(StrEnum):
    CIVIL_SERVANT = "civil_servant"
    REF_CIVIL = "ref_civil"
    INSTITUTION_STAFF = "institution_staff"
    LABOUR_CONTRACT = "labour_contract"
    TEMPORARY = "temporary"
    HIRED = "hired"
    DISPATCH = "dispatch"
    SECONDED = "seconded"
    WORKER = "worker"


ELIGIBLE: Final = frozenset(
    {
        EmploymentType.CIVIL_SERVANT,
        EmploymentType.REF_CIVIL,
        EmploymentType.INSTITUTION_STAFF,
    }
)


class Status(StrEnum):
    ACTIVE = "active"
    TRANSFERRED = "transferred"
    RETIRED = "retired"
    LEFT = "left"
    DECEASED = "deceased"


class Qualification(StrEnum):
    NONE = "none"
    QUALIFIED = "qualified"
    SUSPENDED = "suspended"
    DISQUALIFIED = "disqualified"


class Act(StrEnum):
    QUALIFY = "qualify"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    DISQUALIFY = "disqualify"


OUTCOMES: Final = {
    (Qualification.NONE, Act.QUALIFY): Qualification.QUALIFIED,
    (Qualification.QUALIFIED, Act.SUSPEND): Qualification.SUSPENDED,
    (Qualification.SUSPENDED, Act.REINSTATE): Qualification.QUALIFIED,
    (Qualification.QUALIFIED, Act.DISQUALIFY): Qualification.DISQUALIFIED,
    (Qualification.SUSPENDED, Act.DISQUALIFY): Qualification.DISQUALIFIED,
}


def after(act: Act, qualification: Qualification) -> Qualification:
    if (outcome := OUTCOMES.get((qualification, act))) is None:
        raise Refusal("officer.act_not_allowed", act=act, qualification=qualification)
    return outcome


def qualify(employment: EmploymentType, exam_passed: bool, department_announced: bool) -> None:
    """INV-O1: eligible employment, a passed exam and an announced department, all three."""
    if employment not in ELIGIBLE:
        raise Refusal("officer.employment_not_eligible", employment=employment)
    if not exam_passed:
        raise Refusal("officer.exam_not_passed")
    if not department_announced:
        raise Refusal("officer.department_not_announced")


GONE: Final = frozenset({Status.TRANSFERRED, Status.RETIRED, Status.LEFT, Status.DECEASED})


def leave(status: Status, to: Status) -> None:
    """Only who is in service can leave it."""
    in_service(status)
    if to not in GONE:
        raise Refusal("officer.not_a_leave", status=to)


def in_service(status: Status) -> None:
    if status is not Status.ACTIVE:
        raise Refusal("officer.not_in_service", status=status)


def hand_back(due_on: date | None, returned_on: date | None) -> None:
    """Cards are handed back once, by who has left."""
    if due_on is None or returned_on is not None:
        raise Refusal("officer.no_cards_due")


def recovery_due(left_on: date, limit: Limit, is_workday: IsWorkday) -> date:
    """INV-O2: the last day on which every card must be back."""
    return due(left_on, limit, is_workday)


def within(areas: Collection[str], of_department: Collection[str]) -> None:
    """An officer enforces in no area that the department does not."""
    if beyond := sorted(set(areas) - set(of_department)):
        raise Refusal("officer.area_beyond_department", areas=beyond[0])
