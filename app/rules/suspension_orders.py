"""A suspension order and its lines: two offices, a snapshot, everybody heard (model B4.11)."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.errors import Refusal
from app.rules.credentials import Cause, Scheme
from app.rules.exam_campaigns import Outcome


class State(StrEnum):
    DRAFT = "draft"
    PREVIEWED = "previewed"
    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    EFFECTIVE = "effective"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    PREVIEW = "preview"
    REBUILD = "rebuild"
    SUBMIT = "submit"
    CONFIRM = "confirm"
    RETURN = "return"
    TAKE_EFFECT = "take_effect"
    WITHDRAW = "withdraw"
    CLOSE = "close"


class LineState(StrEnum):
    PROPOSED = "proposed"
    OBJECTED = "objected"
    REMOVED = "removed"
    CONFIRMED = "confirmed"
    EFFECTIVE = "effective"
    REINSTATED = "reinstated"
    REVOKED_ON_APPEAL = "revoked_on_appeal"
    CONVERTED = "converted"
    SUPERSEDED = "superseded"


class LineAct(StrEnum):
    OBJECT = "object"
    UPHOLD = "uphold"
    DISMISS = "dismiss"
    CONFIRM = "confirm"
    TAKE_EFFECT = "take_effect"
    REINSTATE = "reinstate"
    REVOKE_ON_APPEAL = "revoke_on_appeal"
    CONVERT = "convert"
    SUPERSEDE = "supersede"


class Reason(StrEnum):
    FAILED = "failed"
    ABSENT = "absent"
    SELF_CHECK = "self_check"
    SUPERVISION = "supervision"


class Effect(StrEnum):
    """What happens to one credential of a suspended person (INV-S5)."""

    SUSPEND = "suspend"
    ANNOTATE = "annotate"


OUTCOMES: Final = {
    (State.DRAFT, Act.PREVIEW): State.PREVIEWED,
    (State.PREVIEWED, Act.REBUILD): State.DRAFT,
    (State.PREVIEWED, Act.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Act.CONFIRM): State.CONFIRMED,
    (State.SUBMITTED, Act.RETURN): State.PREVIEWED,
    (State.CONFIRMED, Act.TAKE_EFFECT): State.EFFECTIVE,
    (State.CONFIRMED, Act.WITHDRAW): State.WITHDRAWN,
    (State.EFFECTIVE, Act.CLOSE): State.CLOSED,
}
L = LineState
LINES: Final = {
    (L.PROPOSED, LineAct.OBJECT): L.OBJECTED,
    (L.OBJECTED, LineAct.UPHOLD): L.REMOVED,
    (L.OBJECTED, LineAct.DISMISS): L.PROPOSED,
    (L.PROPOSED, LineAct.SUPERSEDE): L.SUPERSEDED,
    (L.OBJECTED, LineAct.SUPERSEDE): L.SUPERSEDED,
    (L.PROPOSED, LineAct.CONFIRM): L.CONFIRMED,
    (L.CONFIRMED, LineAct.TAKE_EFFECT): L.EFFECTIVE,
    (L.CONFIRMED, LineAct.CONVERT): L.CONVERTED,
    (L.CONFIRMED, LineAct.SUPERSEDE): L.SUPERSEDED,
    (L.EFFECTIVE, LineAct.REINSTATE): L.REINSTATED,
    (L.EFFECTIVE, LineAct.REVOKE_ON_APPEAL): L.REVOKED_ON_APPEAL,
    (L.REINSTATED, LineAct.REVOKE_ON_APPEAL): L.REVOKED_ON_APPEAL,
    (L.EFFECTIVE, LineAct.CONVERT): L.CONVERTED,
}
TERMINAL: Final = {L.REMOVED, L.REINSTATED, L.REVOKED_ON_APPEAL, L.CONVERTED, L.SUPERSEDED}
CAUSES: Final = {
    Reason.FAILED: Cause.EXAM_FAILED,
    Reason.ABSENT: Cause.EXAM_ABSENT,
    Reason.SELF_CHECK: Cause.SELF_CHECK,
    Reason.SUPERVISION: Cause.SUPERVISION,
}
REASONS: Final = {Outcome.FAILED: Reason.FAILED, Outcome.ABSENT: Reason.ABSENT}


def after(act: Act, state: State) -> State:
    if (outcome := OUTCOMES.get((state, act))) is None:
        raise Refusal("suspension_order.act_not_allowed", act=act, state=state)
    return outcome


def line_after(act: LineAct, state: LineState) -> LineState:
    if (outcome := LINES.get((state, act))) is None:
        raise Refusal("suspension_line.act_not_allowed", act=act, state=state)
    return outcome


@dataclass(frozen=True, order=True)
class Card:
    certificate_no: str
    scheme: Scheme
    status: str

    @property
    def effect(self) -> Effect:
        """A ministry's card is annotated and its issuer told; ours is suspended (INV-S5)."""
        return Effect.ANNOTATE if self.scheme is Scheme.MINISTRY else Effect.SUSPEND


@dataclass(frozen=True, order=True)
class Proposed:
    """One person of the snapshot: why, on which scores, with which cards (INV-S1)."""

    officer_no: str
    reason: Reason
    scores: tuple[str, ...]
    cards: tuple[Card, ...]

    @property
    def issue_block(self) -> bool:
        """INV-S4: who has no card yet gets none while suspended."""
        return not self.cards


def snapshot_hash(lines: Sequence[Proposed]) -> str:
    """SHA-256 over the lines in their order: what was previewed is what may be confirmed."""
    text = "\n".join(repr(line) for line in sorted(lines))
    return hashlib.sha256(text.encode()).hexdigest()


def previewed_again(
    until: date | None, before: Collection[str], now: Collection[str], fresh: date
) -> date:
    """A rebuilt preview that names nobody new keeps its window; a new name opens one anew."""
    return until if until is not None and set(now) <= set(before) else fresh


def build(lines: Sequence[Proposed]) -> None:
    """An order names at least one person, and each person once (INV-S1)."""
    if not lines:
        raise Refusal("suspension_order.nobody", lines=0)
    if len({line.officer_no for line in lines}) != len(lines):
        raise Refusal("suspension_order.person_twice", lines=len(lines))


def unchanged(previewed: str, current: str) -> None:
    """What was read is what is confirmed, or it is previewed again."""
    if previewed != current:
        raise Refusal("suspension_order.data_changed", snapshot_hash=current)


def window_over(last_day: date, today: date) -> None:
    """The objection window's last day has passed."""
    if today <= last_day:
        raise Refusal("suspension_order.objections_open", last_day=last_day.isoformat())


def not_concerned(officer: int | None, concerned: Collection[int]) -> None:
    """Nobody makes, checks or decides what concerns themselves."""
    if officer is not None and officer in concerned:
        raise Refusal("act.concerns_yourself", officer=None)


def withdraw(effective_on: date, today: date) -> None:
    """Only before it takes effect; afterwards the way back is an appeal or a reinstatement."""
    if today >= effective_on:
        raise Refusal("suspension_order.already_effective", effective_on=effective_on.isoformat())


def due(effective_on: date, today: date) -> None:
    """Never before its day."""
    if today < effective_on:
        raise Refusal("suspension_order.not_yet", effective_on=effective_on.isoformat())


def counted(typed: int, lines: int, threshold: int) -> None:
    """For more than a few people the number is typed, so that nobody confirms by habit."""
    if lines > threshold and typed != lines:
        raise Refusal("suspension_order.count_differs", persons=lines)


class Service(StrEnum):
    """How a notice reached the person."""

    DIRECT = "direct"
    SUBSTITUTED = "substituted"


def served(state: LineState) -> None:
    """Who is off the list has no notice to be served."""
    if state in (LineState.REMOVED, LineState.SUPERSEDED):
        raise Refusal("suspension_line.nothing_to_serve", state=state)
