"""Report a mistake: what to say, and to whom."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.client import ApiDep
from app.html import render

router = APIRouter(prefix="/report")


@router.get("")
async def report_page(
    request: Request, api: ApiDep, page: Annotated[str, Query(max_length=500)] = ""
) -> Response:
    """`page` is where the visitor came from; it is shown, never followed."""
    newest = await api.get("changes", sort="-seq", limit="1")
    return render(
        request, "report/report.html", fragment="content", newest=newest,
        page=page if page.startswith("/") else "/",
    )  # fmt: skip
