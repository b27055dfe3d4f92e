"""Matching the rows of an import with the register, and sorting out those that mean one person."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any, Final, TypeVar

import orjson
from sqlalchemy import func, update
from sqlmodel import Session, col, select

from app.acts import import_register, imports
from app.acts.desk import Desk
from app.acts.jobs import Task
from app.models.columns import json_text
from app.models.departments import Department
from app.models.imports import ImportRow
from app.models.officers import Officer
from app.rules import import_rows, names
from app.rules import imports as rules
from app.rules.headings import Field, Kind
from app.rules.import_matches import GROUPED, Claim, Known, Match, MatchKind, match, settle
from app.rules.import_rows import Entry
from app.rules.imports import Act, Decision

T = TypeVar("T")
MANY: Final = 500
FEW: Final = 50  # persons at a time; of each there are several rows
Table: Final = ImportRow.__table__  # type: ignore[attr-defined]


def chunks(rows: Iterable[T], size: int = MANY) -> Iterator[list[T]]:
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some


def compare(task: Task, batch: int, kind: Kind) -> None:
    with Session(task.engine) as session, session.begin():
        found = imports.numbered(task.desk(session), task.subject)
        imports.move(found, Act.READ)
        imports.move(found, Act.MATCH)
        seated = found.session_id
        count = select(func.count()).where(col(ImportRow.batch_id) == batch)
        total = session.exec(count).one()
    done = 0
    last: int | None = 0
    while last is not None:
        last, some = match_next(task, batch, kind, seated, last)
        done += some
        task.tell("matching", done, total)
    with Session(task.engine) as session, session.begin():
        desk = task.desk(session)
        sort_out(session, batch, kind)
        imports.settled(desk, imports.numbered(desk, task.subject))
    task.tell("preview", total, total)


def match_next(
    task: Task, batch: int, kind: Kind, seated: int | None, last: int
) -> tuple[int | None, int]:
    """Match one chunk in a transaction of its own; where it ended, and how many it was."""
    with Session(task.engine) as session, session.begin():
        if not (rows := after(session, batch, last)):
            return None, 0
        match_some(task.desk(session), kind, seated, rows)
        return rows[-1].id, len(rows)


def after(session: Session, batch: int, last: int) -> Sequence[ImportRow]:
    chosen = select(ImportRow).where(ImportRow.batch_id == batch, col(ImportRow.id) > last)
    return session.exec(chosen.order_by(col(ImportRow.id)).limit(MANY)).all()


def match_some(desk: Desk, kind: Kind, seated: int | None, rows: Sequence[ImportRow]) -> None:
    entries = [import_register.entry_of(row) for row in rows]
    digests = [row.id_no_hmac for row in rows]
    register = import_register.around(desk, entries, digests, seated)
    for row, entry in zip(rows, entries, strict=True):
        found = match(kind, entry, row.id_no_hmac, row.unit, register)
        row.match_kind = found.kind
        row.officer_no = found.person.officer_no if found.person else None
        row.candidates = json_text([shown(each) for each in found.candidates])
        row.person = person_of(row, entry, found)
        law = rules.handling(kind, found.kind)
        row.undecided = not law.automatic
        row.decision = law.suggestion if law.automatic else None


def shown(person: Known) -> dict[str, str]:
    return {"officer_no": person.officer_no, "name": person.name, "unit": person.unit}


def person_of(row: ImportRow, entry: Entry, found: Match) -> str | None:
    """Rows with one key mean one person; nothing when that is just what nobody knows."""
    if found.kind not in GROUPED:
        return None
    if found.person is not None:
        return f"o:{found.person.officer_no}"
    if row.id_no_hmac or entry.certificate_no:
        return f"n:{row.id_no_hmac or entry.certificate_no}"
    return f"n:{row.unit}:{names.normalise(entry.name)[:80]}"


def sort_out(session: Session, batch: int, kind: Kind) -> None:
    """Rows that mean one person: which of them stands, or who must choose. Some at a time."""
    last: str | None = ""
    while persons := repeated(session, batch, last or ""):
        last = persons[-1]
        changed = list(rulings(session, batch, kind, persons))
        if changed:
            session.execute(update(ImportRow), changed)


def repeated(session: Session, batch: int, last: str) -> list[str]:
    """The next persons of whom more than one row speaks."""
    found = (
        select(col(ImportRow.person))
        .where(ImportRow.batch_id == batch, col(ImportRow.person) > last)
        .group_by(col(ImportRow.person))
        .having(func.count() > 1)
        .order_by(col(ImportRow.person))
    )
    return [str(each) for each in session.exec(found.limit(FEW))]


def rulings(
    session: Session, batch: int, kind: Kind, persons: Sequence[str]
) -> Iterator[dict[str, Any]]:
    columns = (Table.c.id, Table.c.unit, Table.c.match_kind, Table.c.said, Table.c.person)
    asked = (
        select(*columns, home_of(Table.c.officer_no))  # type: ignore[call-overload]
        .where(Table.c.batch_id == batch, Table.c.person.in_(persons))
        .order_by(Table.c.person, Table.c.file_id, Table.c.id)
    )
    for _, group in groupby(session.execute(asked), key=lambda row: row.person):
        rows = list(group)
        claims = [Claim(r.id, r.unit, MatchKind(r.match_kind), says(kind, r.said)) for r in rows]
        for row, ruling in settle(claims, rows[0].home).items():
            decision = None if ruling.open else Decision.SKIP
            made = {"match_kind": ruling.kind, "undecided": ruling.open, "decision": decision}
            yield {"id": row, **made}


def home_of(officer_no: Any) -> Any:
    unit = select(Department.code).join(Officer).where(Officer.officer_no == officer_no)
    return unit.scalar_subquery().label("home")


def says(kind: Kind, said: str) -> str:
    """What two rows of one person must agree on; in a roster the last one simply stands."""
    if kind is Kind.ROSTER:
        return ""
    values = orjson.loads(said)
    return json_text({name: values[name] for name in sorted(VALUES & values.keys())})


VALUES: Final = {
    str(field) for field in (*import_rows.PAPERS, Field.ATTENDANCE, Field.ABSENT, Field.ACTION)
}
