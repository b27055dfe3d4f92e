"""What clients asked for, gathered in this process and written every few seconds."""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, SQLModel, col
from starlette.concurrency import run_in_threadpool

from app.config import legal_day, now
from app.db import transaction
from app.models.api_usage import ApiError, ApiKeyUse, ApiUsage
from app.turnstile import Served

log = logging.getLogger(__name__)
EVERY: Final = 3.0  # seconds
MOST: Final = 1000  # failures kept in memory between two writings
KEPT_DAYS: Final = 7
KEYS: Final = [col(ApiUsage.client_no), col(ApiUsage.day), col(ApiUsage.status)]


class Gathered:
    def __init__(self) -> None:
        self.requests: Counter[tuple[str, date, int]] = Counter()
        self.errors: deque[dict[str, Any]] = deque(maxlen=MOST)
        self.used: dict[str, int] = {}


gathered = Gathered()


def note(served: Served) -> None:
    """Called on the event loop for every request with a key, so it only counts."""
    moment, client = now(), served.keyed.client_no
    gathered.requests[client, moment.date(), served.status] += 1
    gathered.used[served.keyed.key_id] = int(moment.timestamp())
    if served.status >= 400:
        kept = {"method": served.method, "path": served.path[:200], "status": served.status}
        when = {"day": moment.date(), "at": moment.isoformat(timespec="seconds")}
        more = {"code": served.code[:64], "request_id": served.request_id}
        gathered.errors.append({"client_no": client, **when, **kept, **more})


@asynccontextmanager
async def written() -> AsyncIterator[None]:
    """For as long as the server runs, and once more when it leaves."""
    task = asyncio.create_task(write_every())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await run_in_threadpool(write)


async def write_every() -> None:
    while True:
        await asyncio.sleep(EVERY)
        await run_in_threadpool(write)


def write() -> None:
    """What was gathered so far. A database that is away loses counts, never an answer."""
    global gathered
    found, gathered = gathered, Gathered()
    if not found.requests:
        return
    try:
        with transaction() as session:
            for (client, day, status), number in found.requests.items():
                keys = {"client_no": client, "day": day, "status": status}
                add(session, {**keys, "requests": number})
            for key_id, at in found.used.items():
                stamp(session, key_id, at)
            if found.errors:
                session.execute(insert(ApiError), list(found.errors))
    except SQLAlchemyError as error:
        log.warning("what clients asked for could not be counted: %s", type(error).__name__)


def add(session: Session, values: dict[str, Any]) -> None:
    """One more process may count the same client on the same day at the same time."""
    fresh = insert_into(session, ApiUsage).values(**values)
    more = {"requests": col(ApiUsage.requests) + values["requests"]}
    session.execute(fresh.on_conflict_do_update(index_elements=KEYS, set_=more))


def stamp(session: Session, key_id: str, at: int) -> None:
    fresh = insert_into(session, ApiKeyUse).values(key_id=key_id, last_used_at=at)
    later = {"last_used_at": at}
    session.execute(fresh.on_conflict_do_update(index_elements=[col(ApiKeyUse.key_id)], set_=later))


def insert_into(session: Session, table: type[SQLModel]) -> Any:
    in_place = session.get_bind().dialect.name == "sqlite"
    return sqlite.insert(table) if in_place else postgresql.insert(table)


def forget(session: Session) -> None:
    """A week of failures is what a client is shown; older ones, and counts, are not kept."""
    first = first_day()
    for table, day in ((ApiError, col(ApiError.day)), (ApiUsage, col(ApiUsage.day))):
        if session.execute(select(day).where(day < first).limit(1)).first():
            session.execute(delete(table).where(day < first))


def first_day() -> date:
    return date.fromordinal(legal_day().toordinal() - KEPT_DAYS + 1)
