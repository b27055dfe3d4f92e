"""JSON endpoints for spreadsheets: uploaded, previewed, decided, committed."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, Path, Query, Response
from sqlalchemy import Connection

from app.acts import import_files, imports
from app.acts.desk import Desk, DeskDep
from app.config import settings
from app.db import answer, one_of, page_of, read, read_page, rows_of
from app.deps import HrOffice
from app.edge import StrictRoute, UploadRoute
from app.listing import Page
from app.models.departments import Department
from app.models.exam_campaigns import ExamCampaign
from app.models.exam_sessions import ExamSession
from app.models.import_rows import ROWS, ImportRowFilter, ImportRowOut
from app.models.imports import (
    COUNTED,
    FILES,
    IMPORTS,
    LAST_JOB,
    NUMBERED,
    CommitIn,
    DecisionIn,
    ImportDetail,
    ImportFilter,
    ImportIn,
    ImportOut,
)
from app.models.jobs import Job, JobOut
from app.rules import imports as rules
from app.rules.headings import Kind
from app.rules.import_matches import MatchKind
from app.rules.import_rows import Correction

strict = APIRouter(prefix="/imports", tags=["imports"], route_class=StrictRoute)
uploads = APIRouter(prefix="/imports", tags=["imports"], route_class=UploadRoute)
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET: Final[dict[str, Any]] = {
    "response_class": Response,
    "responses": {200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}},
}
LONG: Final[dict[str, Any]] = {"response_model": JobOut, "status_code": 202}


@strict.get("", response_model=Page[ImportOut])
async def list_imports(_: HrOffice, wanted: Annotated[ImportFilter, Query()]) -> Response:
    """List uploads, the newest first.

    列出导入批次，最新的在前。
    """
    return await read_page(IMPORTS, wanted)


@uploads.post("", **LONG)
def upload_import(
    _: HrOffice,
    desk: DeskDep,
    reply: Response,
    about: Annotated[ImportIn, Form(media_type="multipart/form-data")],
) -> Job:
    """Upload spreadsheets to be read and matched; nothing is written to the register yet.

    上传电子表格（.xlsx、.xls、.ods、.csv），读取并比对；此时不写入登记簿。
    """
    sheets = [(each.filename or "", each.file.read()) for each in about.files]
    _batch, job = imports.upload(desk, about.kind, sheets, meant(desk, about))
    return watched(reply, job)


def meant(desk: Desk, about: ImportIn) -> dict[str, Any]:
    """The campaign, the session and the unit that were named."""
    found: dict[str, Any] = about.model_dump(include={"first_marker", "second_marker", "signed_by"})
    if about.session:
        session = desk.one(ExamSession, code=about.session)
        found |= {"session_id": session.id, "campaign_id": session.campaign_id}
    elif about.campaign:
        found["campaign_id"] = desk.one(ExamCampaign, code=about.campaign).id
    if about.unit:
        city = settings().division
        found["department_id"] = desk.one(Department, division_code=city, code=about.unit).id
    return found


def watched(reply: Response, job: Job) -> Job:
    reply.headers["Location"] = f"/api/v1/jobs/{job.number}"
    return job


@strict.get("/templates/{kind}", **SHEET)
async def read_import_template(_: HrOffice, kind: Kind) -> Response:
    """Download an empty spreadsheet with the headings and the lists of values.

    下载模板：文本格式的列，可选值有下拉列表。
    """
    return sheet(import_files.template(kind), f"{kind}.xlsx")


def sheet(content: bytes, name: str) -> Response:
    return Response(
        content, media_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@strict.get("/{number}", response_model=ImportDetail)
async def read_import(number: str, _: HrOffice) -> Response:
    """Read what an upload comes to: its classes of rows, and what may be decided how.

    查看预览：各类问题的行数、处理办法和进度。
    """
    return answer(await read(lambda connection: detail(connection, number)))


def detail(connection: Connection, number: str) -> dict[str, Any]:
    batch = one_of(connection, NUMBERED, {"number": number})
    own = {"id": batch.pop("id")}
    kind = Kind(batch["kind"])
    classes = [classed(kind, row) for row in rows_of(connection, COUNTED, own)]
    totals = {name: sum(each[name] for each in classes) for name in ("rows", "undecided")}
    skipped = sum(each["skipped"] for each in classes)
    jobs = rows_of(connection, LAST_JOB, {"number": number})
    return {
        **batch,
        **totals,
        "included": totals["rows"] - totals["undecided"] - skipped,
        "classes": classes,
        "files": rows_of(connection, FILES, own),
        "job": jobs[0]["number"] if jobs else None,
    }


def classed(kind: Kind, row: dict[str, Any]) -> dict[str, Any]:
    law = rules.handling(kind, MatchKind(row["match_kind"]))
    return {
        **row,
        "undecided": int(row["undecided"]),
        "skipped": int(row["skipped"]),
        "suggestion": law.suggestion,
        "automatic": law.automatic,
        "one_click": sorted(law.one_click),
        "single": sorted(law.single),
    }


@strict.get("/{number}/rows", response_model=Page[ImportRowOut])
async def list_import_rows(
    number: str, _: HrOffice, wanted: Annotated[ImportRowFilter, Query()]
) -> Response:
    """List the rows of an upload, narrowed to a class or to what is undecided.

    列出导入的行，可按问题分类和是否待决定筛选。
    """

    def work(connection: Connection) -> Any:
        own = one_of(connection, NUMBERED, {"number": number})["id"]
        return page_of(connection, ROWS, wanted, batch_id=own)

    return answer(await read(work))


@strict.get("/{number}/files/{position}", **SHEET)
def read_import_file(
    number: str, position: Annotated[int, Path(ge=1, le=10_000)], _: HrOffice, desk: DeskDep
) -> Response:
    """Download an uploaded file with a last column that says what is wrong; it may come back.

    下载原文件，末列为“错误说明”，改好后可直接再传。
    """
    batch = imports.numbered(desk, number)
    return sheet(import_files.returned(desk, batch, position), f"{number}-{position}.xlsx")


@strict.post("/{number}/decisions", response_model=ImportDetail, status_code=201)
def decide_import(number: str, _: HrOffice, desk: DeskDep, given: DecisionIn) -> dict[str, Any]:
    """Decide about one row, or about every undecided row of a class where that is allowed.

    决定一行或一类的处理；“证号属于他人”只能逐行决定。
    """
    batch = imports.numbered(desk, number)
    if given.row is not None:
        by = Correction(**given.correction.model_dump()) if given.correction else None
        imports.decide(desk, batch, given.row, given.decision, by, given.reason)
    else:
        kind = given.match_kind or MatchKind.CERT_BELONGS_TO_OTHER  # which no click decides
        imports.decide_class(desk, batch, kind, given.decision, given.reason)
    desk.session.flush()
    return detail(desk.session.connection(), number)


@strict.post("/{number}/commits", **LONG)
def commit_import(number: str, _: HrOffice, desk: DeskDep, reply: Response, given: CommitIn) -> Job:
    """Write what the preview of this version shows: all of it or nothing.

    按所见预览写入：全部写入，或全部不写。
    """
    batch = imports.numbered(desk, number)
    return watched(reply, imports.ask_commit(desk, batch, given.version))


@strict.post("/{number}/rereadings", **LONG)
def reread_import(number: str, _: HrOffice, desk: DeskDep, reply: Response) -> Job:
    """Read and match the files again; what was decided is asked anew.

    重新读取并比对；原有决定作废。
    """
    return watched(reply, imports.reread(desk, imports.numbered(desk, number)))


@strict.post("/{number}/discards", response_model=ImportDetail, status_code=201)
def discard_import(number: str, _: HrOffice, desk: DeskDep) -> dict[str, Any]:
    """Discard an upload: nothing was written, and its files may be uploaded again.

    放弃本次导入：没有写入任何数据，文件可以再次上传。
    """
    imports.discard(desk, imports.numbered(desk, number))
    desk.session.flush()
    return detail(desk.session.connection(), number)


router = APIRouter()
router.include_router(strict)
router.include_router(uploads)
