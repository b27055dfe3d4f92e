"""Self-checks: counts for everyone; a unit's report and what the legal supervisor makes of it."""

from typing import Any, Final, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.client import Api, ApiDep, Problem, join
from app.forms import act, given
from app.html import render

router = APIRouter(prefix="/self-checks")
Done = Literal["reports", "verifications", "returns", "closings"]
ROWS: Final = 4  # findings on the form; more with ?rows=
MOST: Final = 50
FINDING: Final = ("person_name", "employment_type", "acts_done", "action", "certificate_no")


@router.get("")
async def self_checks_page(request: Request, api: ApiDep) -> Response:
    return await listed(request, api)


async def listed(
    request: Request, api: Api, problem: Problem | None = None, **said: Any
) -> Response:
    wanted = {k: v for k, v in request.query_params.items() if v}
    roles = await api.roles()
    page = await api.get("self-checks", **wanted, include_total="true")
    exams = await api.get("exam-campaigns", limit="50")
    return render(
        request, "self_checks/list.html", fragment="results", private=bool(roles),
        status=problem.status if problem else 200, page=page, wanted=wanted, roles=roles,
        exams=exams["items"], problem=problem, said=said,
    )  # fmt: skip


@router.post("")
async def issue_form(request: Request, api: ApiDep) -> Response:
    typed = given(await request.form())
    codes = typed.pop("departments", "").replace("、", " ").replace(",", " ").split()
    try:
        await act(request, api, "self-checks", **typed, departments=codes)
    except Problem as problem:
        return await listed(request, api, problem)
    return RedirectResponse(f"/self-checks?campaign={join(typed['campaign'])[1:]}", 303)


@router.post("/reminders")
async def remind_form(request: Request, api: ApiDep) -> Response:
    typed = given(await request.form())
    try:
        told = await act(request, api, "self-checks", "reminders", **typed)
    except Problem as problem:
        return await listed(request, api, problem)
    return await listed(request, api, reminded=told["reminded"])


@router.get("/{key}")
async def self_check_page(key: str, request: Request, api: ApiDep) -> Response:
    return await shown(key, request, api)


async def shown(
    key: str, request: Request, api: Api, problem: Problem | None = None, **typed: str
) -> Response:
    task = await api.get("self-checks", key)
    unit = await api.get("departments", task["department"]["code"])
    asked = request.query_params.get("rows", "")
    rows = min(int(asked), MOST) if asked.isdecimal() else ROWS
    return render(
        request, "self_checks/detail.html", fragment="content", private=True,
        status=problem.status if problem else 200, task=task, unit=unit, rows=rows,
        roles=await api.roles(), problem=problem, typed=typed,
    )  # fmt: skip


@router.post("/{key}/{done}")
async def self_check_form(key: str, done: Done, request: Request, api: ApiDep) -> Response:
    typed = given(await request.form())
    fields: dict[str, Any] = report_of(typed) if done == "reports" else dict(typed)
    try:
        await act(request, api, "self-checks", key, done, **fields)
    except Problem as problem:
        return await shown(key, request, api, problem, **typed)
    return RedirectResponse(join("self-checks", key), 303)


def report_of(typed: dict[str, str]) -> dict[str, Any]:
    """Rows without any name typed are no findings; what is half filled in is refused there."""
    findings = []
    for n in range(MOST):
        row: dict[str, Any] = {
            name: typed[f"{name}-{n}"] for name in FINDING if f"{name}-{n}" in typed
        }
        if row.keys() & {"person_name", "certificate_no", "acts_done"}:
            signed = row.get("acts_done", "0")
            row["acts_done"] = int(signed) if signed.isdecimal() else -1
            findings.append(row)
    nil = typed.get("nil") == "true"
    return {"nil": nil, "signed_by": typed.get("signed_by", ""), "findings": findings}
