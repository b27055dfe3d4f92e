"""An import from its upload to the reader's decisions; what it writes is in `import_commits`."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any, Final

import orjson
from sqlalchemy import func, update
from sqlmodel import col, select

from app import config, secrets
from app.acts import import_register, jobs
from app.acts.desk import Desk
from app.errors import NotFound, Refusal
from app.ledger import instant
from app.models.columns import json_text
from app.models.imports import ImportBatch, ImportFile, ImportRow
from app.models.jobs import Job
from app.rules import exam_campaigns
from app.rules import imports as rules
from app.rules.headings import Kind
from app.rules.import_matches import SURE, MatchKind, match
from app.rules.import_rows import Correction, corrected
from app.rules.imports import Act, Decision, State
from app.rules.jobs import Kind as JobKind

FILES: Final = "an uploaded file "
SEATED: Final = (Kind.SCORES, Kind.ATTENDANCE)


def upload(
    desk: Desk, kind: Kind, files: Sequence[tuple[str, bytes]], about: Mapping[str, Any]
) -> tuple[ImportBatch, Job]:
    """Take files in, sealed; the same bytes are taken once."""
    complete(kind, about)
    digests = [hashlib.sha256(content).hexdigest() for _, content in files]
    fresh(desk, digests)
    batch = desk.add(
        ImportBatch(
            number=next_number(desk),
            kind=kind,
            state=State.UPLOADED,
            uploaded_by=desk.actor,
            uploaded_at=instant(desk.session),
            **about,
        )
    )
    for position, ((name, content), digest) in enumerate(zip(files, digests, strict=True), 1):
        sealed = secrets.seal(FILES + digest, content)
        desk.session.add(
            ImportFile(
                batch_id=batch.id or 0, position=position, name=name, sha256=digest, sealed=sealed
            )
        )
    desk.note("import.uploaded", batch.number, kind=kind, files=len(files))
    return batch, jobs.enqueue(desk, JobKind.IMPORT_READING, batch.number)


def complete(kind: Kind, about: Mapping[str, Any]) -> None:
    """Scores and attendance are of a session; every kind but a bare roster is of a campaign."""
    if kind in SEATED and not about.get("session_id"):
        raise Refusal("import.session_missing")
    if kind is not Kind.ROSTER and not about.get("campaign_id"):
        raise Refusal("import.campaign_missing")
    if kind is Kind.SELF_CHECK and not about.get("department_id"):
        raise Refusal("import.unit_missing")
    if kind is Kind.SCORES:
        exam_campaigns.marked(about.get("first_marker") or "", about.get("second_marker") or "")


def fresh(desk: Desk, digests: Sequence[str]) -> None:
    if len(set(digests)) < len(digests):
        raise Refusal("import.file_twice")
    known = select(ImportFile).where(
        col(ImportFile.live).is_(True), col(ImportFile.sha256).in_(digests)
    )
    if found := desk.session.exec(known.limit(1)).first():
        batch = desk.one(ImportBatch, id=found.batch_id)
        raise Refusal("import.already_imported", batch=batch.number)


def next_number(desk: Desk) -> str:
    start = f"I-{desk.today:%Y%m%d}-"
    count = select(func.count()).where(col(ImportBatch.number).startswith(start))
    return f"{start}{desk.session.exec(count).one() + 1:02}"


def numbered(desk: Desk, number: str) -> ImportBatch:
    return desk.one(ImportBatch, number=number)


def move(batch: ImportBatch, act: Act) -> None:
    batch.state = rules.after(act, State(batch.state))


def undecided(desk: Desk, batch: ImportBatch) -> int:
    desk.session.flush()  # what was decided in this act counts
    open_rows = select(func.count()).where(
        col(ImportRow.batch_id) == batch.id, col(ImportRow.undecided).is_(True)
    )
    return desk.session.exec(open_rows).one()


def settled(desk: Desk, batch: ImportBatch) -> None:
    """Ready when nobody has to decide anything any more."""
    move(batch, Act.ASK if undecided(desk, batch) else Act.SETTLE)
    batch.version += 1


def decide_class(
    desk: Desk, batch: ImportBatch, kind: MatchKind, decision: Decision, reason: str | None
) -> int:
    """One click for every undecided row of a class, where the law allows it."""
    rules.decide(Kind(batch.kind), kind, decision, one_click=True)
    chosen = update(ImportRow).where(
        col(ImportRow.batch_id) == batch.id,
        col(ImportRow.match_kind) == kind,
        col(ImportRow.undecided).is_(True),
    )
    made = {"undecided": False, "decision": decision, "decided_by": desk.actor, "reason": reason}
    result: Any = desk.session.execute(chosen.values(made))
    settled(desk, batch)
    desk.note("import.decided", batch.number, match=kind, decision=decision, rows=result.rowcount)
    return int(result.rowcount)


def decide(
    desk: Desk,
    batch: ImportBatch,
    row_id: int,
    decision: Decision,
    correction: Correction | None = None,
    reason: str | None = None,
) -> ImportRow:
    """One row. It may be decided again until the commit."""
    row = desk.one(ImportRow, id=row_id, batch_id=batch.id)
    kind, matched = Kind(batch.kind), MatchKind(row.match_kind or "")
    rules.decide(kind, matched, decision, one_click=False)
    if decision is Decision.ACCEPT and orjson.loads(row.faults):
        raise Refusal("import.faults_left")
    if decision is Decision.CORRECT:
        correct(desk, batch, row, correction or Correction())
    elif row.correction is not None:
        raise Refusal("import.already_corrected")
    row.undecided, row.decision = False, decision
    row.decided_by, row.reason = desk.actor, reason
    settled(desk, batch)
    told = {"file": row.file_id, "row": row.number, "officer": row.officer_no, "reason": reason}
    desk.note("import.decided", batch.number, match=matched, decision=decision, private=told)
    return row


def correct(desk: Desk, batch: ImportBatch, row: ImportRow, by: Correction) -> None:
    """The corrected row must mean one person without doubt, or the person that was pointed out."""
    kind = Kind(batch.kind)
    entry = corrected(kind, import_register.entry_of(row), by)
    if entry.faults:
        raise Refusal("import.faults_left", fault=entry.faults[0])
    if by.officer_no:
        person = import_register.by_number(desk, by.officer_no, batch.session_id)
        if (
            person is None
            or not person.sounds_like(row.name)
            and person.officer_no
            not in (each["officer_no"] for each in orjson.loads(row.candidates))
        ):
            raise NotFound("import.no_such_candidate")
    else:
        known = import_register.around(desk, [entry], [row.id_no_hmac], batch.session_id)
        found = match(kind, entry, row.id_no_hmac, row.unit, known)
        person = found.person if found.kind in (*SURE, MatchKind.UNIT_DIFFERS) else None
    if person is None or not person.active:
        raise Refusal("import.correction_means_nobody")
    row.officer_no = person.officer_no
    row.correction = json_text({k: v for k, v in asdict(by).items() if v is not None})


def discard(desk: Desk, batch: ImportBatch) -> None:
    """Nothing was written, and the files may be uploaded again."""
    move(batch, Act.DISCARD)
    batch.version += 1
    free = update(ImportFile).where(col(ImportFile.batch_id) == batch.id)
    desk.session.execute(free.values(live=False, sealed=None))
    desk.note("import.discarded", batch.number, kind=batch.kind)


def forget_files(desk: Desk, kept: timedelta) -> None:
    """The rows stay; the files with the identity numbers in them do not."""
    before = (config.now() - kept).isoformat(timespec="seconds")  # one zone, so text sorts by time
    old = select(ImportBatch.id).where(col(ImportBatch.uploaded_at) < before)
    chosen = update(ImportFile).where(
        col(ImportFile.batch_id).in_(old), col(ImportFile.sealed).is_not(None)
    )
    desk.session.execute(chosen.values(sealed=None))


def ask_commit(desk: Desk, batch: ImportBatch, seen: int) -> Job:
    """What the reader saw is what will be written; the rest is the job's."""
    rules.commit(State(batch.state), undecided(desk, batch), str(seen), str(batch.version))
    return jobs.enqueue(desk, JobKind.IMPORT_COMMIT, batch.number, seen)


def reread(desk: Desk, batch: ImportBatch) -> Job:
    """From the files again, when the register has changed since: decisions are asked anew."""
    move(batch, Act.REREAD)
    batch.version += 1
    return jobs.enqueue(desk, JobKind.IMPORT_READING, batch.number)
