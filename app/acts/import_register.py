"""The part of the register that some rows of an import may mean, in a few statements."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import and_
from sqlmodel import col, select

from app.acts.desk import Desk
from app.models.credentials import Credential
from app.models.departments import Department, DepartmentRevision
from app.models.exam_sessions import Sitting
from app.models.imports import ImportRow
from app.models.officers import Officer
from app.models.registrations import Registration
from app.rules import names
from app.rules.exam_campaigns import Attendance
from app.rules.headings import Kind
from app.rules.import_matches import Known, Register
from app.rules.import_rows import Correction, Entry, corrected, restored
from app.rules.officers import EmploymentType, Status

PERSON: Final = (
    col(Officer.officer_no),
    col(Officer.name),
    col(Department.code),
    col(Officer.status),
    col(Officer.employment_type),
    col(Officer.former_name),
)


def persons(session_id: int | None, *more: Any) -> Any:
    """Officers with their unit, and their sitting where the import is about a session."""
    statement = select(*more, *PERSON).select_from(Officer).join(Department)  # type: ignore[call-overload]
    if session_id is None:
        return statement
    seated = (
        select(col(Registration.officer_id), col(Sitting.attendance))
        .join(Sitting, col(Sitting.registration_id) == col(Registration.id))
        .where(col(Sitting.session_id) == session_id)
        .subquery()
    )
    joined = seated.c.officer_id == col(Officer.id)
    return statement.add_columns(seated.c.attendance).outerjoin(seated, joined)


def known(row: Sequence[Any], session_id: int | None) -> Known:
    officer_no, name, unit, status, employment, former, *sitting = row
    sits = Attendance.REGISTERED if session_id is None else sitting[0] and Attendance(sitting[0])
    active = status == Status.ACTIVE
    kind = EmploymentType(employment)
    return Known(officer_no, name, unit, active, kind, former, sits or None)


def around(
    desk: Desk, entries: Sequence[Entry], digests: Iterable[str | None], session_id: int | None
) -> Register:
    """Everybody whom a certificate, an identity or a name in these rows could mean."""

    def having(key: Any, wanted: set[str]) -> list[tuple[str, Known]]:
        if not wanted:
            return []
        asked = persons(session_id, key).where(key.in_(sorted(wanted)))
        if key.class_ is Credential:
            asked = asked.join(Credential, col(Credential.officer_id) == col(Officer.id))
        rows = desk.session.execute(asked.order_by(col(Officer.id)))
        return [(row[0], known(row[1:], session_id)) for row in rows]

    numbers = {each.certificate_no for each in entries if each.certificate_no}
    by_name: dict[str, list[Known]] = {}
    called = {names.normalise(each.name) for each in entries if each.name}
    for name, person in having(col(Officer.name_normalized), called):
        by_name.setdefault(name, []).append(person)
    return Register(
        dict(having(col(Credential.certificate_no), numbers)),
        dict(having(col(Officer.id_no_hmac), {each for each in digests if each})),
        by_name,
    )


def by_number(desk: Desk, officer_no: str, session_id: int | None) -> Known | None:
    asked = persons(session_id).where(col(Officer.officer_no) == officer_no)
    row = desk.session.execute(asked).one_or_none()
    return known(row, session_id) if row else None


def units(desk: Desk) -> dict[str, str]:
    """Every name that a unit of the city has or had, and its code."""
    revision = DepartmentRevision
    current = select(
        col(Department.code),
        col(revision.name),
        col(revision.short_name),
        col(revision.former_names),
    ).join(
        revision,
        and_(col(revision.department_id) == col(Department.id), col(revision.valid_to).is_(None)),
    )
    found: dict[str, str] = {}
    for code, name, short, former in desk.session.execute(current):
        for each in (code, *orjson.loads(former), short, name):
            if each:
                found[names.normalise(each)] = code
    return found


def entry_of(row: ImportRow) -> Entry:
    said, faults = restored(orjson.loads(row.said)), orjson.loads(row.faults)
    return Entry(row.name, row.certificate_no, None, said, tuple(faults))


def as_decided(kind: Kind, row: ImportRow) -> Entry:
    """The row with what a person put in its place."""
    entry = entry_of(row)
    if row.correction is None:
        return entry
    return corrected(kind, entry, Correction(**orjson.loads(row.correction)))
