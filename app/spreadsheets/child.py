"""Read one spreadsheet from stdin and write it to stdout, a line of JSON a row.

Started in a process of its own with limits on memory and time: a file of a few kilobytes can ask
for more memory than there is. It holds no setting and no secret. What it refuses it says in one
word, never with a word out of the file.
"""

import csv
import datetime
import io
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any, Final

from app.spreadsheets.containers import Refused, inspect

MEMORY: Final = 512 << 20
SECONDS: Final = 30
MOST_BYTES: Final = 20 << 20
MOST_CELLS: Final = 1_000_000
LONGEST: Final = 2_000  # characters in a cell
DELIMITERS: Final = ",\t;"

Cells = Iterator[tuple[int, list[Any]]]


def limit() -> None:
    """What this process may take; the parent watches the wall clock."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core would hold what the file held
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def plain(value: Any) -> Any:
    """A cell as JSON: text stays text, a number a number, so that a code as a number is seen."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1 << 53:
        return int(value)
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        return {"day": str(value)}
    return value


def text(value: str) -> str | None:
    value = value.strip(" \u3000\xa0\n")
    if len(value) > LONGEST:
        raise Refused("cell_too_long")
    if value[:1] in ("=", "@", "\t", "\r"):
        raise Refused("formulas")
    if value[:1] == "'" and value[1:2] in ("+", "-"):
        return value[1:]  # our own guard, from a file that we gave back
    return value or None


def decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("encoding")


def of_text(content: bytes) -> Iterator[tuple[str, Cells]]:
    written = decoded(content)
    first = written.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    rows = csv.reader(io.StringIO(written, newline=""), delimiter=delimiter)
    yield "", enumerate(rows, 1)


def of_workbook(content: bytes) -> Iterator[tuple[str, Cells]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for about in book.sheets_metadata:
        if (about.typ, about.visible) == (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible):
            sheet = book.get_sheet_by_name(about.name)
            if sheet.total_height * sheet.total_width > 2 * MOST_CELLS:
                raise Refused("too_many_cells")
            yield about.name, enumerate(sheet.iter_rows(), 1)


def lines(content: bytes, suffix: str) -> Iterator[Any]:
    """A line a sheet, a line a row that is not empty, and how many there were."""
    if len(content) > MOST_BYTES:
        raise Refused("too_large")
    form = inspect(content, suffix, MOST_CELLS)
    read, cells, rows = of_text if form == "csv" else of_workbook, 0, 0
    for name, found in read(content):
        yield {"sheet": name}
        for number, row in found:
            cells += len(row)
            if cells > 2 * MOST_CELLS:
                raise Refused("too_many_cells")
            values = [plain(each) for each in row]
            while values and values[-1] is None:
                values.pop()
            if values:
                rows += 1
                yield [number, *values]
    yield {"rows": rows}


def reason(error: BaseException) -> str:
    """One word for what went wrong inside a library."""
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, MemoryError):
        return "too_many_cells"
    return "encrypted" if type(error).__name__ == "PasswordError" else "broken"


def main() -> None:
    limit()
    out = sys.stdout
    try:
        for line in lines(sys.stdin.buffer.read(MOST_BYTES + 1), sys.argv[1]):
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    except BaseException as error:
        out.write(json.dumps({"refused": reason(error)}) + "\n")


if __name__ == "__main__":
    main()
