"""Persons of an exam, with their papers: for the offices and the person's own unit."""

import hashlib
from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from app.client import Api, ApiDep, Problem, join
from app.forms import act, given
from app.html import render

router = APIRouter(prefix="/registrations")
Act = Literal["deferrals", "excuses", "annulments", "remarks"]
DIGESTS = {
    "deferrals": "proof_digest",
    "excuses": "proof_digest",
    "remarks": "evidence_digest",
}


@router.get("")
async def registrations_page(request: Request, api: ApiDep) -> Response:
    wanted = {k: v for k, v in request.query_params.items() if v}
    page = await api.get("registrations", **wanted, include_total="true")
    return render(
        request, "registrations/list.html", fragment="results", private=True, page=page,
        wanted=wanted,
    )  # fmt: skip


@router.get("/{number}")
async def registration_page(number: str, request: Request, api: ApiDep) -> Response:
    return await shown(number, request, api)


async def shown(
    number: str, request: Request, api: Api, problem: Problem | None = None, **typed: str
) -> Response:
    return render(
        request, "registrations/detail.html", fragment="content", private=True,
        status=problem.status if problem else 200, roles=await api.roles(),
        person=await api.get("registrations", number), problem=problem, typed=typed,
    )  # fmt: skip


@router.post("/{number}/{done}")
async def registration_act_form(
    number: str,
    done: Act,
    request: Request,
    api: ApiDep,
    paper_file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """The digest of the proof goes along; the proof stays with the office."""
    typed: dict[str, Any] = given(await request.form())
    typed.pop("paper_file", None)
    content = await paper_file.read() if paper_file is not None else b""
    asked = dict(typed)
    if done in DIGESTS:
        asked[DIGESTS[done]] = hashlib.sha256(content).hexdigest() if content else ""
    try:
        await act(request, api, "registrations", number, done, **asked)
    except Problem as problem:
        return await shown(number, request, api, problem, done=done, **typed)
    return RedirectResponse(join("registrations", number), 303)
