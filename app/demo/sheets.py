"""The offices' spreadsheets, taken in as the HR office would: uploaded, decided, committed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import orjson
from sqlmodel import Session, col, select

from app.acts import import_commits, import_reading, imports
from app.acts.desk import Desk
from app.acts.jobs import Task
from app.demo.city import FILES, City
from app.models.imports import ImportBatch, ImportRow
from app.models.jobs import Job
from app.rules.headings import Kind
from app.rules.import_matches import MatchKind
from app.rules.import_rows import Correction
from app.rules.imports import Decision
from app.rules.jobs import Kind as JobKind
from app.rules.jobs import State
from app.spreadsheets.reading import SheetRow, own_rows

ROOM: Final = FILES / "exam2025"
READING: Final = JobKind.IMPORT_READING
ONE_BY_ONE: Final = 1  # two files read side by side would come in another order each time
Decide = Callable[[Desk, ImportBatch], None]


@dataclass(frozen=True)
class OfficeJob(Task):
    """A job done at once, on the demo's own day and clock."""

    city: City
    on: date

    def desk(self, session: Session) -> Desk:
        session.info["clock"] = lambda: self.city.at(self.on, 9)
        session.info["salt"] = self.city.salt
        return Desk(session, self.actor, self.on)

    def rows(self, content: bytes, name: str) -> Iterator[SheetRow]:
        return own_rows(content, name)

    def tell(self, phase: str, done: int = 0, total: int = 0) -> None:
        """Nobody watches."""


def take_in(  # noqa: PLR0913  who takes in what, when, about what, and what is decided
    city: City,
    on: date,
    actor: str,
    kind: Kind,
    names: list[str],
    about: Callable[[Desk], Mapping[str, Any]],
    decide: Decide = lambda _desk, _batch: None,
) -> None:
    """From the files in the demo's folder to what they write, by the acts of every import."""
    files = [(Path(name).name, (ROOM / name).read_bytes()) for name in names]
    with city.day(on, actor) as desk:
        batch, job = imports.upload(desk, kind, files, about(desk))
        number, told = batch.number, job.number
    work = OfficeJob(city.engine, told, READING, number, actor, None, city, on)
    import_reading.read(work, ONE_BY_ONE)
    with city.day(on, actor) as desk:
        decide(desk, imports.numbered(desk, number))
    with city.day(on, actor) as desk:
        seen = imports.numbered(desk, number).version
        desk.one(Job, number=told).state = State.DONE
    import_commits.commit(replace(work, seen=seen))


def rows_of(desk: Desk, batch: ImportBatch, kind: MatchKind) -> list[ImportRow]:
    found = select(ImportRow).where(
        col(ImportRow.batch_id) == batch.id, col(ImportRow.match_kind) == kind
    )
    return list(desk.session.exec(found.order_by(col(ImportRow.id))))


def as_its_unit_says(desk: Desk, batch: ImportBatch, kind: MatchKind, why: str) -> None:
    """Of those whom a row may mean, the one of the unit that sent it; each once, in their order."""
    taken: set[str] = set()
    for row in rows_of(desk, batch, kind):
        means = next(
            each["officer_no"]
            for each in orjson.loads(row.candidates)
            if each["unit"] == row.unit and each["officer_no"] not in taken
        )
        taken.add(means)
        by = Correction(officer_no=means)
        imports.decide(desk, batch, row.id or 0, Decision.CORRECT, by, why)
