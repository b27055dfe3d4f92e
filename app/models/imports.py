"""Uploaded spreadsheets: the batch, its sealed files, and their rows as they were understood."""

from typing import Any, Final

from pydantic import BaseModel
from sqlalchemy import Index, LargeBinary, Text, text
from sqlmodel import Field, SQLModel

from app.models.columns import closed
from app.rules.headings import Kind
from app.rules.import_matches import MatchKind
from app.rules.imports import Decision, State

LIVE: Final = text("live")


class ImportBatch(SQLModel, table=True):
    """`version` changes with every decision: what is committed is what was last seen."""

    __tablename__ = "import_batch"
    __table_args__ = (closed("kind", Kind), closed("state", State))

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=32, unique=True)
    kind: str = Field(max_length=16)
    state: str = Field(max_length=16)
    campaign_id: int | None = Field(default=None, foreign_key="exam_campaign.id")
    session_id: int | None = Field(default=None, foreign_key="exam_session.id")
    department_id: int | None = Field(default=None, foreign_key="department.id")
    first_marker: str | None = Field(default=None, max_length=100)
    second_marker: str | None = Field(default=None, max_length=100)
    signed_by: str | None = Field(default=None, max_length=100)
    uploaded_by: str = Field(max_length=100)
    uploaded_at: str = Field(max_length=32)
    version: int = 1


class ImportFile(SQLModel, table=True):
    """`live` until the batch is discarded: the same file may then be uploaded again."""

    __tablename__ = "import_file"
    __table_args__ = (
        Index("ix_import_file_batch_id", "batch_id", "position"),
        Index(
            "uq_import_file_sha256", "sha256", unique=True, sqlite_where=LIVE, postgresql_where=LIVE
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="import_batch.id")
    position: int
    name: str = Field(max_length=255)
    sha256: str = Field(max_length=64)
    live: bool = True
    sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    rows: int = 0
    refused_because: str | None = Field(default=None, max_length=64)


class ImportRow(SQLModel, table=True):
    """`raw` shows the row without its identity number, of which a keyed digest is kept."""

    __tablename__ = "import_row"
    __table_args__ = (
        Index("ix_import_row_batch_id", "batch_id", "match_kind", "id"),
        Index("ix_import_row_person", "batch_id", "person", "id"),
        Index("ix_import_row_file_id", "file_id", "id"),
        closed("match_kind", MatchKind),
        closed("decision", Decision),
    )

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="import_batch.id")
    file_id: int = Field(foreign_key="import_file.id")
    sheet: str = Field(max_length=100)
    number: int
    raw: str = Field(sa_type=Text)
    name: str = Field(max_length=100)
    certificate_no: str | None = Field(default=None, max_length=64)
    id_no_hmac: str | None = Field(default=None, max_length=64)
    id_no_last4: str | None = Field(default=None, max_length=4)
    unit: str | None = Field(default=None, max_length=8)
    said: str = Field(sa_type=Text)
    faults: str = Field(default="[]", sa_type=Text)
    match_kind: str | None = Field(default=None, max_length=24)
    person: str | None = Field(default=None, max_length=100)
    officer_no: str | None = Field(default=None, max_length=32)
    candidates: str = Field(default="[]", sa_type=Text)
    undecided: bool = True
    decision: str | None = Field(default=None, max_length=8)
    correction: str | None = Field(default=None, sa_type=Text)
    decided_by: str | None = Field(default=None, max_length=100)
    reason: str | None = Field(default=None, max_length=500)


class ClassOut(BaseModel):
    match_kind: MatchKind
    rows: int
    undecided: int
    skipped: int
    suggestion: Decision
    automatic: bool
    one_click: list[Decision]
    single: list[Decision]


class ImportFileOut(BaseModel):
    position: int
    name: str
    rows: int
    kept: bool
    refused_because: str | None


class ImportOut(BaseModel):
    number: str
    kind: Kind
    state: State
    uploaded_by: str
    uploaded_at: str
    version: int


class ImportDetail(ImportOut):
    campaign: str | None
    session: str | None
    rows: int
    undecided: int
    included: int
    classes: list[ClassOut]
    files: list[ImportFileOut]
    job: str | None


class CandidateOut(BaseModel):
    officer_no: str
    name: str
    unit: str
    certificates: list[str]


class ImportRowOut(BaseModel):
    id: int
    file: str
    sheet: str
    row: int
    name: str
    certificate_no: str | None
    id_no_last4: str | None
    unit: str | None
    said: dict[str, Any]
    faults: list[str]
    match_kind: MatchKind
    undecided: bool
    decision: Decision | None
    officer: CandidateOut | None
    candidates: list[CandidateOut]
