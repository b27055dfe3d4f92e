"""Rows of a spreadsheet as its child process reads them, one at a time."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread, Timer
from typing import Any, Final, NamedTuple

import orjson

from app.errors import Refusal
from app.i18n import later
from app.spreadsheets.child import lines

CHILD: Final = (sys.executable, "-I", "-m", "app.spreadsheets.child")
PATIENCE: Final = 120.0  # seconds by the wall clock
DIED: Final = later("spreadsheet.too_many_cells")
REASONS: Final = {
    "broken": later("spreadsheet.broken"),
    "cell_too_long": later("spreadsheet.cell_too_long"),
    "empty": later("spreadsheet.empty"),
    "encoding": later("spreadsheet.encoding_unknown"),
    "encrypted": later("spreadsheet.encrypted"),
    "formulas": later("spreadsheet.formulas"),
    "macros": later("spreadsheet.macros"),
    "not_what_it_says": later("spreadsheet.not_what_it_says"),
    "sparse": later("spreadsheet.sparse"),
    "too_large": later("spreadsheet.too_large"),
    "too_many_cells": DIED,
    "wrong_type": later("spreadsheet.wrong_type"),
    "zip_bomb": later("spreadsheet.zip_bomb"),
}


class SheetRow(NamedTuple):
    """`number` is the row as the spreadsheet program shows it."""

    sheet: str
    number: int
    cells: list[Any]


class Unreadable(Refusal):
    """The file, not a row of it, is refused. Its words name the reason, never the content."""

    status = 422


@contextmanager
def reader_of(content: bytes, suffix: str) -> Iterator["subprocess.Popen[bytes]"]:
    """The child at work on a file, in an environment without our settings; gone afterwards."""
    child = subprocess.Popen(
        [*CHILD, suffix],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"},
        cwd="/",
    )
    alarm = Timer(PATIENCE, child.kill)
    feeder = Thread(target=feed, args=(child, content), daemon=True)
    alarm.start()
    feeder.start()
    try:
        yield child
    finally:
        alarm.cancel()
        child.kill()
        child.wait()
        feeder.join()
        if child.stdout:
            child.stdout.close()


def feed(child: "subprocess.Popen[bytes]", content: bytes) -> None:
    assert child.stdin
    with suppress(BrokenPipeError):
        child.stdin.write(content)
    with suppress(BrokenPipeError):
        child.stdin.close()


def rows_of(content: bytes, file_name: str) -> Iterator[SheetRow]:
    """Every row that is not empty. A file that cannot be read to its end is refused."""
    suffix = Path(file_name).suffix.lower().lstrip(".").replace("txt", "csv")
    sheet = ""
    with reader_of(content, suffix) as child:
        assert child.stdout
        for line in child.stdout:
            if not line.endswith(b"\n"):
                break  # it died in the middle of a line
            found = orjson.loads(line)
            if isinstance(found, list):
                yield SheetRow(sheet, found[0], found[1:])
            elif "sheet" in found:
                sheet = found["sheet"]
            elif "rows" in found:
                return
            else:
                raise Unreadable(REASONS[found["refused"]])
    raise Unreadable(DIED)  # by its limit of memory or time


def own_rows(content: bytes, file_name: str) -> Iterator[SheetRow]:
    """The rows of a file that came with this product, without a process for each."""
    sheet = ""
    for found in lines(content, Path(file_name).suffix.lstrip(".")):
        if isinstance(found, list):
            yield SheetRow(sheet, found[0], found[1:])
        else:
            sheet = found.get("sheet", sheet)
