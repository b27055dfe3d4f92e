"""Municipal leaders: the five organs whose posts make one (model B4.3)."""

from collections.abc import Collection
from enum import StrEnum

from app.errors import Refusal


class Organ(StrEnum):
    PARTY = "party"
    CONGRESS = "congress"
    GOVERNMENT = "government"
    CPPCC = "cppcc"
    JUDICIARY = "judiciary"


def in_post(holds: bool) -> None:
    """Only who holds a municipal post today answers for anybody."""
    if not holds:
        raise Refusal("leader.not_in_post", leader=None)


def vacant(municipal: bool, holders: Collection[str]) -> None:
    """A municipal post has one holder at a time."""
    if not municipal:
        raise Refusal("leader.not_a_leaders_post", post=None)
    if holders:
        raise Refusal("leader.post_taken", post=None)
