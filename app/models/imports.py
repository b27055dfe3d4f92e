"""Uploaded spreadsheets: the batch, its sealed files, and their rows as they were understood."""

from typing import Annotated, Final, Literal

from fastapi import UploadFile
from pydantic import BaseModel
from pydantic import Field as Limited
from sqlalchemy import Index, LargeBinary, Text, bindparam, case, func, select, text
from sqlmodel import Field, SQLModel, col

from app.listing import Listing, Window
from app.models.columns import closed
from app.models.exam_campaigns import ExamCampaign
from app.models.exam_sessions import ExamSession
from app.models.jobs import Job
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


class ImportIn(BaseModel, extra="forbid"):
    """Spreadsheets, and what they are about."""

    files: Annotated[list[UploadFile], Limited(min_length=1, max_length=100)]
    kind: Kind
    campaign: Annotated[str | None, Limited(max_length=32)] = None
    session: Annotated[str | None, Limited(max_length=32)] = None
    unit: Annotated[str | None, Limited(max_length=8)] = None
    first_marker: Annotated[str | None, Limited(max_length=100)] = None
    second_marker: Annotated[str | None, Limited(max_length=100)] = None
    signed_by: Annotated[str | None, Limited(max_length=100)] = None


class CorrectionIn(BaseModel, extra="forbid"):
    officer_no: Annotated[str | None, Limited(max_length=32)] = None
    certificate_no: Annotated[str | None, Limited(max_length=32)] = None
    general: Annotated[str | None, Limited(max_length=8)] = None
    special: Annotated[str | None, Limited(max_length=8)] = None
    absent: bool | None = None


class DecisionIn(BaseModel, extra="forbid"):
    """Of one row, or with `match_kind` of every undecided row of a class."""

    decision: Decision
    row: Annotated[int | None, Limited(ge=1)] = None
    match_kind: MatchKind | None = None
    correction: CorrectionIn | None = None
    reason: Annotated[str | None, Limited(max_length=500)] = None


class CommitIn(BaseModel, extra="forbid"):
    version: Annotated[int, Limited(ge=1)]


class ImportFilter(Window):
    kind: Kind | None = None
    state: State | None = None
    sort: Literal["-number", "number"] = "-number"


BATCH: Final = tuple(col(getattr(ImportBatch, name)) for name in ImportOut.model_fields)
IMPORTS: Final = Listing(
    select(*BATCH),
    {
        "kind": col(ImportBatch.kind) == bindparam("kind"),
        "state": col(ImportBatch.state) == bindparam("state"),
    },
    {"number": (col(ImportBatch.number),)},
)


NUMBERED: Final = (
    select(
        *BATCH,
        col(ImportBatch.id),
        col(ExamCampaign.code).label("campaign"),
        col(ExamSession.code).label("session"),
    )
    .outerjoin(ExamCampaign, col(ExamCampaign.id) == col(ImportBatch.campaign_id))
    .outerjoin(ExamSession, col(ExamSession.id) == col(ImportBatch.session_id))
    .where(col(ImportBatch.number) == bindparam("number"))
)
COUNTED: Final = (
    select(
        col(ImportRow.match_kind),
        func.count().label("rows"),
        func.sum(case((col(ImportRow.undecided), 1), else_=0)).label("undecided"),
        func.sum(case((col(ImportRow.decision) == Decision.SKIP, 1), else_=0)).label("skipped"),
    )
    .where(col(ImportRow.batch_id) == bindparam("id"), col(ImportRow.match_kind).is_not(None))
    .group_by(col(ImportRow.match_kind))
    .order_by(col(ImportRow.match_kind))
)
FILES: Final = (
    select(
        *(col(getattr(ImportFile, name)) for name in ("position", "name", "rows")),
        col(ImportFile.sealed).is_not(None).label("kept"),
        col(ImportFile.refused_because),
    )
    .where(col(ImportFile.batch_id) == bindparam("id"))
    .order_by(col(ImportFile.position))
)
LAST_JOB: Final = (
    select(col(Job.number))
    .where(col(Job.subject) == bindparam("number"))
    .order_by(col(Job.id).desc())
    .limit(1)
)
