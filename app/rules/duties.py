"""Two-person rule (四眼原则): what a person signs, and in which post."""

from collections.abc import Collection
from dataclasses import dataclass

from app.errors import Refusal


@dataclass(frozen=True)
class Signature:
    """Who acted, and in which post, where one is known."""

    person: str
    post: str | None = None


def four_eyes(maker: str, checker: str) -> None:
    """Nobody checks what they made."""
    if maker == checker:
        raise Refusal("act.same_person", checker=checker)


def uninvolved(makers: Collection[str], checker: str) -> None:
    """Nobody checks what they had a hand in, though another signed it in the end."""
    for each in makers:
        four_eyes(each, checker)


def countersigned(maker: Signature, checker: Signature) -> None:
    """Two persons, in two posts: one who stands in for another does not check the post's work."""
    four_eyes(maker.person, checker.person)
    if maker.post is not None and maker.post == checker.post:
        raise Refusal("act.same_post", checker=checker.post)
