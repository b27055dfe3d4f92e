"""Whether this process lives, and whether it can answer."""

from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy import Connection

from app import metrics
from app.config import settings
from app.db import answer, head, read
from app.doctor import newest_schema
from app.errors import NotFound, Unavailable
from app.standing import figures

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def live() -> Response:
    """The process answers. It asks no database, so a hung one does not restart us."""
    return fresh({"status": "alive"})


@router.get("/readyz")
async def ready() -> Response:
    """The database answers, at the schema this code was written for; 503 otherwise."""
    schema, revision = await read(schema_and_head)
    if schema != newest_schema():
        raise Unavailable("service.schema_differs")
    return fresh({"status": "ready", "schema": schema, "revision": revision})


@router.get("/metrics")
async def measured() -> Response:
    """For Prometheus, where it is switched on; a proxy keeps the public out."""
    if not settings().metrics:
        raise NotFound("http.404")
    content, kind = metrics.exposition(await read(figures))
    return Response(content, media_type=kind, headers={"Cache-Control": "no-store"})


def fresh(content: Any) -> Response:
    """A probe's answer is about this moment; nobody may keep it."""
    reply = answer(content)
    reply.headers["Cache-Control"] = "no-store"
    return reply


def schema_and_head(connection: Connection) -> tuple[str, int]:
    found = connection.exec_driver_sql("select version_num from alembic_version").scalar()
    return str(found), head(connection)
