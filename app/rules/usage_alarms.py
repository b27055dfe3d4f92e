"""What becomes of an alarm: somebody looked, and stopped it or let it be."""

from enum import StrEnum

from app.errors import Refusal


class Subject(StrEnum):
    CLIENT = "client"
    ADDRESS = "address"


class State(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Outcome(StrEnum):
    STOPPED = "stopped"
    LET_BE = "let_be"


def close(state: State, stop: bool) -> Outcome:
    """An alarm is closed once."""
    if state is State.CLOSED:
        raise Refusal("usage_alarm.closed", state=state)
    return Outcome.STOPPED if stop else Outcome.LET_BE
