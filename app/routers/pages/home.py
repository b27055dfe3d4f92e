"""The home page, and the one box that understands what was typed."""

import unicodedata
from typing import Any

from fastapi import APIRouter, Request, Response

from app.client import Api, ApiDep, Problem
from app.html import render

router = APIRouter()
NOUNS = ("enterprises", "permits", "departments", "leaders")


@router.get("/")
async def home_page(request: Request, api: ApiDep) -> Response:
    figures = await api.get("statistics")
    lately = await api.get("changes", sort="-seq", limit="7")
    return render(request, "home/home.html", fragment="content", figures=figures, lately=lately)


def understood(typed: str) -> str:
    """What the shape of the words says: a credit code, a certificate, an item's code, a name."""
    plain = unicodedata.normalize("NFKC", typed).strip().upper()
    if len(plain) == 18 and plain.isalnum() and plain.isascii():
        return "uscc"
    if plain.isdecimal() and len(plain) == 16:
        return "permit"
    if plain.isdecimal() and 11 <= len(plain) <= 15:
        return "certificate"
    return "name"


@router.get("/search")
async def search_page(request: Request, api: ApiDep, q: str = "") -> Response:
    kind = understood(q)
    found = await search(api, q) if q.strip() and kind in ("name", "permit") else {}
    pairs, problem = None, None
    if kind == "uscc":
        try:
            pairs = await api.get("liaison-pairs", uscc=q)
        except Problem as refused:
            problem = refused
    return render(
        request, "home/search.html", fragment="content", q=q, kind=kind, found=found, pairs=pairs,
        problem=problem, status=problem.status if problem else 200,
    )  # fmt: skip


async def search(api: Api, q: str) -> dict[str, Any]:
    return {noun: (await api.get(noun, q=q, limit="5"))["items"] for noun in NOUNS}
