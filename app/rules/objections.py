"""Objections before a suspension is confirmed: within the window, decided with reasons (B4.11)."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import Final

from app.errors import Refusal


class Kind(StrEnum):
    WRONG_PERSON = "wrong_person"
    WRONG_SCORE = "wrong_score"
    WAS_EXCUSED = "was_excused"
    NOT_AN_ENFORCER = "not_an_enforcer"


class State(StrEnum):
    FILED = "filed"
    CHECKING = "checking"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class Act(StrEnum):
    CHECK = "check"
    UPHOLD = "uphold"
    DISMISS = "dismiss"


OUTCOMES: Final = {
    (State.FILED, Act.CHECK): State.CHECKING,
    (State.CHECKING, Act.UPHOLD): State.UPHELD,
    (State.CHECKING, Act.DISMISS): State.DISMISSED,
}
UNDECIDED: Final = {State.FILED, State.CHECKING}


def after(act: Act, state: State) -> State:
    if (outcome := OUTCOMES.get((state, act))) is None:
        raise Refusal("objection.act_not_allowed", act=act, state=state)
    return outcome


def all_decided(states: Collection[State]) -> None:
    if undecided := sum(state in UNDECIDED for state in states):
        raise Refusal("suspension_order.objections_undecided", objections=undecided)


def may_object(previewed: bool, last_day: date, today: date) -> None:
    if not previewed or today > last_day:
        raise Refusal("objection.window_closed", last_day=last_day.isoformat())


def founded(reason: str, evidence: str) -> None:
    """No decision about a person without its reason and what it rests on."""
    if not reason.strip() or not evidence.strip():
        raise Refusal("objection.reason_missing", reason=None)
