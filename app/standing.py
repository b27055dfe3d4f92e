"""How this installation stands now: for whoever relies on it, and for whoever runs it."""

import time
from importlib.metadata import version
from typing import Any, Final

from sqlalchemy import Connection

from app.config import legal_day, now, settings
from app.db import rows_of
from app.ledger import newest_anchor
from app.models.status import BACKLOG, HEAD

VERSION: Final = version("mingbai")


def standing(connection: Connection) -> dict[str, Any]:
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


def figures(connection: Connection) -> dict[str, float | None]:
    """What of it can be drawn over time, under the names that metrics have."""
    found = standing(connection)
    waiting, ledger = found["deliveries"], found["ledger"]
    return {
        "mingbai_ledger_seq": ledger["seq"] if ledger else None,
        "mingbai_anchored_seq": found["anchored_seq"],
        "mingbai_anchor_age_seconds": found["anchor_age"],
        "mingbai_deliveries_pending": waiting["pending"],
        "mingbai_deliveries_retrying": waiting["retrying"],
        "mingbai_deliveries_dead": waiting["dead"],
    }
