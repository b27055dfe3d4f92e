"""Objections: what was said against a suspension, and what was decided."""

import hashlib
from typing import Annotated

from fastapi import APIRouter, File, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from app.client import Api, ApiDep, Problem
from app.forms import act, given
from app.html import render

router = APIRouter(prefix="/objections")


@router.get("")
async def objections_page(request: Request, api: ApiDep) -> Response:
    return await listed(request, api)


async def listed(
    request: Request, api: Api, problem: Problem | None = None, number: str = "", **typed: str
) -> Response:
    wanted = {k: v for k, v in request.query_params.items() if v}
    page = await api.get("objections", **wanted)
    return render(
        request, "objections/list.html", fragment="content", private=True,
        status=problem.status if problem else 200, page=page, wanted=wanted,
        roles=await api.roles(), problem=problem, number=number, typed=typed,
    )  # fmt: skip


@router.post("/{number}/decisions")
async def decide_objection_form(
    number: str,
    request: Request,
    api: ApiDep,
    evidence: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """The digest of the paper goes into the decision; the paper stays with the office."""
    typed = given(await request.form())
    typed.pop("evidence", None)
    content = await evidence.read() if evidence is not None else b""
    digest = hashlib.sha256(content).hexdigest() if content else ""
    try:
        await act(request, api, "objections", number, "decisions", **typed, evidence_digest=digest)
    except Problem as problem:
        return await listed(request, api, problem, number, **typed)
    return RedirectResponse("/objections", 303)
