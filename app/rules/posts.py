"""Posts and who holds them: one formal holder, or one who acts until there is (model B4.3)."""

from collections.abc import Collection
from enum import StrEnum

from app.errors import Refusal


class Holding(StrEnum):
    FORMAL = "formal"
    ACTING = "acting"


def take(kind: Holding, held: Collection[Holding]) -> None:
    """Nobody acts in a post that is filled, and a post is not filled twice."""
    if Holding.FORMAL in held or (kind is Holding.ACTING and held):
        raise Refusal("post.held", kind=kind)
