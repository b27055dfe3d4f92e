"""Exams of officers: counts for everyone; the roster, the sessions and the next step for staff."""

from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.client import Api, ApiDep, Problem, join
from app.forms import act, given
from app.html import render

router = APIRouter(prefix="/exam-campaigns")
INSIDE = frozenset(
    ("hr_office", "legal_supervisor", "dept_admin", "auditor", "discipline", "appeal_panel")
)
Step = Literal[
    "roster-openings", "roster-signatures", "roster-freezings", "beginnings", "markings",
    "publications", "closings",
]  # fmt: skip


@router.get("")
async def exam_campaigns_page(request: Request, api: ApiDep) -> Response:
    return await listed(request, api)


async def listed(
    request: Request, api: Api, problem: Problem | None = None, **typed: Any
) -> Response:
    wanted = dict(request.query_params)
    roles = await api.roles()
    page = await api.get("exam-campaigns", **wanted)
    return render(
        request, "exam_campaigns/list.html", fragment="results", private=bool(roles),
        status=problem.status if problem else 200, page=page, wanted=wanted, roles=roles,
        problem=problem, typed=typed,
    )  # fmt: skip


@router.post("")
async def create_campaign_form(request: Request, api: ApiDep) -> Response:
    typed: dict[str, Any] = given(await request.form())
    subjects = [each.strip() for each in str(typed.get("syllabus", "")).splitlines()]
    year = str(typed.get("year", ""))
    asked = {
        **typed,
        "syllabus": [each for each in subjects if each],
        "year": int(year) if year.isdecimal() else 0,
    }
    try:
        made = await act(request, api, "exam-campaigns", **asked)
    except Problem as problem:
        return await listed(request, api, problem, **typed)
    return RedirectResponse(join("exam-campaigns", made["code"]), 303)


@router.get("/{code}")
async def exam_campaign_page(code: str, request: Request, api: ApiDep) -> Response:
    return await shown(code, request, api)


async def shown(
    code: str, request: Request, api: Api, problem: Problem | None = None, tried: str = ""
) -> Response:
    exam = await api.get("exam-campaigns", code)
    roles = await api.roles()
    inside = bool(INSIDE & roles)
    rosters = await api.get("exam-campaigns", code, "rosters", limit="200") if inside else None
    sessions = await api.get("exam-sessions", campaign=code, limit="100") if inside else None
    return render(
        request, "exam_campaigns/detail.html", fragment="exam", private=bool(roles),
        status=problem.status if problem else 200, exam=exam, roles=roles, rosters=rosters,
        sessions=sessions, problem=problem, tried=tried,
    )  # fmt: skip


@router.post("/{code}/sessions")
async def schedule_form(code: str, request: Request, api: ApiDep) -> Response:
    typed: dict[str, Any] = given(await request.form())
    seats = str(typed.pop("capacity", ""))
    typed["invigilators"] = str(typed.get("invigilators", "")).replace("、", " ").split()
    capacity = int(seats) if seats.isdecimal() else 0
    held = typed.pop("session", "")
    asked = {**typed, "code": held, "capacity": capacity, "campaign": code}
    return await done(code, "sessions", request, api, "exam-sessions", **asked)


@router.post("/{code}/sessions/{session}/seatings")
async def seat_form(code: str, session: str, request: Request, api: ApiDep) -> Response:
    return await done(code, "seatings", request, api, "exam-sessions", session, "seatings")


@router.post("/{code}/{step}")
async def step_form(code: str, step: Step, request: Request, api: ApiDep) -> Response:
    typed: dict[str, Any] = given(await request.form())
    api.headers["If-Match"] = f'"v{typed.pop("version", "")}"'
    return await done(code, step, request, api, "exam-campaigns", code, step, **typed)


async def done(
    exam: str, tried: str, request: Request, api: Api, /, *path: str, **fields: Any
) -> Response:
    try:
        await act(request, api, *path, **fields)
    except Problem as problem:
        api.headers.pop("If-Match", None)
        return await shown(exam, request, api, problem, tried)
    return RedirectResponse(join("exam-campaigns", exam), 303)
