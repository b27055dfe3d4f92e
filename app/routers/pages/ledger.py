"""The ledger for auditors: who suspended whom, when and why; and whether the chain holds."""

from codecs import BOM_UTF8
from collections.abc import AsyncIterator
from typing import Any, Final

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from app.client import Api, ApiDep, Problem
from app.forms import act
from app.html import render
from app.spreadsheets.writing import csv_row

router = APIRouter(prefix="/ledger")
COLUMNS: Final = (
    "seq", "at", "actor", "on_behalf_of", "act", "subject_kind", "subject_key", "public",
    "request_id", "prev_hash", "hash",
)  # fmt: skip
AUDITORS: Final = frozenset(("auditor", "discipline"))


@router.get("")
async def ledger_page(request: Request, api: ApiDep) -> Response:
    return await listed(request, api)


async def listed(
    request: Request, api: Api, problem: Problem | None = None, verified: Any = None
) -> Response:
    wanted = {k: v for k, v in request.query_params.items() if v}
    try:
        page = await api.get("ledger-entries", **wanted)
    except Problem as refused:
        if refused.status != 422:
            raise
        problem, page = refused, {"items": [], "next_cursor": None}
    roles = await api.roles()
    return render(
        request, "ledger/list.html", fragment="results", private=True, page=page, wanted=wanted,
        status=problem.status if problem else 200, problem=problem, verified=verified,
        audits=bool(AUDITORS & roles),
    )  # fmt: skip


@router.post("/verifications")
async def verify_chain_form(request: Request, api: ApiDep) -> Response:
    try:
        verified = await act(request, api, "ledger-verifications")
    except Problem as problem:
        return await listed(request, api, problem)
    return await listed(request, api, verified=verified)


@router.get("/export.csv")
async def ledger_file(request: Request, api: ApiDep) -> Response:
    """All that the filters let through, oldest first, as a spreadsheet opens it."""
    wanted = {k: v for k, v in request.query_params.items() if v and k not in ("cursor", "sort")}
    asked = {**wanted, "sort": "seq", "limit": "200"}
    first = await api.get("ledger-entries", **asked)  # a refusal is told before the file begins
    headers = {
        "Content-Disposition": 'attachment; filename="ledger.csv"',
        "Cache-Control": "no-store",
    }
    return StreamingResponse(lines(api, asked, first), headers=headers, media_type="text/csv")


async def lines(api: Api, asked: dict[str, str], page: Any) -> AsyncIterator[bytes]:
    """Page after page, so that a long ledger needs no more memory than a short one."""
    yield BOM_UTF8 + csv_row(COLUMNS)
    while True:
        yield b"".join(csv_row(plain(each[name]) for name in COLUMNS) for each in page["items"])
        if not page["next_cursor"]:
            return
        page = await api.get("ledger-entries", **asked, cursor=page["next_cursor"])


def plain(value: Any) -> Any:
    return orjson.dumps(value).decode() if isinstance(value, dict) else value


@router.get("/looks")
async def looks_page(request: Request, api: ApiDep) -> Response:
    """The audit of auditors: who looked at whose details."""
    wanted = {k: v for k, v in request.query_params.items() if v}
    page = await api.get("personal-reads", **wanted)
    return render(
        request, "ledger/looks.html", fragment="results", private=True, page=page, wanted=wanted
    )


@router.get("/{seq}")
async def ledger_entry_page(seq: str, request: Request, api: ApiDep) -> Response:
    entry = await api.get("ledger-entries", seq)
    return render(request, "ledger/detail.html", fragment="content", private=True, entry=entry)
