"""The rows of an import as their reader decides about them."""

from typing import Any, Final, Literal

from pydantic import BaseModel
from sqlalchemy import bindparam, select
from sqlmodel import col

from app.listing import Listing, Window
from app.models.columns import kept
from app.models.credentials import Credential
from app.models.departments import Department
from app.models.imports import ImportFile, ImportRow
from app.models.officers import Officer
from app.rules.import_matches import MatchKind
from app.rules.imports import Decision


class CandidateOut(BaseModel):
    officer_no: str
    name: str
    unit: str


class ImportRowOut(BaseModel):
    """`cells` is the row as it stands in the file, without the identity number.

    `holder_name` and `holder_unit`: who holds the certificate that the row names, by the register.
    """

    id: int
    file: str
    sheet: str
    row: int
    cells: list[Any]
    name: str
    certificate_no: str | None
    id_no_last4: str | None
    unit: str | None
    faults: list[str]
    match_kind: MatchKind
    undecided: bool
    decision: Decision | None
    officer_no: str | None
    holder_name: str | None
    holder_unit: str | None
    candidates: list[CandidateOut]


class ImportRowFilter(Window):
    match_kind: MatchKind | None = None
    undecided: bool | None = None
    sort: Literal["id"] = "id"


def held_by(column: Any) -> Any:
    """Of the holder of the certificate that a row names."""
    found = (
        select(column)
        .select_from(Credential)
        .join(Officer, col(Officer.id) == col(Credential.officer_id))
        .join(Department, col(Department.id) == col(Officer.department_id))
        .where(col(Credential.certificate_no) == col(ImportRow.certificate_no))
    )
    return found.correlate(ImportRow).limit(1).scalar_subquery()


ROWS: Final = Listing(
    select(
        col(ImportRow.id),
        col(ImportFile.name).label("file"),
        col(ImportRow.sheet),
        col(ImportRow.number).label("row"),
        kept(col(ImportRow.raw), "cells"),
        col(ImportRow.name),
        col(ImportRow.certificate_no),
        col(ImportRow.id_no_last4),
        col(ImportRow.unit),
        kept(col(ImportRow.faults), "faults"),
        col(ImportRow.match_kind),
        col(ImportRow.undecided),
        col(ImportRow.decision),
        col(ImportRow.officer_no),
        held_by(col(Officer.name)).label("holder_name"),
        held_by(col(Department.code)).label("holder_unit"),
        kept(col(ImportRow.candidates), "candidates"),
    )
    .join(ImportFile, col(ImportFile.id) == col(ImportRow.file_id))
    .where(col(ImportRow.batch_id) == bindparam("batch_id"))
    .where(col(ImportRow.match_kind).is_not(None)),  # what is not matched yet is no preview
    {
        "match_kind": col(ImportRow.match_kind) == bindparam("match_kind"),
        "undecided": col(ImportRow.undecided) == bindparam("undecided"),
    },
    {"id": (col(ImportRow.id),)},
)
