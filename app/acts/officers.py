"""Enrolling officers, issuing credentials and changing their state."""

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, insert
from sqlmodel import SQLModel, col, select

from app.acts import calendars
from app.acts.desk import Desk
from app.models.credentials import Credential, CredentialCause, CredentialEvent
from app.models.departments import Department
from app.models.officers import Officer, OfficerEvent
from app.rules import credentials as rules
from app.rules import names
from app.rules import officers as standing
from app.rules.credentials import Act, Cause, Result, Scheme, Status
from app.rules.officers import EmploymentType, Qualification

Token = Callable[[], str]


def random_token() -> str:
    return secrets.token_hex(16)


def inserted(desk: Desk, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert many rows in one statement and return their ids in order.

    SQLite would insert one by one to tell the ids; this desk holds its only write lock, so the
    ids can be given instead.
    """
    made: Any = table.__table__  # type: ignore[attr-defined]
    connection = desk.session.connection()
    if not rows:
        return []
    if connection.dialect.name == "sqlite":
        last = connection.execute(select(func.coalesce(func.max(made.c.id), 0))).scalar_one()
        ids = list(range(last + 1, last + 1 + len(rows)))
        given = [{**row, "id": key} for row, key in zip(rows, ids, strict=True)]
        connection.execute(insert(made), given)
        return ids
    statement = insert(made).returning(made.c.id, sort_by_parameter_order=True)
    return list(connection.execute(statement, list(rows)).scalars())


def enrol(
    desk: Desk, unit: Department, announced: bool, people: Sequence[Mapping[str, Any]]
) -> list[int]:
    """Enrol officers who passed the qualifying exam; none who may not enforce (INV-O1)."""
    for person in people:
        employment = EmploymentType(person["employment_type"])
        standing.qualify(employment, exam_passed=True, department_announced=announced)
    common = {
        "department_id": unit.id,
        "qualification": Qualification.QUALIFIED,
        "status": standing.Status.ACTIVE,
    }
    ids = inserted(desk, Officer, [{**common, **enrolled(unit, person)} for person in people])
    first = {**common, "act": "enrolled"}
    events = [
        {
            **first,
            "officer_id": officer,
            "effective_on": person["issued_on"],
            "employment_type": person["employment_type"],
        }
        for officer, person in zip(ids, people, strict=True)
    ]
    inserted(desk, OfficerEvent, events)
    for person in people:
        desk.note("officer.enrolled", person["officer_no"], department=unit.code)
    return ids


def enrolled(unit: Department, person: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "officer_no": person["officer_no"],
        "division_code": unit.division_code,
        "name": person["name"],
        "name_normalized": names.normalise(person["name"]),
        "section": person.get("section"),
        "employment_type": person["employment_type"],
        "registered_on": person["issued_on"],
    }


def enlist(desk: Desk, unit: Department, facts: Mapping[str, Any]) -> Officer:
    """Known to be in a unit, and not qualified yet: no exam was passed (INV-O1)."""
    officer = desk.add(
        Officer(
            division_code=unit.division_code,
            department_id=unit.id or 0,
            name_normalized=names.normalise(facts["name"]),
            qualification=Qualification.NONE,
            status=standing.Status.ACTIVE,
            registered_on=desk.today,
            **facts,
        )
    )
    desk.session.add(
        OfficerEvent(
            officer_id=officer.id or 0,
            act="enlisted",
            effective_on=desk.today,
            department_id=officer.department_id,
            employment_type=officer.employment_type,
            qualification=officer.qualification,
            status=officer.status,
        )
    )
    desk.note("officer.enlisted", officer.officer_no, department=unit.code)
    return officer


def issue(
    desk: Desk,
    unit: Department,
    officers: Sequence[int],
    cards: Sequence[Mapping[str, Any]],
    token: Token = random_token,
) -> list[int]:
    """Issue a credential to each officer, whose qualification was checked at enrolment."""
    rows = [
        issued(unit, officer, card, token()) for officer, card in zip(officers, cards, strict=True)
    ]
    ids = inserted(desk, Credential, rows)
    common = {"act": Act.ISSUE, "status": Status.ACTIVE, "actor": desk.actor}
    events = [
        {**common, "credential_id": credential, "effective_on": row["issued_on"]}
        for credential, row in zip(ids, rows, strict=True)
    ]
    inserted(desk, CredentialEvent, events)
    for row in rows:
        desk.note(
            "credential.issued",
            row["certificate_no"],
            status=row["status"],
            department=unit.code,
            valid_from=row["valid_from"].isoformat(),
            valid_to=row["valid_to"].isoformat(),
        )
    return ids


def issued(unit: Department, officer: int, card: Mapping[str, Any], token: str) -> dict[str, Any]:
    same = ("certificate_no", "category", "area_code", "issuer", "issued_on", "valid_from")
    return {
        **{name: card[name] for name in (*same, "valid_to")},
        "scheme": card.get("scheme", Scheme.NATIONAL),
        "local_issuer": card.get("scheme", Scheme.NATIONAL) != Scheme.MINISTRY,
        "officer_id": officer,
        "department_id": unit.id,
        "verify_token": token,
        "status": rules.after(Act.ISSUE, Status.APPLIED),
        "since": card["valid_from"],
        "version": 1,
    }


def change(
    desk: Desk,
    credential: Credential,
    act: Act,
    *,
    ended_as: Result | None = None,
    decision_no: str | None = None,
) -> Credential:
    """Move one credential to its next state, with its event and its entry."""
    credential.status = rules.after(act, Status(credential.status))
    credential.ended_as = ended_as
    credential.since = desk.today
    credential.version += 1
    desk.session.add(
        CredentialEvent(
            credential_id=credential.id or 0,
            act=act,
            status=credential.status,
            ended_as=ended_as,
            effective_on=desk.today,
            actor=desk.actor,
            decision_no=decision_no,
        )
    )
    desk.note(PAST[act], credential.certificate_no, status=credential.status)
    return credential


PAST = {
    Act.SUSPEND: "credential.suspended",
    Act.REINSTATE: "credential.reinstated",
    Act.RECOVER: "credential.recovered",
    Act.REPORT_LOST: "credential.reported_lost",
    Act.REISSUE: "credential.superseded",
    Act.EXPIRE: "credential.expired",
    Act.REVOKE: "credential.revoked",
    Act.CANCEL: "credential.cancelled",
}


def suspend(desk: Desk, credential: Credential, cause: Cause, decision_no: str, maker: str) -> None:
    """Suspend on a decision that another prepared; a further cause joins the set."""
    desk.checks(maker)
    desk.session.add(
        CredentialCause(
            credential_id=credential.id or 0, cause=cause, decision_no=decision_no, since=desk.today
        )
    )
    if credential.status != Status.SUSPENDED:
        change(desk, credential, Act.SUSPEND, decision_no=decision_no)
    else:
        desk.note("credential.suspended", credential.certificate_no, status=credential.status)


def leave(desk: Desk, officer: Officer, status: standing.Status) -> None:
    """INV-O2: who leaves holds no valid credential any more, and hands the cards back in time."""
    standing.leave(standing.Status(officer.status), status)
    limit = calendars.limit(desk, "officer.recovery")
    officer.recovery_due = standing.recovery_due(desk.today, limit, calendars.workdays(desk))
    officer.status = status
    desk.session.add(
        OfficerEvent(
            officer_id=officer.id or 0,
            act=status,
            effective_on=desk.today,
            department_id=officer.department_id,
            employment_type=officer.employment_type,
            qualification=officer.qualification,
            status=status,
        )
    )
    desk.note("officer.left", officer.officer_no, status=status)
    held = select(Credential).where(col(Credential.officer_id) == officer.id)
    for credential in desk.session.exec(held):
        if credential.status in rules.LIVING:
            change(desk, credential, Act.RECOVER)


def expire(desk: Desk, on: date, most: int = 1000) -> int:
    """Mark what has run out; verification does not wait for it."""
    run_out = (
        select(Credential)
        .where(col(Credential.valid_to) < on)
        .where(col(Credential.status).in_([Status.ACTIVE, Status.SUSPENDED, Status.LOST]))
        .order_by(col(Credential.id))
        .limit(most)
        .with_for_update()
    )
    found = list(desk.session.exec(run_out))
    for credential in found:
        change(desk, credential, Act.EXPIRE)
    return len(found)


def settled_token(seed: str) -> Token:
    """Tokens that two loads of a demonstration share; never for a real register."""
    count = iter(range(1 << 62))
    return lambda: hashlib.blake2b(f"{seed}:{next(count)}".encode(), digest_size=16).hexdigest()
