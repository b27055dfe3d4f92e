"""Appeals against an effective suspension: they do not stop it and cannot worsen it (B4.11)."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import Final

from app.errors import Refusal


class State(StrEnum):
    FILED = "filed"
    REJECTED = "rejected"
    ACCEPTED = "accepted"
    DECIDING = "deciding"
    MAINTAINED = "maintained"
    CHANGED = "changed"
    REVOKED = "revoked"


class Act(StrEnum):
    REJECT = "reject"
    ACCEPT = "accept"
    TAKE_UP = "take_up"
    MAINTAIN = "maintain"
    CHANGE = "change"
    REVOKE = "revoke"


OUTCOMES: Final = {
    (State.FILED, Act.REJECT): State.REJECTED,
    (State.FILED, Act.ACCEPT): State.ACCEPTED,
    (State.ACCEPTED, Act.TAKE_UP): State.DECIDING,
    (State.DECIDING, Act.MAINTAIN): State.MAINTAINED,
    (State.DECIDING, Act.CHANGE): State.CHANGED,
    (State.DECIDING, Act.REVOKE): State.REVOKED,
}
OPEN: Final = {State.FILED, State.ACCEPTED, State.DECIDING}
STEPS: Final = 2


def after(act: Act, state: State) -> State:
    if (outcome := OUTCOMES.get((state, act))) is None:
        raise Refusal("appeal.act_not_allowed", act=act, state=state)
    return outcome


def in_time(filed_on: date, last_day: date) -> bool:
    """Late is rejected with its reason, never silently."""
    return filed_on <= last_day


def next_step(before: Collection[State], step: int) -> None:
    """One open appeal at a time; the second step follows a first one that was maintained."""
    if any(state in OPEN for state in before):
        raise Refusal("appeal.one_is_open", step=step)
    if step > STEPS or State.REVOKED in before:
        raise Refusal("appeal.no_further_step", step=step)


def panel(members: Collection[str], involved: Collection[str]) -> None:
    """The panel's members made, checked and marked none of it."""
    if not members:
        raise Refusal("appeal.panel_empty", members=0)
    if set(members) & set(involved):
        raise Refusal("appeal.panel_involved", members=len(set(members) & set(involved)))


def seated(members: Collection[str], holding: Collection[str]) -> None:
    """Whoever is named can sit down: a panel of others could never decide."""
    if missing := set(members) - set(holding):
        raise Refusal("appeal.member_without_role", members=len(missing))


def reasoned(reason: str) -> None:
    if not reason.strip():
        raise Refusal("appeal.reason_missing", reason=None)


def member(actor: str, members: Collection[str]) -> None:
    if actor not in members:
        raise Refusal("appeal.not_on_panel", actor=actor)


def extend(state: State, extended: bool) -> None:
    """Once, while it is being decided."""
    if state is not State.DECIDING or extended:
        raise Refusal("appeal.cannot_extend", state=state)
