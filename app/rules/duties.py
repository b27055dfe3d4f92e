"""Two-person rule (四眼原则)."""

from app.errors import Refusal


def four_eyes(maker: str, checker: str) -> None:
    """Nobody checks what they made."""
    if maker == checker:
        raise Refusal("act.same_person", checker=checker)
