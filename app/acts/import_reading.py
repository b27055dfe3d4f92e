"""Reading uploaded files and matching their rows with the register; nothing is written to it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import PurePath
from typing import Any, Final

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from app import secrets
from app.acts import import_register, imports
from app.acts.desk import Desk
from app.acts.import_matching import Table, chunks, compare
from app.acts.jobs import Task
from app.errors import Refusal
from app.i18n import later
from app.models.columns import json_text
from app.models.departments import Department
from app.models.imports import ImportBatch, ImportFile, ImportRow
from app.rules import headings, identity_numbers, import_rows, names
from app.rules.headings import Field, Kind
from app.rules.imports import Act
from app.spreadsheets.reading import SheetRow

ABREAST: Final = 2  # files at a time
IDENTITIES: Final = "identity numbers"
SKIPPABLE: Final = later("spreadsheet.no_headings")


def read(task: Task, abreast: int = ABREAST) -> None:
    """The whole job. Begun a second time, it forgets what the first time left."""
    with Session(task.engine) as session, session.begin():
        batch = start(task.desk(session), task.subject)
        kind, known = Kind(batch.kind), import_register.units(task.desk(session))
        own = own_unit(session, batch)
        of_batch = select(ImportFile.id, ImportFile.name, ImportFile.sha256)
        files = session.exec(
            of_batch.where(ImportFile.batch_id == batch.id).order_by(col(ImportFile.position))
        ).all()
        number = batch.id or 0
    done: list[int] = []
    shelves = [
        (Shelf(task, kind, number, file or 0, own or unit_of(name, known), known, done), name, sha)
        for file, name, sha in files
    ]
    with ThreadPoolExecutor(abreast) as readers:  # a child takes longer to start than to read
        whole = list(readers.map(lambda each: take_in(*each), shelves))
    if all(whole):
        compare(task, number, kind)
    else:
        refuse(task)


def start(desk: Desk, number: str) -> ImportBatch:
    batch = imports.numbered(desk, number)
    imports.move(batch, Act.REREAD)
    desk.session.execute(delete(ImportRow).where(col(ImportRow.batch_id) == batch.id))
    return batch


def own_unit(session: Session, batch: ImportBatch) -> str | None:
    """The unit that the whole batch was uploaded for."""
    asked = select(Department.code).where(Department.id == batch.department_id)
    return session.exec(asked).one_or_none()


def unit_of(name: str, known: Mapping[str, str]) -> str | None:
    """A file that is called as a unit is that unit's."""
    stem = names.normalise(PurePath(name).stem)
    return known.get(stem) or known.get("市" + stem)


class Shelf:
    """Where the rows of one file go."""

    def __init__(  # noqa: PLR0913  what every row of one file shares
        self,
        task: Task,
        kind: Kind,
        batch: int,
        file: int,
        unit: str | None,
        units: Mapping[str, str],
        done: list[int],
    ) -> None:
        self.task, self.kind, self.batch, self.file = task, kind, batch, file
        self.unit, self.units, self.done = unit, units, done

    def row(self, at: SheetRow, columns: Mapping[Field, int], on: Any) -> dict[str, Any]:
        entry = import_rows.entry(self.kind, columns, at.cells, on)
        identity = entry.identity_no
        said = entry.said.get(Field.UNIT)
        unit, faults = self.unit, list(entry.faults)
        if said is not None and (unit := self.units.get(names.normalise(said))) is None:
            faults.append(Refusal("import_row.unit_unknown").code)
        return {
            "batch_id": self.batch,
            "file_id": self.file,
            "sheet": at.sheet[:100],
            "number": at.number,
            "raw": json_text(masked(at.cells, columns)),
            "name": entry.name[:100],
            "certificate_no": entry.certificate_no and entry.certificate_no[:64],
            "id_no_hmac": identity and identity_numbers.digest(identity, secrets.key(IDENTITIES)),
            "id_no_last4": identity and identity[-4:],
            "unit": unit,
            "said": json_text(import_rows.stored(entry.said)),
            "faults": json_text(faults),
            "candidates": "[]",
            "undecided": True,
        }


def masked(cells: Sequence[Any], columns: Mapping[Field, int]) -> list[Any]:
    """Without the identity number, whatever stands in its column."""
    hidden = columns.get(Field.IDENTITY_NO)
    return [None if at == hidden else cell for at, cell in enumerate(cells)]


def headed(kind: Kind, rows: Iterable[SheetRow]) -> Iterator[tuple[SheetRow, dict[Field, int]]]:
    """The rows below the headings of each sheet; a sheet without headings is no table."""
    columns: dict[str, dict[Field, int]] = {}
    for row in rows:
        if row.sheet in columns:
            yield row, columns[row.sheet]
        elif row.number <= headings.DEEPEST and (found := headings.columns_in(row.cells)):
            headings.complete(kind, found)
            columns[row.sheet] = found
    if not columns:
        raise Refusal(SKIPPABLE)


def take_in(shelf: Shelf, name: str, sha256: str) -> bool:
    """One file, a chunk a transaction; whether it could be read."""
    count = 0
    try:
        content = sealed(shelf, sha256)
        for some in chunks(headed(shelf.kind, shelf.task.rows(content, name))):
            with Session(shelf.task.engine) as session, session.begin():
                on = shelf.task.desk(session).today
                rows = [shelf.row(row, columns, on) for row, columns in some]
                session.execute(insert(Table), rows)
            count += len(some)
            shelf.done.append(len(some))
            shelf.task.tell("reading", sum(shelf.done))
        if not count:
            raise Refusal("spreadsheet.empty")
        note_file(shelf, rows=count)
    except Refusal as refusal:
        note_file(shelf, refused_because=refusal.code)
        return False
    return True


def sealed(shelf: Shelf, sha256: str) -> bytes:
    with Session(shelf.task.engine) as session:
        found = session.exec(select(ImportFile.sealed).where(ImportFile.id == shelf.file)).one()
    if found is None:
        raise Refusal("import.file_gone")
    return secrets.unseal(imports.FILES + sha256, found)


def note_file(shelf: Shelf, **values: object) -> None:
    with Session(shelf.task.engine) as session, session.begin():
        chosen = update(ImportFile).where(col(ImportFile.id) == shelf.file)
        session.execute(chosen.values(**values))


def refuse(task: Task) -> None:
    """One file that cannot be read, and nothing of the batch is: it is discarded, and says why."""
    with Session(task.engine) as session, session.begin():
        desk = task.desk(session)
        imports.discard(desk, imports.numbered(desk, task.subject))
    raise Refusal("import.file_refused")
