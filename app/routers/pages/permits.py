"""Permit pages."""

from typing import Any, Final

from fastapi import APIRouter, Request, Response

from app.client import Api, ApiDep, Problem
from app.html import render

router = APIRouter(prefix="/permits")
THEMES: Final = (
    "business_start", "construction", "investment", "land", "property", "transport", "vehicle",
    "city_life", "public_security", "safety", "environment", "water", "agriculture", "forestry",
    "food", "health", "education", "culture", "employment", "social_service", "religion", "tax",
)  # fmt: skip
AS_ASKED: Final = {"subject": "theme"}  # in a page's address `theme` is light or dark


@router.get("")
async def permits_page(request: Request, api: ApiDep) -> Response:
    wanted = {name: value for name, value in request.query_params.items() if value.strip()}
    asked = {AS_ASKED.get(name, name): value for name, value in wanted.items()}
    page = await api.get("permits", **{"include_total": "true", **asked})
    units = await api.get("departments", limit="100", enforcement="true")
    return render(
        request,
        "permits/list.html",
        fragment="results",
        page=page,
        wanted=wanted,
        asked=asked,
        units=units,
        themes=THEMES,
    )


@router.get("/{code}")
async def permit_page(code: str, request: Request, api: ApiDep) -> Response:
    wanted = {name: value for name, value in request.query_params.items() if value.strip()}
    received = {name: wanted.pop(name) for name in ("received_on",) if name in wanted}
    permit = await api.get("permits", code, **wanted)
    due, problem = await counted(api, code, received)
    return render(
        request,
        "permits/detail.html",
        fragment="permit",
        status=problem.status if problem else 200,
        permit=permit,
        due=due,
        problem=problem,
        as_of=wanted.get("as_of"),
    )


async def counted(
    api: Api, code: str, received: dict[str, str]
) -> tuple[dict[str, Any], Problem | None]:
    """The due dates from the day given; from today, and the refusal, where it is no day."""
    try:
        return await api.get("permits", code, "due-dates", **received), None
    except Problem as problem:
        if not received:
            raise
        return await api.get("permits", code, "due-dates"), problem


@router.get("/{code}/history")
async def permit_history_page(code: str, request: Request, api: ApiDep) -> Response:
    permit = await api.get("permits", code)
    page = await api.get("permits", code, "revisions", **dict(request.query_params))
    about = {"subject_kind": "permit", "subject_key": code, "limit": "200"}
    ledger = await api.get("changes", **about)
    entries = {each["public"].get("revision"): each for each in ledger["items"]}
    return render(
        request,
        "permits/history.html",
        fragment="history",
        permit=permit,
        page=page,
        entries=entries,
    )
