"""Long work: asked for in a transaction, done by the clock, one at a time, and told as it goes."""

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from app import config
from app.acts.desk import Desk
from app.errors import Refusal
from app.i18n import later
from app.ledger import instant
from app.models.jobs import Job
from app.rules.jobs import Kind, State, exhausted
from app.spreadsheets.reading import SheetRow, rows_of

log = logging.getLogger(__name__)
BROKEN: Final = later("job.broken")
GIVEN_UP: Final = later("job.given_up")


@dataclass(frozen=True)
class Task:
    """A claimed job in the hands of whoever does it."""

    engine: Engine
    number: str
    kind: Kind
    subject: str
    actor: str
    seen: int | None

    def desk(self, session: Session) -> Desk:
        """In the name of who asked for it; its entries carry the job's number."""
        return Desk(session, self.actor, config.legal_day(), request_id=self.number)

    def rows(self, content: bytes, name: str) -> Iterator[SheetRow]:
        """The rows of somebody's file, by a child process with limits."""
        return rows_of(content, name)

    def tell(self, phase: str, done: int = 0, total: int = 0) -> None:
        """How far it is, in a transaction of its own."""
        self.note(phase=phase, done=done, total=total)

    def note(self, **values: object) -> None:
        with Session(self.engine) as session, session.begin():
            session.execute(update(Job).where(col(Job.number) == self.number).values(values))


Work = Callable[[Task], None]


def enqueue(desk: Desk, kind: Kind, subject: str, seen: int | None = None) -> Job:
    """Ask for a job; it begins once this transaction is committed."""
    return desk.add(
        Job(
            number=secrets.token_hex(12),
            kind=kind,
            subject=subject,
            actor=desk.actor,
            state=State.QUEUED,
            seen=seen,
            created_at=instant(desk.session),
        )
    )


def resume(engine: Engine) -> None:
    """What ran when the runner died begins anew: every job may be begun twice."""
    with Session(engine) as session, session.begin():
        left = col(Job.state) == State.RUNNING
        session.execute(update(Job).where(left).values(state=State.QUEUED))


def waiting(reader: Engine) -> bool:
    with reader.connect() as connection:
        queued = select(col(Job.id)).where(col(Job.state) == State.QUEUED).limit(1)
        return connection.execute(queued).first() is not None


def claim(engine: Engine) -> Task | None:
    """The oldest job that waits; one that has been begun too often is given up."""
    with Session(engine) as session, session.begin():
        oldest = select(Job).where(Job.state == State.QUEUED).order_by(col(Job.id)).limit(1)
        job = session.exec(oldest.with_for_update(skip_locked=True)).one_or_none()
        if job is None:
            return None
        job.attempts += 1
        if exhausted(job.attempts - 1):
            job.state, job.message = State.FAILED, GIVEN_UP
            return None
        job.state = State.RUNNING
        return Task(engine, job.number, Kind(job.kind), job.subject, job.actor, job.seen)


def run_one(engine: Engine, works: Mapping[Kind, Work]) -> bool:
    """Do the next job, if there is one. A refusal is its result, by code."""
    if (task := claim(engine)) is None:
        return False
    try:
        works[task.kind](task)
    except Refusal as refusal:
        task.note(state=State.FAILED, message=refusal.code)
    except Exception as error:  # the next job must not wait for this one to be understood
        log.error("job %s broke: %s", task.number, type(error).__name__)
        task.note(state=State.FAILED, message=BROKEN)
    else:
        task.note(state=State.DONE, message=None)
    return True
