"""What the commit of an import writes: for each kind, through the acts of the part it is about."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import orjson
from sqlalchemy import func
from sqlmodel import Session, col, select

from app.acts import exam_campaigns, exam_sessions, import_register, imports, movements, self_checks
from app.acts.desk import Desk
from app.acts.import_matching import after
from app.acts.jobs import Task
from app.acts.officers import enlist
from app.errors import Refusal
from app.models.departments import Department
from app.models.exam_campaigns import ExamCampaign
from app.models.exam_results import ExamResult
from app.models.exam_sessions import ExamSession, Sitting
from app.models.imports import ImportBatch, ImportFile, ImportRow
from app.models.officers import Officer
from app.models.registrations import Registration
from app.models.self_checks import SelfCheckTask
from app.rules import imports as rules
from app.rules.exam_campaigns import Attendance, AttendanceAct, Paper
from app.rules.headings import Field, Kind
from app.rules.import_matches import SURE, MatchKind, match
from app.rules.import_rows import Entry, attendance_of
from app.rules.imports import Act, Decision, State

PAPERS: Final = {Field.GENERAL: Paper.GENERAL, Field.SPECIAL: Paper.SPECIAL}
Write = Callable[[Desk, ImportBatch], int]


def commit(task: Task) -> None:
    """The whole job: one transaction, all or nothing."""
    task.tell("writing")
    with Session(task.engine) as session, session.begin():
        desk = task.desk(session)
        batch = imports.numbered(desk, task.subject)
        left = imports.undecided(desk, batch)
        rules.commit(State(batch.state), left, str(task.seen), str(batch.version))
        once_each(desk, batch)
        persons = WRITES[Kind(batch.kind)](desk, batch)
        imports.move(batch, Act.COMMIT)
        batch.version += 1
        desk.note("import.committed", batch.number, kind=batch.kind, persons=persons)
    task.tell("written", persons, persons)


def once_each(desk: Desk, batch: ImportBatch) -> None:
    """Two rows that were both taken for one person contradict each other."""
    twice = (
        select(ImportRow.officer_no)
        .where(ImportRow.batch_id == batch.id, ImportRow.decision != Decision.SKIP)
        .where(col(ImportRow.officer_no).is_not(None))
        .group_by(ImportRow.officer_no)
        .having(func.count() > 1)
    )
    if desk.session.exec(twice.limit(1)).first():
        raise Refusal("import.person_twice")


def included(desk: Desk, batch: ImportBatch) -> Iterator[list[tuple[ImportRow, Entry]]]:
    """The rows that are not skipped, and that still mean whom they meant in the preview."""
    last, kind = 0, Kind(batch.kind)
    while rows := after(desk.session, batch.id or 0, last):
        last = rows[-1].id or 0
        taken = [row for row in rows if row.decision != Decision.SKIP]
        entries = [import_register.as_decided(kind, row) for row in taken]
        unchanged(desk, batch, taken, entries)
        yield list(zip(taken, entries, strict=True))


def unchanged(
    desk: Desk, batch: ImportBatch, rows: Sequence[ImportRow], entries: Sequence[Entry]
) -> None:
    """The register may have moved since the preview: an officer left, a card changed hands."""
    kind, digests = Kind(batch.kind), [row.id_no_hmac for row in rows]
    register = import_register.around(desk, entries, digests, batch.session_id)
    for row, entry in zip(rows, entries, strict=True):
        if row.correction and "officer_no" in orjson.loads(row.correction):
            person = import_register.by_number(desk, row.officer_no or "", batch.session_id)
            same = person is not None and person.active
        else:
            found = match(kind, entry, row.id_no_hmac, row.unit, register)
            officer = found.person and found.person.officer_no
            same = officer == row.officer_no and found.kind in (*STANDING, row.match_kind)
        if not same:
            raise Refusal("import.changed", row=row.number)


STANDING: Final = (*SURE, MatchKind.UNIT_DIFFERS)


def officers_of(desk: Desk, rows: Sequence[ImportRow]) -> dict[str, Officer]:
    wanted = [row.officer_no for row in rows if row.officer_no]
    found = desk.session.exec(select(Officer).where(col(Officer.officer_no).in_(wanted)))
    return {each.officer_no: each for each in found}


def roster(desk: Desk, batch: ImportBatch) -> int:
    """Officers as the unit lists them, and their places on the campaign's roster."""
    campaign = desk.find(ExamCampaign, id=batch.campaign_id) if batch.campaign_id else None
    units = {each.code: each for each in desk.session.exec(select(Department))}
    persons = 0
    for some in included(desk, batch):
        rows = [row for row, _ in some]
        known = officers_of(desk, rows)
        placed = []
        for row, entry in some:
            if row.officer_no:
                placed.append(known[row.officer_no])
                update(desk, placed[-1], entry, row)
            else:
                placed.append(newcomer(desk, batch, row, entry, units))
        if campaign is not None:
            listed(desk, campaign, placed)
        persons += len(placed)
    return persons


def update(desk: Desk, officer: Officer, entry: Entry, row: ImportRow) -> None:
    """A blank cell keeps the old value; a name is changed by no spreadsheet."""
    said = {
        "section": entry.said.get(Field.SECTION),
        "post": entry.said.get(Field.POST),
        "employment_type": entry.said.get(Field.EMPLOYMENT_TYPE),
        "id_no_hmac": None if officer.id_no_hmac else row.id_no_hmac,
        "id_no_last4": None if officer.id_no_hmac else row.id_no_last4,
    }
    changed = {k: v for k, v in said.items() if v is not None and v != getattr(officer, k)}
    for name, value in changed.items():
        setattr(officer, name, value)
    if "employment_type" in changed:
        movements.told(desk, officer, "updated")
    if changed:
        desk.note("officer.updated", officer.officer_no, fields=sorted(changed))


def newcomer(
    desk: Desk, batch: ImportBatch, row: ImportRow, entry: Entry, units: Mapping[str, Department]
) -> Officer:
    """Known from now on, and not qualified: that takes an exam and an announced unit (INV-O1)."""
    if not rules.creates(Kind(batch.kind), MatchKind(row.match_kind or ""), Decision.ACCEPT):
        raise Refusal("import.changed", row=row.number)
    if row.unit is None or Field.EMPLOYMENT_TYPE not in entry.said:
        raise Refusal("import.newcomer_incomplete", row=row.number)
    said = entry.said
    facts = {
        "officer_no": f"{batch.number}-{row.id}",
        "name": entry.name,
        "section": said.get(Field.SECTION),
        "post": said.get(Field.POST),
        "employment_type": said[Field.EMPLOYMENT_TYPE],
        "id_no_hmac": row.id_no_hmac,
        "id_no_last4": row.id_no_last4,
    }
    return enlist(desk, units[row.unit], facts)


def listed(desk: Desk, campaign: ExamCampaign, officers: Sequence[Officer]) -> None:
    """Who is on the roster already is not put on it again."""
    ids = [each.id for each in officers]
    there = select(Registration.officer_id).where(
        Registration.campaign_id == campaign.id, col(Registration.officer_id).in_(ids)
    )
    already = set(desk.session.exec(there))
    if fresh := [each for each in officers if each.id not in already]:
        exam_campaigns.register(desk, campaign, fresh)


def numbers_of(desk: Desk, batch: ImportBatch, rows: Sequence[ImportRow]) -> dict[str, str]:
    """The registration of each officer in the batch's campaign."""
    wanted = [row.officer_no for row in rows]
    asked = (
        select(Officer.officer_no, Registration.number)
        .join(Registration, col(Registration.officer_id) == col(Officer.id))
        .where(Registration.campaign_id == batch.campaign_id)
        .where(col(Officer.officer_no).in_(wanted))
    )
    return dict(desk.session.exec(asked).all())


def sat(desk: Desk, batch: ImportBatch) -> int:
    """Who came and who did not, then the scores of who came, with the row each was read from."""
    session = desk.one(ExamSession, id=batch.session_id)
    marks: dict[str, AttendanceAct] = {}
    scores: dict[str, dict[Paper, Decimal]] = {}
    source: dict[str, int] = {}
    for some in included(desk, batch):
        numbers = numbers_of(desk, batch, [row for row, _ in some])
        for row, entry in some:
            number = numbers[row.officer_no or ""]
            if act := attendance_of(entry.said):
                marks[number] = act
            if papers := {PAPERS[f]: entry.said[f] for f in PAPERS if f in entry.said}:
                scores[number], source[number] = papers, row.number
    exam_sessions.take_attendance(desk, session, registered_only(desk, session, marks))
    if Kind(batch.kind) is Kind.SCORES:
        unscored(desk, session, source)
        markers = (batch.first_marker or "", batch.second_marker or "")
        exam_sessions.enter_scores(desk, session, scores, markers, source, digest(desk, batch))
    return len(marks)


def registered_only(
    desk: Desk, session: ExamSession, marks: Mapping[str, AttendanceAct]
) -> dict[str, AttendanceAct]:
    """Without what is taken already; a mark against what was taken is left in, and refused."""
    same = {(Attendance.PRESENT, AttendanceAct.ATTEND), (Attendance.ABSENT, AttendanceAct.MISS)}
    there = {r.number: Attendance(s.attendance) for s, r in exam_sessions.sittings(desk, session)}
    return {n: mark for n, mark in marks.items() if (there[n], mark) not in same}


def unscored(desk: Desk, session: ExamSession, numbers: Mapping[str, int]) -> None:
    """EX4: a score that stands changes by a re-mark, not by a second file."""
    standing = (
        select(Registration.number)
        .join(Sitting, col(Sitting.registration_id) == col(Registration.id))
        .join(ExamResult, col(ExamResult.sitting_id) == col(Sitting.id))
        .where(Sitting.session_id == session.id)
    )
    if again := sorted(numbers[n] for n in desk.session.exec(standing) if n in numbers):
        raise Refusal("import.scored_before", row=again[0])


def digest(desk: Desk, batch: ImportBatch) -> str:
    """Of the file that the scores came from; of several, of the first."""
    files = select(ImportFile.sha256).where(ImportFile.batch_id == batch.id)
    return desk.session.exec(files.order_by(col(ImportFile.position)).limit(1)).one()


def self_check(desk: Desk, batch: ImportBatch) -> int:
    """A unit's report with its findings, signed by its first responsible person."""
    unit = {"campaign_id": batch.campaign_id, "department_id": batch.department_id}
    task = desk.one(SelfCheckTask, **unit)
    findings = [finding(row, entry) for some in included(desk, batch) for row, entry in some]
    self_checks.report(desk, task, batch.signed_by or "", findings, nil=not findings)
    return len(findings)


def finding(row: ImportRow, entry: Entry) -> dict[str, Any]:
    return {
        "person_name": entry.name,
        "employment_type": entry.said[Field.EMPLOYMENT_TYPE],
        "action": entry.said[Field.ACTION],
        "acts_done": entry.said.get(Field.ACTS_DONE, 0),
        "certificate_no": entry.certificate_no if row.officer_no else None,
    }


WRITES: Final[Mapping[Kind, Write]] = {
    Kind.ROSTER: roster,
    Kind.SCORES: sat,
    Kind.ATTENDANCE: sat,
    Kind.SELF_CHECK: self_check,
}
