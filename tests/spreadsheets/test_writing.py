"""What we hand out can be filled in and uploaded as it is, and no cell of it ever computes."""

import io
import zipfile

import pytest

from app.spreadsheets import writing
from app.spreadsheets.reading import SheetRow, rows_of
from app.spreadsheets.writing import Heading
from tests.spreadsheets import files

NOTE = "错误说明"
PAYLOADS = [
    start + rest
    for start in ("=", "+", "-", "@", "\t=", "\r=")
    for rest in ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x")', "SUM(A1:A9)", "A1")
]


def noted(content: bytes, told: str = "x") -> bytes:
    def note(row: SheetRow) -> str:
        return NOTE if row.number == 1 else told

    return writing.returned(lambda: rows_of(content, "x.xlsx"), note, NOTE)


def test_a_template_is_read_back_with_its_headings_and_no_row() -> None:
    made = writing.template([Heading("姓名"), Heading("编制性质", ["公务员"])], ["说"], "说明")
    assert [row.cells for row in rows_of(made, "x.xlsx")] == [["姓名", "编制性质"], ["说"]]
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert '<formula1>"公务员"</formula1>' in sheet


def test_the_own_file_comes_back_with_every_row_where_it_was() -> None:
    given = files.xlsx([[], ["蔺如海", "007", 59.5], [], ["柯以诺"]])
    rows = list(rows_of(noted(given), "x.xlsx"))
    assert [(row.number, row.cells) for row in rows] == [
        (2, ["蔺如海", "007", 59.5, "x"]),
        (4, ["柯以诺", None, None, "x"]),
    ]


def test_a_file_that_comes_back_twice_has_one_column_of_ours() -> None:
    once = noted(files.xlsx(), "old")
    rows = list(rows_of(noted(once, "new"), "x.xlsx"))
    assert [row.cells[3:] for row in rows] == [[NOTE], ["new"], ["new"]]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_formula_stays_text_in_an_excel_export(payload: str) -> None:
    rows = [SheetRow("x", 1, [payload])]
    made = writing.returned(lambda: rows, lambda _: payload, NOTE)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert sheet.count('t="inlineStr"') == 2


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_formula_stays_text_in_a_csv_export(payload: str) -> None:
    written = writing.csv_row(["姓名", payload]).decode()
    assert written.startswith(("姓名,'", "姓名,\"'"))
