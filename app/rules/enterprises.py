"""Enterprises: categories, standing, and the list of key enterprises (model B4.12)."""

from enum import StrEnum
from typing import Final

from app.errors import Refusal


class Category(StrEnum):
    LARGE = "large"
    KEY_PRIVATE = "key_private"
    KEY_PROJECT = "key_project"
    MAJOR_TAXPAYER = "major_taxpayer"


class Standing(StrEnum):
    IN_BUSINESS = "in_business"
    MOVED_OUT = "moved_out"
    DEREGISTERED = "deregistered"


class ListState(StrEnum):
    LISTED = "listed"
    ACTIVE_KEY = "active_key"
    REMOVED_FROM_LIST = "removed_from_list"
    DEREGISTERED = "deregistered"


class Act(StrEnum):
    ADMIT = "admit"
    REMOVE = "remove"
    DEREGISTER = "deregister"


OUTCOMES: Final = {
    (ListState.LISTED, Act.ADMIT): ListState.ACTIVE_KEY,
    (ListState.ACTIVE_KEY, Act.REMOVE): ListState.REMOVED_FROM_LIST,
    (ListState.REMOVED_FROM_LIST, Act.DEREGISTER): ListState.DEREGISTERED,
}


def after(act: Act, state: ListState) -> ListState:
    if (outcome := OUTCOMES.get((state, act))) is None:
        raise Refusal("enterprise.act_not_allowed", act=act, state=state)
    return outcome


def opt_out(reason: str) -> None:
    """No firm is helped against its will (条例 48); why it does not want to is kept, unseen."""
    if not reason.strip():
        raise Refusal("enterprise.reason_missing")
