"""The files of an import that go out: an empty template, and the own file with what is wrong."""

from collections.abc import Mapping
from typing import Final

import orjson
from sqlmodel import col, select

from app import secrets
from app.acts.desk import Desk
from app.acts.imports import FILES
from app.errors import NotFound
from app.i18n import gettext, later
from app.models.imports import ImportBatch, ImportFile, ImportRow
from app.rules.headings import DEEPEST, OFFERED, WORDS, Field, Kind, columns_in
from app.rules.import_matches import MatchKind
from app.rules.import_rows import LISTS
from app.spreadsheets import writing
from app.spreadsheets.reading import SheetRow, rows_of
from app.spreadsheets.writing import Heading

OURS: Final = "错误说明"
NOTES: Final = "说明"
TOLD: Final = later("import.template_note")
M = MatchKind
MATCHES: Final = {
    M.CERT_ONLY_NAME_DIFFERS: later("match.cert_only_name_differs"),
    M.NAME_AMBIGUOUS: later("match.name_ambiguous"),
    M.CERT_MALFORMED: later("match.cert_malformed"),
    M.CERT_BELONGS_TO_OTHER: later("match.cert_belongs_to_other"),
    M.DUPLICATE_IN_FILE: later("match.duplicate_in_file"),
    M.DUPLICATE_ACROSS_UNITS: later("match.duplicate_across_units"),
    M.INELIGIBLE_EMPLOYMENT: later("match.ineligible_employment"),
    M.INACTIVE_PERSON: later("match.inactive_person"),
    M.NOT_FOUND: later("match.not_found"),
    M.UNIT_DIFFERS: later("match.unit_differs"),
    M.NOT_REGISTERED: later("match.not_registered"),
    M.SCORE_AND_ABSENT: later("match.score_and_absent"),
}


def template(kind: Kind) -> bytes:
    """The first word of each list is the one to write; the others are understood too."""
    headings = [Heading(WORDS[field][0], offered(field)) for field in OFFERED[kind]]
    return writing.template(headings, [gettext(TOLD)], NOTES)


def offered(field: Field) -> list[str]:
    firsts: dict[str, str] = {}
    for word, value in LISTS.get(field, {}).items():
        firsts.setdefault(value, word)
    return list(firsts.values())


def returned(desk: Desk, batch: ImportBatch, position: int) -> bytes:
    file = desk.find(ImportFile, batch_id=batch.id, position=position)
    if file is None or file.sealed is None:
        raise NotFound("import.file_gone")
    content, name = secrets.unseal(FILES + file.sha256, file.sealed), file.name
    told = wrong(desk, file)

    def note(row: SheetRow) -> str | None:
        if row.number <= DEEPEST and columns_in(row.cells):
            return OURS
        return told.get((row.sheet[:100], row.number))

    return writing.returned(lambda: rows_of(content, name), note, OURS)


def wrong(desk: Desk, file: ImportFile) -> Mapping[tuple[str, int], str]:
    """What is wrong with each row that has something wrong, in the reader's language."""
    rows = select(ImportRow.sheet, ImportRow.number, ImportRow.match_kind, ImportRow.faults)
    found = {}
    for sheet, number, kind, faults in desk.session.exec(
        rows.where(ImportRow.file_id == file.id).order_by(col(ImportRow.id))
    ):
        kinds = [MATCHES[MatchKind(kind)]] if kind in MATCHES else []
        if codes := orjson.loads(faults) or kinds:
            found[sheet, number] = " ".join(gettext(code) for code in codes)
    return found
