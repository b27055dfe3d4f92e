"""How the register stands now, for whoever relies on it."""

import time
from importlib.metadata import version
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel
from sqlalchemy import Connection

from app.config import legal_day, now, settings
from app.db import answer, read, rows_of
from app.edge import StrictRoute
from app.ledger import newest_anchor
from app.models.status import BACKLOG, HEAD, StatusOut

router = APIRouter(prefix="/status", tags=["status"], route_class=StrictRoute)
VERSION: Final = version("mingbai")


class Alone(BaseModel, extra="forbid"):
    """Nothing narrows it."""


@router.get("", response_model=StatusOut)
async def read_status(_: Annotated[Alone, Query()]) -> Response:
    """Versions, the ledger's head, the age of the newest anchor, and what waits to be delivered.

    版本、登记簿最新一条、最近一次锚定的时间，以及待投递的消息数。
    """
    reply = answer(await read(status))
    reply.headers["Cache-Control"] = "no-store"
    return reply


def status(connection: Connection) -> dict[str, Any]:
    newest = rows_of(connection, HEAD, {})
    schema = connection.exec_driver_sql("select version_num from alembic_version").scalar()
    return {
        "status": "ready",
        "version": VERSION,
        "schema_version": str(schema),
        "legal_day": legal_day(),
        "checked_at": now(),
        "ledger": newest[0] if newest else None,
        **anchored(),
        "deliveries": rows_of(connection, BACKLOG, {})[0],
    }


def anchored() -> dict[str, int | None]:
    """By the file's own time: the anchors lie outside the database, and may lie elsewhere."""
    path = settings().anchor_file
    if (seq := newest_anchor(path)) is None:
        return {"anchored_seq": None, "anchor_age": None}
    age = int(time.time() - path.stat().st_mtime)
    return {"anchored_seq": seq, "anchor_age": max(0, age)}
