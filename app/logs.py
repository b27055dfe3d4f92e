"""What a process says of itself: a line an event, for people or for machines.

A line never has a query, a key, a body or a name in it: of an address only the words that our own
routes have, of an exception only its types and places (its message may quote what was stored).
"""

import logging.config
import sys
from collections.abc import Iterator
from pathlib import PurePath
from traceback import walk_tb
from types import TracebackType
from typing import Any, Final

import structlog
from structlog.typing import EventDict, WrappedLogger

from app.config import settings
from app.i18n import visit

LOUD: Final = ("httpx2", "httpcore2")  # they would tell each address that is asked
SERVER: Final = ("uvicorn", "uvicorn.error")
ADDED: Final = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)
FRAMES: Final = 12  # the innermost ones


def line_config() -> dict[str, Any]:
    """For `logging.config.dictConfig`, in each process: one handler, on standard error."""
    render = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings().log == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    line = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [*ADDED, of_request, placed],
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
    }
    handler = {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", "formatter": "line"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": line},
        "handlers": {"err": handler},
        "root": {"level": "INFO", "handlers": ["err"]},
        "loggers": {
            **dict.fromkeys(SERVER, {"handlers": [], "propagate": True}),
            **dict.fromkeys(LOUD, {"level": "WARNING"}),
        },
    }


def configure() -> None:
    logging.config.dictConfig(line_config())


def of_request(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The number that the visitor was told too."""
    if number := visit().request_id:
        event["request_id"] = number
    event.pop("color_message", None)  # the server's own, with escapes for a terminal
    return event


def placed(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Where it happened and what kind it was, from the outermost cause to the last exception."""
    if found := event.pop("exc_info", None):
        error = found[1] if isinstance(found, tuple) else sys.exc_info()[1]
        event["raised"] = [told(each) for each in chain(error)]
    return event


def chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def told(error: BaseException) -> str:
    at = " < ".join(list(places(error.__traceback__))[-FRAMES:][::-1])
    return f"{type(error).__name__} at {at}" if at else type(error).__name__


def places(trace: TracebackType | None) -> Iterator[str]:
    for frame, number in walk_tb(trace):
        code = frame.f_code
        yield f"{PurePath(code.co_filename).name}:{number} {code.co_name}"
