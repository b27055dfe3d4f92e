"""A unit's check of its own enforcers: a nil return is a report, silence is not (model B7.2)."""

from datetime import date
from enum import StrEnum
from typing import Final

from app.errors import Refusal
from app.rules.officers import ELIGIBLE, EmploymentType


class State(StrEnum):
    ISSUED = "issued"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    RETURNED = "returned"
    CLOSED = "closed"


class Act(StrEnum):
    SUBMIT = "submit"
    VERIFY = "verify"
    RETURN = "return"
    CLOSE = "close"


class Action(StrEnum):
    """What was done about a person who may not enforce."""

    REMOVED = "removed"
    TRANSFERRED_TO_SUPPORT = "transferred_to_support"
    CERTIFICATE_RECOVERED = "certificate_recovered"


OUTCOMES: Final = {
    (State.ISSUED, Act.SUBMIT): State.SUBMITTED,
    (State.RETURNED, Act.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Act.VERIFY): State.VERIFIED,
    (State.SUBMITTED, Act.RETURN): State.RETURNED,
    (State.VERIFIED, Act.RETURN): State.RETURNED,
    (State.VERIFIED, Act.CLOSE): State.CLOSED,
}
MISSING: Final = {State.ISSUED, State.RETURNED}


def after(act: Act, state: State) -> State:
    if (outcome := OUTCOMES.get((state, act))) is None:
        raise Refusal("self_check.act_not_allowed", act=act, state=state)
    return outcome


def report(nil: bool, findings: int) -> None:
    """A report says nil or names people: silence is no report."""
    if nil == bool(findings):
        raise Refusal("self_check.nil_or_findings", findings=findings)


def finding(employment: EmploymentType, action: Action) -> None:
    """Removal is for people who may never enforce; an eligible officer is no finding of it."""
    if action is Action.REMOVED and employment in ELIGIBLE:
        raise Refusal("self_check.eligible_person", employment=employment)


def overdue(state: State, due: date, today: date) -> bool:
    return state in MISSING and today > due
