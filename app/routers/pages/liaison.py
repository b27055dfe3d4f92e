"""Who answers for this enterprise: lookup, result and the card to print."""

import unicodedata
from typing import Any

from fastapi import APIRouter, Request, Response

from app.client import ApiDep, Problem, join
from app.config import settings
from app.html import render

router = APIRouter(prefix="/liaison")


def is_code(typed: str) -> bool:
    """Letters and digits only, mostly digits: a credit code, right or wrong, and not a name."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    digits = sum(character.isdigit() for character in plain)
    return plain.isascii() and plain.isalnum() and digits > 7


@router.get("")
async def liaison_page(request: Request, api: ApiDep, q: str = "") -> Response:
    page: Any = None
    problem = None
    coded = is_code(q)
    if q.strip():
        try:
            page = await api.get("liaison-pairs", limit="20", **{"uscc" if coded else "q": q})
        except Problem as refused:
            problem = refused
    return render(
        request, "liaison/list.html", fragment="results", q=q, coded=coded, page=page,
        problem=problem, status=problem.status if problem else 200,
    )  # fmt: skip


@router.get("/{pair_no}")
async def pair_page(pair_no: str, request: Request, api: ApiDep) -> Response:
    pair = await api.get("liaison-pairs", pair_no)
    return render(request, "liaison/detail.html", fragment="pair", pair=pair)


@router.get("/{pair_no}/card")
async def card_page(pair_no: str, request: Request, api: ApiDep) -> Response:
    pair = await api.get("liaison-pairs", pair_no)
    link = settings().public_url + join("liaison", pair_no)
    return render(request, "liaison/card.html", fragment="card", pair=pair, link=link)
