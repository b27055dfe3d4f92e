"""Import pages: upload, watch, look at each class of rows, decide, commit."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from app.client import Api, ApiDep, Problem, join
from app.html import render

router = APIRouter(prefix="/imports")
Given = Annotated[str, Form(max_length=100)]
KINDS: Final = ("roster", "scores", "attendance", "selfcheck")
ABOUT: Final = ("kind", "campaign", "session", "unit", "first_marker", "second_marker", "signed_by")
CORRECTED: Final = ("officer_no", "certificate_no", "general", "special")


@router.get("")
async def imports_page(request: Request, api: ApiDep) -> Response:
    return await listed(request, api)


async def listed(
    request: Request, api: Api, problem: Problem | None = None, **typed: str
) -> Response:
    """The form keeps what was chosen when an upload was refused; the files are chosen again."""
    wanted = {k: v for k, v in request.query_params.items() if k == "cursor"}
    page = await api.get("imports", **wanted)
    exams = await api.get("exam-campaigns", limit="50")
    sessions = await api.get("exam-sessions", limit="200")
    units = await api.get("departments", enforcement="true", limit="200")
    return render(
        request, "imports/list.html", fragment="content", status=problem.status if problem else 200,
        page=page, kinds=KINDS, problem=problem, exams=exams["items"], sessions=sessions["items"],
        units=units["items"], typed=typed,
    )  # fmt: skip


@router.post("")
async def upload_form(request: Request, api: ApiDep, files: list[UploadFile]) -> Response:
    form = await request.form()
    about = {name: str(form[name]).strip() for name in ABOUT if form.get(name)}
    sheets = [("files", (each.filename or "", await each.read())) for each in files]
    try:
        job = await api.send("imports", files=sheets, **about)
    except Problem as problem:
        return await listed(request, api, problem, **about)
    return RedirectResponse(join("imports", job["subject"]), 303)


@router.get("/templates/{kind}")
async def template_file(kind: str, api: ApiDep) -> Response:
    return passed_on(await api.fetch("imports", "templates", kind))


@router.get("/{number}/files/{position}")
async def own_file(number: str, position: str, api: ApiDep) -> Response:
    return passed_on(await api.fetch("imports", number, "files", position))


def passed_on(reply: Any) -> Response:
    names = ("content-type", "content-disposition")
    return Response(reply.content, headers={name: reply.headers[name] for name in names})


@router.get("/{number}")
async def import_page(number: str, request: Request, api: ApiDep) -> Response:
    return await shown(number, request, api)


async def shown(
    number: str, request: Request, api: Api, problem: Problem | None = None
) -> Response:
    """The job while it runs; then the classes, and the rows of the one that is looked at."""
    batch = await api.get("imports", number)
    job = await api.get("jobs", batch["job"]) if batch["job"] else None
    wanted = {k: v for k, v in request.query_params.items() if k in ("match_kind", "cursor")}
    rows = await api.get("imports", number, "rows", **wanted) if "match_kind" in wanted else None
    status = problem.status if problem else 200
    return render(
        request, "imports/detail.html", fragment="work", status=status, batch=batch, job=job,
        rows=rows, wanted=wanted, problem=problem,
    )  # fmt: skip


@router.post("/{number}/decisions")
async def decide_form(number: str, request: Request, api: ApiDep) -> Response:
    form = await request.form()
    given = {name: str(value).strip() for name, value in form.items() if value}
    body: dict[str, Any] = {"decision": given.get("decision", "skip")}
    if row := given.get("row", ""):
        body["row"] = int(row) if row.isdecimal() else 0
        if body["decision"].startswith("officer:"):
            body["correction"] = {"officer_no": body["decision"].partition(":")[2]}
            body["decision"] = "correct"
        elif body["decision"] == "correct":
            body["correction"] = {name: given[name] for name in CORRECTED if name in given}
    else:
        body["match_kind"] = given.get("match_kind", "")
    return await acted(number, request, api, "decisions", **body)


@router.post("/{number}/commits")
async def commit_form(number: str, request: Request, api: ApiDep, version: Given = "") -> Response:
    seen = int(version) if version.isdecimal() else 0
    return await acted(number, request, api, "commits", version=seen)


@router.post("/{number}/discards")
async def discard_form(number: str, request: Request, api: ApiDep) -> Response:
    return await acted(number, request, api, "discards")


@router.post("/{number}/rereadings")
async def reread_form(number: str, request: Request, api: ApiDep) -> Response:
    return await acted(number, request, api, "rereadings")


async def acted(number: str, request: Request, api: Api, act: str, **body: Any) -> Response:
    try:
        await api.post("imports", number, act, **body)
    except Problem as problem:
        return await shown(number, request, api, problem)
    query = f"?{request.url.query}" if request.url.query and act == "decisions" else ""
    return RedirectResponse(join("imports", number) + query, 303)
