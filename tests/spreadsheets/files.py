"""Files as offices and attackers make them."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import xlwt  # type: ignore[import-untyped]
from xlsxwriter import Workbook  # type: ignore[import-untyped]

HEADINGS = ("姓名", "执法证号", "单位")
PEOPLE = (HEADINGS, ("蔺如海", "99018132001", "市运输管理站"), ("柯以诺", "99018132002", None))
REPEATED_ROWS = (
    '<table:table-row table:number-rows-repeated="99999999"><table:table-cell'
    ' office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
)
SHEET = "xl/worksheets/sheet1.xml"


def xlsx(rows: Sequence[Sequence[Any]] = PEOPLE, formula: str | None = None) -> bytes:
    out = io.BytesIO()
    with Workbook(out, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("名册")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        if formula:
            sheet.write_formula(9, 0, formula)
    return out.getvalue()


def xls(rows: Sequence[Sequence[Any]] = PEOPLE) -> bytes:
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("名册")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    book.save(out)
    return out.getvalue()


def ods(rows: Sequence[Sequence[str | None]] = PEOPLE, cell: str = "", more: str = "") -> bytes:
    """`cell` is put into every cell's tag, `more` after the last row."""
    tag = f'<table:table-cell office:value-type="string"{cell}><text:p>'
    ends = "</text:p></table:table-cell>"
    body = "".join(
        "<table:table-row>"
        + "".join(f"{tag}{value or ''}{ends}" for value in row)
        + "</table:table-row>"
        for row in rows
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="名册">{body}{more}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def packed(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # of 1980
    return out.getvalue()


def changed(content: bytes, **parts: Any) -> bytes:
    """An .xlsx with a part replaced or added; `sheet` stands for the first sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    named = {"sheet": SHEET, "macros": "xl/vbaProject.bin", "filler": "xl/media/filler.bin"}
    return packed({**kept, **{named[name]: value for name, value in parts.items()}})


def sparse() -> bytes:
    far = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    return changed(xlsx(), sheet=far)


def unplaced_cells(count: int) -> bytes:
    """Cells that do not say where they stand, in rows of a thousand."""
    row = "<row>" + "<c><v>1</v></c>" * 1000 + "</row>"
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    body = f"<sheetData>{row * (count // 1000)}</sheetData></worksheet>"
    with zipfile.ZipFile(io.BytesIO(xlsx())) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in kept.items():
            archive.writestr(name, head + body if name == SHEET else content)
    return out.getvalue()


def encrypted_zip() -> bytes:
    """The bit that says so is set in both headers."""
    content = bytearray(xlsx())
    content[6] |= 1
    at = content.index(b"PK\1\2")
    content[at + 8] |= 1
    return bytes(content)


def compound(name: str) -> bytes:
    """As much of a compound file as says what is in it."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + name.encode("utf-16-le") + bytes(512)
