"""The only scheduler: acts that fall due by themselves, and the ledger's anchor."""

import logging
from datetime import timedelta
from threading import Event
from time import monotonic
from typing import Final

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from app import ledger
from app.acts import (
    api_usage,
    idempotency,
    import_commits,
    import_reading,
    imports,
    jobs,
    officers,
    personal_reads,
    suspension_orders,
    webhook_rounds,
)
from app.acts.desk import Desk
from app.config import legal_day, now, settings
from app.db import Database
from app.models.suspension_orders import SuspensionOrder
from app.rules.jobs import Kind
from app.rules.suspension_orders import State

log = logging.getLogger(__name__)
EVERY: Final = 60.0  # seconds: an anchor a minute
LOOK: Final = 0.5  # seconds: somebody watches a job begin
BATCH: Final = 1000
KEPT: Final = timedelta(days=30)
SETTLED: Final = timedelta(minutes=10)
WORKS: Final = {
    Kind.IMPORT_READING: import_reading.read,
    Kind.IMPORT_COMMIT: import_commits.commit,
}
ACTOR: Final = "登记系统"
ELECT: Final = text("select pg_try_advisory_lock(7002)")
YIELD: Final = text("select pg_advisory_unlock(7002)")


def run(database: Database, stop: Event, every: float = EVERY) -> None:
    """Beat until told to stop; a database that went away is waited for."""
    while not stop.is_set():
        try:
            reign(database, stop, every)
        except (DBAPIError, OSError) as error:
            log.warning("the clock could not beat: %s", type(error).__name__)
            stop.wait(every)


def reign(database: Database, stop: Event, every: float) -> None:
    """Of several clocks on one PostgreSQL, the one that holds the lock beats; the others wait."""
    rounds = webhook_rounds.Rounds(database)
    with database.reader.connect() as seat:
        due, reigned = 0.0, False
        try:
            while not stop.is_set():
                if reigns := elected(seat):
                    if not reigned:
                        jobs.resume(database.writer)
                    due = beat_if_due(database, due, every)
                    work(database, stop)
                    rounds.step()
                reigned = reigns
                stop.wait(min(every, LOOK))
        finally:
            rounds.close()
            if not database.in_place and not seat.invalidated:
                seat.execute(YIELD)


def beat_if_due(database: Database, due: float, every: float) -> float:
    """When it is due next."""
    if monotonic() < due:
        return due
    beat(database)
    return monotonic() + every


def work(database: Database, stop: Event) -> None:
    """Jobs that wait. Looking is a read: it takes no lock from those who write."""
    while jobs.waiting(database.reader) and not stop.is_set():
        jobs.run_one(database.writer, WORKS)


def elected(seat: Connection) -> bool:
    """A session's own lock may be taken again, so asking also shows that the seat is alive."""
    if seat.dialect.name == "sqlite":
        return True
    won = bool(seat.execute(ELECT).scalar_one())
    if won and seat.info.setdefault("reigns", False):
        seat.execute(YIELD)  # taken twice, given back once: one is held
    seat.info["reigns"] = won
    return won


def beat(database: Database) -> None:
    """Everything that is due now. Safe to repeat, and to run in two processes at once."""
    while expire(database) == BATCH:
        pass
    for number in suspensions_due(database):
        suspend(database, number)
    forget_files(database)
    seal_reads(database)
    with Session(database.writer) as session, session.begin():
        idempotency.forget(session)
        api_usage.forget(session)
    with database.reader.connect() as connection:
        ledger.anchor(connection, settings().anchor_file)


def suspensions_due(database: Database) -> list[str]:
    with Session(database.writer) as session:
        due = select(col(SuspensionOrder.order_no)).where(
            col(SuspensionOrder.state) == State.CONFIRMED,
            col(SuspensionOrder.effective_on) <= legal_day(),
        )
        return list(session.exec(due.order_by(col(SuspensionOrder.id))))


def suspend(database: Database, number: str) -> None:
    """One order in one transaction. Of two clocks one finds it confirmed, the other effective."""
    with Session(database.writer) as session, session.begin():
        desk = Desk(session, ACTOR, legal_day())
        order = desk.one(SuspensionOrder, order_no=number)
        if order.state == State.CONFIRMED:
            suspension_orders.take_effect(desk, order)


def forget_files(database: Database) -> None:
    """Uploaded files are kept for a while, to be given back with what was wrong in them."""
    with Session(database.writer) as session, session.begin():
        imports.forget_files(Desk(session, ACTOR, legal_day()), KEPT)


def seal_reads(database: Database) -> None:
    """Who read personal details on the days that are over, as digests in the ledger.

    A look of the last second of a day may be written in the first of the next.
    """
    with Session(database.writer) as session, session.begin():
        personal_reads.seal(Desk(session, ACTOR, legal_day()), (now() - SETTLED).date())


def expire(database: Database) -> int:
    """Mark a batch of credentials that have run out; how many there were."""
    with Session(database.writer) as session, session.begin():
        today = legal_day()
        return officers.expire(Desk(session, ACTOR, today), today, BATCH)
