"""Spreadsheets that we hand out. What looks like a formula stays text, whoever typed it."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from xlsxwriter import Workbook  # type: ignore[import-untyped,unused-ignore]

from app.spreadsheets.reading import SheetRow

PLAIN: Final = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
    "in_memory": False,
}
WIDTH: Final = 18
ROWS: Final = 1_000  # as many rows of a template know their columns' lists
Note = Callable[[SheetRow], str | None]
RISKY: Final = ("=", "+", "-", "@", "\t", "\r")


class Heading(NamedTuple):
    """A column of a template: what stands above it, and what may stand in it."""

    text: str
    values: Sequence[str] = ()


def template(headings: Sequence[Heading], notes: Sequence[str], notes_name: str) -> bytes:
    """Columns of text, so that no digit of a code is lost; lists where there are lists."""
    out = io.BytesIO()
    with Workbook(out, {"strings_to_formulas": False}) as book:
        plain, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for at, heading in enumerate(headings):
            sheet.set_column(at, at, WIDTH, plain)
            sheet.write_string(0, at, heading.text, bold)
            if heading.values:
                allowed = {"validate": "list", "source": list(heading.values)}
                sheet.data_validation(1, at, ROWS, at, allowed)
        told = book.add_worksheet(notes_name)
        told.set_column(0, 0, 4 * WIDTH)
        for at, note in enumerate(notes):
            told.write_string(at, 0, note)
    return out.getvalue()


def returned(read: Callable[[], Iterable[SheetRow]], note: Note, heading: str) -> bytes:
    """Somebody's own file with a last column that says what is wrong with each row.

    Rows keep their numbers. The file is read twice: a sheet's width is known at its end.
    """
    widths: dict[str, int] = {}
    for row in own(read(), heading):
        widths[row.sheet] = max(widths.get(row.sheet, 0), len(row.cells))
    out = io.BytesIO()
    with Workbook(out, PLAIN) as book:
        plain = book.add_format({"num_format": "@"})
        sheets = {name: book.add_worksheet(name or None) for name in widths}
        for row in own(read(), heading):
            sheet, at = sheets[row.sheet], row.number - 1
            for column, value in enumerate(row.cells):
                write(sheet, at, column, value, plain)
            if told := note(row):
                sheet.write_string(at, widths[row.sheet], told, plain)
    return out.getvalue()


def own(rows: Iterable[SheetRow], heading: str) -> Iterator[SheetRow]:
    """Without our column, when the file comes back a second time."""
    ends: dict[str, int] = {}
    for row in rows:
        if heading in row.cells:
            ends[row.sheet] = row.cells.index(heading)
        yield row._replace(cells=row.cells[: ends.get(row.sheet)])


def write(sheet: Any, row: int, column: int, value: Any, plain: Any) -> None:
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, (int, float)):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, value["day"] if isinstance(value, dict) else value, plain)


def guarded(value: Any) -> Any:
    """In CSV nothing says that a cell is text, so an apostrophe does."""
    return "'" + value if isinstance(value, str) and value.startswith(RISKY) else value


def csv_row(cells: Iterable[Any]) -> bytes:
    """One line, in UTF-8. A file for a spreadsheet program begins with `codecs.BOM_UTF8`."""
    line = io.StringIO()
    csv.writer(line).writerow([guarded(each) for each in cells])
    return line.getvalue().encode()
