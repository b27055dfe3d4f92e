"""Liaison pairs: one lead for an enterprise, never an empty page (model B4.13)."""

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from app.errors import Refusal

Interval = tuple[date, date | None]


class State(StrEnum):
    PROPOSED = "proposed"
    ACTIVE = "active"
    HANDOVER = "handover"
    ENDED = "ended"


class Role(StrEnum):
    LEAD = "lead"
    SUPPORT_DEPARTMENT = "support_department"


class EndReason(StrEnum):
    HANDED_OVER = "handed_over"
    LEFT_THE_LIST = "left_the_list"
    OPTED_OUT = "opted_out"


class Act(StrEnum):
    ISSUE = "issue"
    LEAVE = "leave"
    REASSIGN = "reassign"
    END = "end"


OUTCOMES: Final = {
    (State.PROPOSED, Act.ISSUE): State.ACTIVE,
    (State.ACTIVE, Act.LEAVE): State.HANDOVER,
    (State.HANDOVER, Act.REASSIGN): State.ENDED,
    (State.ACTIVE, Act.END): State.ENDED,
    (State.HANDOVER, Act.END): State.ENDED,  # a firm may leave while its leader changes
}


def after(act: Act, state: State) -> State:
    if (outcome := OUTCOMES.get((state, act))) is None:
        raise Refusal("liaison_pair.act_not_allowed", act=act, state=state)
    return outcome


def one_lead(existing: Sequence[Interval], new: Interval) -> None:
    """INV-L1: at no instant two active leads; intervals are half-open."""
    for start, end in existing:
        starts_before = new[1] is None or start < new[1]
        if starts_before and (end is None or new[0] < end):
            raise Refusal("liaison_pair.second_lead", valid_from=new[0])


def uncovered(in_post: Collection[str], leads: Collection[str]) -> set[str]:
    """INV-L2: every leader in post has an active lead pair; these have none."""
    return set(in_post) - set(leads)


def propose(active: bool, opted_out: bool) -> None:
    if not active:
        raise Refusal("liaison_pair.enterprise_not_active", enterprise=active)
    if opted_out:
        raise Refusal("liaison_pair.opted_out", enterprise=opted_out)


def issue(document_no: str | None) -> None:
    if not document_no:
        raise Refusal("liaison_pair.document_missing", document_no=document_no)


def unissued(state: State) -> None:
    if state is not State.PROPOSED:
        raise Refusal("liaison_pair.act_not_allowed", act="drop", state=state)


def inform(told: bool) -> None:
    """Nobody gets a leader unawares (条例 48): the firm is told by the same document."""
    if not told:
        raise Refusal("liaison_pair.enterprise_not_informed", enterprise_informed=told)


def end(valid_from: date, on: date) -> None:
    """A pair was in force for a day at least; half-open intervals know no empty one."""
    if on <= valid_from:
        raise Refusal("liaison_pair.first_day", valid_from=valid_from)


def visit(visited: Collection[date], on: date, *, noticed: bool, most: int) -> None:
    """INV-L4: nobody calls unannounced, nor more often in a month than the parameter allows."""
    if not noticed:
        raise Refusal("liaison_pair.visit_without_notice", on=on)
    this_month = [day for day in visited if (day.year, day.month) == (on.year, on.month)]
    if len(this_month) >= most:
        raise Refusal("liaison_pair.visited_enough", visits=len(this_month))
