"""Looking at people's details: noted before they are shown, sealed when the day is over."""

from collections.abc import Iterator
from datetime import date

import orjson
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from app import config, ledger
from app.acts.desk import Desk
from app.config import legal_day
from app.db import rows_of, transaction
from app.deps import Caller
from app.i18n import later, visit
from app.ledger import Fault
from app.models.personal_reads import LAST_SEAL, OF_A_DAY, OPEN_DAYS, SEALED, SEALS, PersonalRead


async def looked_at(caller: Caller, kind: str, key: str, persons: int) -> None:
    """Before the answer leaves: what could not be noted is not shown."""
    if persons:
        await run_in_threadpool(note, caller, kind, key, persons)


def note(caller: Caller, kind: str, key: str, persons: int) -> None:
    """In a transaction of its own, for the look of one request."""
    with transaction() as session:
        session.add(look(caller.username, caller.post, kind, key, persons))


def looked_from(desk: Desk, kind: str, key: str, persons: int) -> None:
    """For a look in the middle of an act, in its transaction."""
    desk.session.add(look(desk.actor, desk.on_behalf_of, kind, key, persons))


def look(actor: str, post: str | None, kind: str, key: str, persons: int) -> PersonalRead:
    return PersonalRead(
        day=legal_day(),
        at=config.now().isoformat(timespec="seconds"),
        actor=actor,
        on_behalf_of=post,
        subject_kind=kind,
        subject_key=key[:64],
        persons=persons,
        request_id=visit().request_id,
    )


def digest_of(connection: Connection, day: date) -> tuple[int, str]:
    """How many looks there were on a day, and the digest of all of them."""
    rows = rows_of(connection, OF_A_DAY, {"day": day})
    return len(rows), ledger.digest(ledger.canonical(rows))


def seal(desk: Desk, today: date) -> int:
    """One entry for each day that is over; how many days were sealed."""
    connection = desk.session.connection()
    last = connection.execute(LAST_SEAL).scalar_one()
    sealed = date.fromisoformat(last) if last else date.min
    open_days = connection.execute(OPEN_DAYS, {"today": today, "sealed": sealed}).scalars().all()
    for day in open_days:
        count, digest = digest_of(connection, day)
        desk.note(SEALED, day.isoformat(), looks=count, digest=digest)
    return len(open_days)


def verify(connection: Connection) -> Iterator[Fault]:
    """Compare every sealed day with its seal; yield what is wrong, in plain words."""
    for day, public in connection.execute(SEALS).all():
        told = orjson.loads(public)
        if (told["looks"], told["digest"]) != digest_of(connection, date.fromisoformat(day)):
            yield Fault(later("ledger.looks_altered"), day)
