"""What a spreadsheet file is, by its bytes, before any library opens it. Standard library only."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

ZIP: Final = b"PK\3\4"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER: Final = (b"MZ", b"\x7fELF", b"%PDF", b"{\\rtf", b"<", b"Rar!", b"7z\xbc\xaf", b"\xff\xfe")
MACRO_ENABLED: Final = {"xlsm", "xltm", "xlsb", "xlam"}
MOST_UNPACKED: Final = 256 << 20
MOST_PARTS: Final = 2_000
MOST_TIMES: Final = 200  # unpacked to packed, of a part that matters
LARGE: Final = 8 << 20
CHUNK: Final = 1 << 17
TAIL: Final = 256  # a tag may lie across two chunks
CELL: Final = re.compile(rb'<(?:\w+:)?c(?=[\s/>])(?:[^>]*?\sr="([A-Z]{1,3})([0-9]{1,7})")?')
FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]|\stable:formula=")
WRITTEN: Final = re.compile(rb"<table:table-cell[^>]*office:value-type[^>]*")
REPEATED: Final = re.compile(rb'number-columns-repeated="([0-9]+)"')


class Refused(Exception):
    """Its text is one word that the parent knows."""


def inspect(content: bytes, suffix: str, most_cells: int) -> str:
    """Return what the file is, or refuse; what it calls itself must agree."""
    if suffix in MACRO_ENABLED:
        raise Refused("macros")
    form = form_of(content, most_cells)
    if suffix != form:
        raise Refused("not_what_it_says")
    return form


def form_of(content: bytes, most_cells: int) -> str:
    if not content:
        raise Refused("empty")
    if content.startswith(ZIP):
        return form_of_zip(content, most_cells)
    if content.startswith(OLE):
        return form_of_compound(content)
    if content.startswith(OTHER) or b"\0" in content:
        raise Refused("wrong_type")
    return "csv"


def form_of_compound(content: bytes) -> str:
    """The names in a compound file's directory are UTF-16."""

    def has(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        raise Refused("encrypted")
    if has("_VBA_PROJECT"):
        raise Refused("macros")
    if not (has("Workbook") or has("Book")):
        raise Refused("wrong_type")
    return "xls"


def form_of_zip(content: bytes, most_cells: int) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            weigh(parts)
            names = {part.filename for part in parts}
            if any(name.endswith("vbaProject.bin") or name.startswith(SCRIPTS) for name in names):
                raise Refused("macros")
            if "xl/workbook.xml" in names:
                return scan(archive, names, most_cells)
            if "content.xml" in names and "mimetype" in names:
                return scan_open_document(archive, names, most_cells)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise Refused("broken") from error
    raise Refused("wrong_type")


SCRIPTS: Final = ("Basic/", "Scripts/", "xl/macrosheets/")


def weigh(parts: list[zipfile.ZipInfo]) -> None:
    """How much would come out, before anything does."""
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("encrypted")
    bombs = [p for p in parts if p.file_size > LARGE and p.file_size > MOST_TIMES * p.compress_size]
    if bombs or len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
        raise Refused("zip_bomb")


def chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part piece by piece, each with the end of the one before."""
    with archive.open(name) as part:
        tail = b""
        while chunk := part.read(CHUNK):
            yield tail + chunk
            tail = chunk[-TAIL:]
            tail = tail[tail.rfind(b"<") :] if b"<" in tail else b""


def scan(archive: zipfile.ZipFile, names: set[str], most_cells: int) -> str:
    if b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise Refused("macros")
    total = 0
    for name in sorted(names):
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            total += cells_in(archive, name, most_cells - total)
    return "xlsx"


def cells_in(archive: zipfile.ZipFile, name: str, most: int) -> int:
    """Count the cells of one sheet, and refuse one whose corners lie far beyond its content."""
    cells, width, height = 0, 0, 0
    for chunk in chunks(archive, name):
        if FORMULA.search(chunk):
            raise Refused("formulas")
        found = CELL.findall(chunk)
        cells += len(found)
        if cells >= most:
            raise Refused("too_many_cells")
        placed = [each for each in found if each[0]]
        width = max([width, *(column(letters) for letters in {each[0] for each in placed})])
        height = max([height, *(int(each[1]) for each in placed)])
    if width * height > 100_000 and width * height > 20 * cells:
        raise Refused("sparse")
    return cells


def column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def scan_open_document(archive: zipfile.ZipFile, names: set[str], most_cells: int) -> str:
    manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    if b"encryption-data" in manifest:
        raise Refused("encrypted")
    if b"spreadsheet" not in archive.read("mimetype"):
        raise Refused("wrong_type")
    cells = 0
    for chunk in chunks(archive, "content.xml"):
        if FORMULA.search(chunk):
            raise Refused("formulas")
        for tag in WRITTEN.findall(chunk):
            times = REPEATED.search(tag)
            cells += int(times[1]) if times else 1
        if cells >= most_cells:
            raise Refused("too_many_cells")
    return "ods"
