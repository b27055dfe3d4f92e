"""Posts and who holds them: one formal holder, or one who acts until there is (model B4.3)."""

from collections.abc import Collection
from enum import StrEnum

from app.errors import Refusal


class Holding(StrEnum):
    FORMAL = "formal"
    ACTING = "acting"


def signed(by: str, holders: Collection[str]) -> None:
    """What a unit answers for is signed by its first responsible person."""
    if by not in holders:
        raise Refusal("post.not_first_responsible", signed_by=by)


def take(kind: Holding, held: Collection[Holding]) -> None:
    """Nobody acts in a post that is filled, and a post is not filled twice."""
    if Holding.FORMAL in held or (kind is Holding.ACTING and held):
        raise Refusal("post.held", kind=kind)
