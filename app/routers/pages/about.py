"""About the data: every figure with its definition and the query behind it."""

from fastapi import APIRouter, Request, Response

from app.client import ApiDep
from app.html import render

router = APIRouter(prefix="/about")


@router.get("")
async def about_page(request: Request, api: ApiDep) -> Response:
    figures = await api.get("statistics")
    newest = (await api.get("changes", sort="-seq", limit="1"))["items"][0]
    return render(request, "about/about.html", fragment="content", figures=figures, newest=newest)
