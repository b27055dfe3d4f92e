"""Swagger UI, vendored: to try the API in a browser. The guide is the accessible one."""

from fastapi import APIRouter, Request, Response

from app.html import render

router = APIRouter()


@router.get("/api/v1/docs")
async def docs_page(request: Request) -> Response:
    return render(request, "docs/docs.html", fragment="content")
