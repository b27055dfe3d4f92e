"""Long work: its course, and how often it is begun anew."""

from enum import StrEnum
from typing import Final


class State(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Kind(StrEnum):
    IMPORT_READING = "import_reading"
    IMPORT_COMMIT = "import_commit"


MOST_ATTEMPTS: Final = 3


def exhausted(attempts: int) -> bool:
    """A job that takes its runner down each time is not tried for ever."""
    return attempts >= MOST_ATTEMPTS
