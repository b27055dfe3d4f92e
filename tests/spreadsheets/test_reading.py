"""Whatever is uploaded, it is read row by row or refused by name, in a process that may die."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.spreadsheets import reading
from app.spreadsheets.reading import SheetRow, Unreadable, rows_of
from tests.spreadsheets import files

READ = [list(files.HEADINGS), ["蔺如海", "99018132001", "市运输管理站"], ["柯以诺", "99018132002"]]
CSV = "姓名,执法证号,单位\r\n蔺如海,99018132001,市运输管理站\r\n柯以诺,99018132002,\r\n"
GOOD: dict[str, Callable[[], bytes]] = {
    "x.xlsx": files.xlsx,
    "x.xls": files.xls,
    "x.ods": files.ods,
    "utf-8.csv": lambda: CSV.encode(),
    "BOM.CSV": lambda: CSV.encode("utf-8-sig"),
    "gb18030.csv": lambda: CSV.encode("gb18030"),
    "tabs.txt": lambda: CSV.replace(",", "\t").encode("gb18030"),
}
EXE = b"MZ\x90\0" + bytes(2000)
HOSTILE: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "a sparse sheet": ("sparse", "x.xlsx", files.sparse),
    "a zip bomb": (
        "zip_bomb",
        "x.xlsx",
        lambda: files.changed(files.xlsx(), filler=bytes(9 << 20)),
    ),
    "macros": ("macros", "x.xlsx", lambda: files.changed(files.xlsx(), macros=b"x")),
    "a macro file by its name": ("macros", "x.xlsm", files.xlsx),
    "macros of long ago": ("macros", "x.xls", lambda: files.compound("Workbook_VBA_PROJECT_CUR")),
    "a renamed program": ("wrong_type", "x.xlsx", lambda: EXE),
    "a program as text": ("wrong_type", "x.csv", lambda: EXE),
    "a web page called .xls": ("wrong_type", "x.xls", lambda: b"<html><table><tr><td>1"),
    "another archive": ("wrong_type", "x.xlsx", lambda: files.packed({"a.txt": "x"})),
    "text called .xlsx": ("not_what_it_says", "x.xlsx", lambda: CSV.encode()),
    "a million cells": ("too_many_cells", "x.xlsx", lambda: files.unplaced_cells(1_000_000)),
    "repeated cells": (
        *("too_many_cells", "x.ods"),
        lambda: files.ods(cell=' table:number-columns-repeated="900000"'),
    ),
    "repeated rows": ("too_many_cells", "x.ods", lambda: files.ods(more=files.REPEATED_ROWS)),
    "a formula": ("formulas", "x.xlsx", lambda: files.xlsx(formula="=1+1")),
    "a formula in .ods": ("formulas", "x.ods", lambda: files.ods(cell=' table:formula="of:=1"')),
    "a CSV of formulas": ("formulas", "x.csv", lambda: (CSV + "=cmd|' /C calc'!A0,1,2").encode()),
    "a formula as text": ("formulas", "x.xlsx", lambda: files.xlsx([["姓名"], ["@SUM(1)"]])),
    "a locked archive": ("encrypted", "x.xlsx", files.encrypted_zip),
    "a locked workbook": ("encrypted", "x.xls", lambda: files.compound("EncryptedPackage")),
    "an empty file": ("empty", "x.csv", lambda: b""),
    "a cut file": ("broken", "x.xlsx", lambda: files.xlsx()[:900]),
    "a sheet that is no XML": ("broken", "x.xlsx", lambda: files.changed(files.xlsx(), sheet="<a")),
    "no known encoding": ("encoding_unknown", "x.csv", lambda: b"\xff\xff\xff,1"),
    "a cell as long as a book": ("cell_too_long", "x.csv", lambda: b"x" * 2001),
    "twenty megabytes": ("too_large", "x.csv", lambda: b"x" * ((20 << 20) + 1)),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_sheet_is_read_whatever_wrote_it(name: str) -> None:
    rows = list(rows_of(GOOD[name](), name))
    assert [row.cells for row in rows] == READ
    assert [row.number for row in rows] == [1, 2, 3]


@pytest.mark.parametrize("named", HOSTILE)
def test_a_hostile_file_is_refused_by_its_own_name(named: str) -> None:
    code, name, content = HOSTILE[named]
    with pytest.raises(Unreadable) as refusal:
        list(rows_of(content(), name))
    assert refusal.value.code == f"spreadsheet.{code}"


@pytest.mark.parametrize("name", ["x.xlsx", "x.xls", "x.csv"])
def test_a_row_keeps_the_number_that_the_spreadsheet_shows(name: str) -> None:
    rows = [[], [], ["姓名"], [], ["蔺如海"]]
    made = {
        "x.xlsx": lambda: files.xlsx(rows),
        "x.xls": lambda: files.xls(rows),
        "x.csv": lambda: '\n\n姓名\n\n"蔺如海"\n'.encode(),
    }
    assert [row.number for row in rows_of(made[name](), name)] == [3, 5]


def test_a_line_break_in_a_cell_moves_no_row() -> None:
    assert [row.number for row in rows_of(b'a,"b\nc"\nd,e\n', "x.csv")] == [1, 2]


def test_a_number_stays_a_number_so_that_a_lost_digit_is_seen() -> None:
    rows = list(rows_of(files.xlsx([["身份证号", "成绩"], [110101199001011234, 59.5]]), "x.xlsx"))
    assert rows[1].cells == [1.101011990010112e17, 59.5]


def test_our_own_guard_is_taken_off_again() -> None:
    assert next(rows_of(b"'+86,'x,-5\n", "x.csv")).cells == ["+86", "'x", "-5"]


def test_hidden_sheets_are_not_read() -> None:
    assert {row.sheet for row in rows_of(files.xlsx(), "x.xlsx")} == {"名册"}


def test_a_child_that_is_killed_is_a_refusal_and_not_a_short_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "PATIENCE", 0.0)
    with pytest.raises(Unreadable):
        list(rows_of(files.xlsx(), "x.xlsx"))


def test_the_child_has_no_setting_and_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGBAI_SECRET_KEY", "canary")
    with reading.reader_of(files.xlsx(), "xlsx") as child:
        environment = Path(f"/proc/{child.pid}/environ").read_bytes()
    assert b"canary" not in environment


def test_a_reader_that_stops_early_leaves_no_process() -> None:
    rows = rows_of(files.xlsx([["x"] * 9] * 5000), "x.xlsx")
    assert isinstance(next(rows), SheetRow)
    rows.close()  # type: ignore[attr-defined]
    left = subprocess.run(["ps", "-ef"], capture_output=True, text=True, check=True).stdout
    assert "spreadsheets.child xlsx" not in left


def memory() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) << 12


def peak(child: int) -> int:
    told = Path(f"/proc/{child}/status").read_text().split("VmHWM:")[1]
    return int(told.split()[0]) << 10


def test_a_hundred_thousand_rows_take_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    content = files.xlsx([[f"张{n}", f"990181{n:05}", "市水利局"] * 3 for n in range(100_000)])
    children: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    class Watched(start):  # type: ignore[misc,valid-type]
        def __init__(self, *args: object, **more: object) -> None:
            super().__init__(*args, **more)
            children.append(self)

    monkeypatch.setattr(subprocess, "Popen", Watched)
    before, began, grown, read = memory(), time.monotonic(), 0, 0
    for row in rows_of(content, "x.xlsx"):
        read += 1
        if row.number % 5000 == 0:
            grown = max(grown, memory() - before + peak(children[0].pid))
    assert read == 100_000
    assert grown < 150 << 20
    assert time.monotonic() - began < 60


def test_the_child_is_limited_before_it_reads_the_file() -> None:
    with reading.reader_of(files.xlsx([["x"] * 9] * 5000), "xlsx") as child:
        assert child.stdout
        child.stdout.readline()
        limits = Path(f"/proc/{child.pid}/limits").read_text()
    told = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()}
    assert told["Max address space"] == str(512 << 20)
    assert (told["Max cpu time"], told["Max core file size"]) == ("30", "0")
