"""Letting a person back in: five guards, shown as a checklist (model B4.11, C4)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.errors import Refusal
from app.rules.credentials import Cause
from app.rules.officers import ELIGIBLE, EmploymentType


class State(StrEnum):
    REQUESTED = "requested"
    EXAM_LINKED = "exam_linked"
    PROPOSED = "proposed"
    APPROVED = "approved"
    EFFECTIVE = "effective"
    REFUSED = "refused"


class Act(StrEnum):
    LINK_EXAM = "link_exam"
    PROPOSE = "propose"
    APPROVE = "approve"
    TAKE_EFFECT = "take_effect"
    REFUSE = "refuse"


class Guard(StrEnum):
    EXAM = "exam"
    HOURS = "hours"
    EMPLOYMENT = "employment"
    CAUSES = "causes"
    VALIDITY = "validity"


OUTCOMES: Final = {
    (State.REQUESTED, Act.LINK_EXAM): State.EXAM_LINKED,
    (State.EXAM_LINKED, Act.PROPOSE): State.PROPOSED,
    (State.PROPOSED, Act.APPROVE): State.APPROVED,
    (State.APPROVED, Act.TAKE_EFFECT): State.EFFECTIVE,
    **{
        (state, Act.REFUSE): State.REFUSED
        for state in (State.REQUESTED, State.EXAM_LINKED, State.PROPOSED)
    },
}
# An expired card is renewed; the person is not held back for it.
UNMET: Final[dict[Guard, Callable[[], Refusal]]] = {
    Guard.EXAM: lambda: Refusal("reinstatement.exam", exam=None),
    Guard.HOURS: lambda: Refusal("reinstatement.hours", hours=None),
    Guard.EMPLOYMENT: lambda: Refusal("reinstatement.employment", employment=None),
    Guard.CAUSES: lambda: Refusal("reinstatement.causes", causes=None),
}


def after(act: Act, state: State) -> State:
    if (outcome := OUTCOMES.get((state, act))) is None:
        raise Refusal("reinstatement.act_not_allowed", act=act, state=state)
    return outcome


@dataclass(frozen=True)
class Facts:
    """`last_days` are the last days of validity of the person's cards, by number."""

    exam_passed: bool
    hours: int
    hours_wanted: int
    employment: EmploymentType
    in_service: bool
    other_causes: Collection[Cause]
    last_days: Mapping[str, date]
    today: date


def checklist(facts: Facts) -> dict[Guard, bool]:
    """Each guard with whether it holds, in the order in which they are read."""
    return {
        Guard.EXAM: facts.exam_passed,
        Guard.HOURS: facts.hours >= facts.hours_wanted,
        Guard.EMPLOYMENT: facts.in_service and facts.employment in ELIGIBLE,
        Guard.CAUSES: not facts.other_causes,
        Guard.VALIDITY: all(last >= facts.today for last in facts.last_days.values()),
    }


def propose(found: Mapping[Guard, bool]) -> None:
    """All guards hold but the cards' validity, which holds nobody back."""
    for guard, refusal in UNMET.items():
        if not found[guard]:
            raise refusal()


def later_exam(same_person: bool, sat: int, failed: int) -> None:
    """The exam that lets a person back in is their own and a later one."""
    if not same_person or sat == failed:
        raise Refusal("reinstatement.not_a_later_exam", exam=sat)


def training(hours: int, held_on: date, today: date) -> None:
    if hours <= 0 or held_on > today:
        raise Refusal("reinstatement.training_invalid", hours=hours)
