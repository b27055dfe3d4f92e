"""Holding a session: who sits, who came, what they scored, and what is put right afterwards."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import case, func, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.acts import calendars, exam_campaigns
from app.acts.desk import Desk
from app.acts.officers import inserted
from app.models.columns import json_text
from app.models.departments import Department
from app.models.exam_campaigns import ExamCampaign
from app.models.exam_results import ExamRemark, ExamResult
from app.models.exam_sessions import ExamSession, Sitting
from app.models.registrations import Registration
from app.rules import exam_campaigns as rules
from app.rules.exam_campaigns import (
    Attendance,
    AttendanceAct,
    Excuse,
    Outcome,
    Paper,
    SessionKind,
    State,
    Work,
)
from app.rules.suspension_orders import not_concerned
from app.rules.workdays import Limit, Unit, due

TENTH = Decimal(10)


def schedule(desk: Desk, campaign: ExamCampaign, facts: Mapping[str, Any]) -> ExamSession:
    rules.timely(Work.SCHEDULE, State(campaign.state))
    rules.staffed(facts["invigilators"])
    made = desk.add(
        ExamSession(
            campaign_id=campaign.id or 0,
            code=facts["code"],
            kind=SessionKind(facts["kind"]),
            held_on=facts["held_on"],
            place=facts["place"],
            capacity=facts["capacity"],
            invigilators=json_text(sorted(facts["invigilators"])),
        )
    )
    held = made.held_on.isoformat()
    desk.note("exam_session.scheduled", made.code, kind=made.kind, held_on=held)
    return made


def timely(desk: Desk, campaign_id: int, work: Work) -> ExamCampaign:
    campaign = desk.one(ExamCampaign, id=campaign_id)
    rules.timely(work, State(campaign.state))
    return campaign


def seat(desk: Desk, session: ExamSession, registrations: Sequence[Registration]) -> list[int]:
    """Give seats to those who may sit (EX1, EX2), in the order given."""
    campaign = timely(desk, session.campaign_id, Work.SEAT)
    before = exam_campaigns.sat_by(desk, [each.id or 0 for each in registrations])
    for each in registrations:
        rules.admit(SessionKind(session.kind), before[each.id or 0], campaign.retake_limit)
    rules.capacity(len(registrations), session.capacity)
    rows = [
        {
            "registration_id": each.id,
            "session_id": session.id,
            "seat": f"{n:04}",
            "attendance": Attendance.REGISTERED,
            "annulled": False,
        }
        for n, each in enumerate(registrations, 1)
    ]
    ids = inserted(desk, Sitting, rows)
    desk.note("exam_session.seated", session.code, persons=len(ids))
    exam_campaigns.recompute(desk, campaign, [each.id or 0 for each in registrations])
    return ids


def admissible(
    desk: Desk, session: ExamSession, units: Collection[str] | None = None
) -> list[Registration]:
    """Whom this session is for, in the order of their numbers, as far as there are seats."""
    waits_for = {
        SessionKind.MAIN: [Outcome.PENDING],
        SessionKind.MAKEUP: [Outcome.FAILED, Outcome.DEFERRED],
        SessionKind.DEFERRED: [Outcome.DEFERRED],
    }
    every = (
        select(Registration)
        .join(Department, col(Department.id) == col(Registration.department_id))
        .where(col(Registration.campaign_id) == session.campaign_id)
        .where(col(Registration.outcome).in_(waits_for[SessionKind(session.kind)]))
        .where(col(Registration.id).not_in(spoken_for(desk, session)))
    )
    if units:
        every = every.where(col(Department.code).in_(units))
    return list(desk.session.exec(every.order_by(col(Registration.number)).limit(session.capacity)))


def spoken_for(desk: Desk, session: ExamSession) -> SelectOfScalar[int]:
    """Who has a seat still to come, or has come as often as the law lets them (EX1)."""
    sat = select(col(Sitting.registration_id))
    if session.kind == SessionKind.MAIN:
        return sat
    campaign = desk.one(ExamCampaign, id=session.campaign_id)
    came = func.sum(case((col(Sitting.attendance) == Attendance.PRESENT, 1), else_=0))
    waits = func.sum(case((col(Sitting.attendance) == Attendance.REGISTERED, 1), else_=0))
    spent = or_(came > campaign.retake_limit, waits > 0)
    return sat.group_by(col(Sitting.registration_id)).having(spent)


def sittings(desk: Desk, session: ExamSession) -> list[tuple[Sitting, Registration]]:
    every = (
        select(Sitting, Registration)
        .join(Registration, col(Registration.id) == col(Sitting.registration_id))
        .where(col(Sitting.session_id) == session.id)
        .order_by(col(Registration.number))
    )
    return list(desk.session.exec(every).all())


def take_attendance(
    desk: Desk, session: ExamSession, marks: Mapping[str, AttendanceAct]
) -> dict[str, int]:
    """Record who came, by registration number; everybody registered must be named."""
    campaign = timely(desk, session.campaign_id, Work.TAKE_ATTENDANCE)
    counts: dict[str, int] = {}
    touched = []
    for sitting, registration in sittings(desk, session):
        if (act := marks.get(registration.number)) is None:
            continue
        sitting.attendance = rules.attendance_after(act, Attendance(sitting.attendance))
        sitting.decided_by, sitting.decided_on = desk.actor, desk.today
        counts[sitting.attendance] = counts.get(sitting.attendance, 0) + 1
        told = {"session": session.code, "attendance": sitting.attendance}
        desk.note("sitting.attendance_taken", registration.number, private=told)
        touched.append(registration.id or 0)
    exam_campaigns.recompute(desk, campaign, touched)
    return counts


def anothers(desk: Desk, sitting: Sitting) -> Registration:
    """Whose sitting it is; nobody decides on their own."""
    registration = desk.one(Registration, id=sitting.registration_id)
    not_concerned(desk.officer_id, {registration.officer_id})
    return registration


def defer(desk: Desk, sitting: Sitting, excuse: Excuse, proof_digest: str) -> None:
    """A deferral approved before the day."""
    rules.defer(desk.today, desk.one(ExamSession, id=sitting.session_id).held_on)
    put_off(desk, sitting, Work.DEFER, excuse, proof_digest)


def excuse(desk: Desk, sitting: Sitting, why: Excuse, proof_digest: str, *, late: bool) -> None:
    """EX3: proof after the day, within the window; only an upheld objection may come later."""
    session = desk.one(ExamSession, id=sitting.session_id)
    campaign = desk.one(ExamCampaign, id=session.campaign_id)
    if not late:
        window = Limit(campaign.proof_days, Unit.WORKING_DAY)
        ended = last_held(desk, session)
        rules.prove(desk.today, due(ended, window, calendars.workdays(desk)))
    put_off(desk, sitting, Work.EXCUSE, why, proof_digest)


def last_held(desk: Desk, session: ExamSession) -> date:
    """An exam of several days ends with the last of its kind."""
    held = select(func.max(ExamSession.held_on)).where(
        col(ExamSession.campaign_id) == session.campaign_id, col(ExamSession.kind) == session.kind
    )
    return desk.session.exec(held).one() or session.held_on


def put_off(desk: Desk, sitting: Sitting, work: Work, why: Excuse, proof_digest: str) -> None:
    registration = anothers(desk, sitting)
    campaign = timely(desk, registration.campaign_id, work)
    act = AttendanceAct(work)
    sitting.attendance = rules.attendance_after(act, Attendance(sitting.attendance))
    sitting.excuse, sitting.proof_digest = why, proof_digest
    sitting.decided_by, sitting.decided_on = desk.actor, desk.today
    told = {"attendance": sitting.attendance, "excuse": why, "proof": proof_digest}
    desk.note("sitting.excused", registration.number, private=told)
    exam_campaigns.recompute(desk, campaign, [registration.id or 0])


def annul(desk: Desk, sitting: Sitting, reason: str) -> None:
    """Cheating: the papers count for nothing, the person came and failed."""
    registration = anothers(desk, sitting)
    campaign = timely(desk, registration.campaign_id, Work.ANNUL)
    rules.annul(Attendance(sitting.attendance), reason)
    sitting.annulled, sitting.annulment_reason = True, reason
    desk.note("sitting.annulled", registration.number, private={"reason": reason})
    exam_campaigns.recompute(desk, campaign, [registration.id or 0])


def enter_scores(
    desk: Desk,
    session: ExamSession,
    scores: Mapping[str, Mapping[Paper, Decimal]],
    markers: tuple[str, str],
    source: Mapping[str, int] | None = None,
    digest: str | None = None,
) -> int:
    """Enter the papers of one session by registration number, marked by two."""
    campaign = timely(desk, session.campaign_id, Work.ENTER_SCORES)
    rules.marked(*markers)
    rows, touched = [], []
    for sitting, registration in sittings(desk, session):
        if not (papers := scores.get(registration.number)):
            continue
        rules.consistent(Attendance(sitting.attendance), papers)
        row = (source or {}).get(registration.number)
        rows += [
            scored(sitting, paper, value, markers, digest, row) for paper, value in papers.items()
        ]
        told = {"session": session.code} | {str(p): str(v) for p, v in papers.items()}
        desk.note("exam_result.entered", registration.number, private=told)
        touched.append(registration.id or 0)
    inserted(desk, ExamResult, rows)
    exam_campaigns.recompute(desk, campaign, touched)
    return len(touched)


def scored(
    sitting: Sitting,
    paper: Paper,
    value: Decimal,
    markers: tuple[str, str],
    digest: str | None,
    row: int | None,
) -> dict[str, Any]:
    return {
        "sitting_id": sitting.id,
        "paper": paper,
        "score_tenths": int(value * TENTH),
        "first_marker": markers[0],
        "second_marker": markers[1],
        "source_digest": digest,
        "source_row": row,
        "version": 1,
    }


def remark(
    desk: Desk,
    result: ExamResult,
    value: Decimal,
    markers: tuple[str, str],
    reason: str,
    evidence_digest: str,
) -> None:
    """EX4: two markers, a reason and evidence; the old value stays."""
    rules.remark(*markers, reason, evidence_digest)
    sitting = desk.one(Sitting, id=result.sitting_id)
    registration = anothers(desk, sitting)
    campaign = timely(desk, registration.campaign_id, Work.REMARK)
    old, new = result.score_tenths, int(rules.score(str(value)) * TENTH)
    desk.session.add(
        ExamRemark(
            result_id=result.id or 0,
            old_tenths=old,
            new_tenths=new,
            first_marker=markers[0],
            second_marker=markers[1],
            reason=reason,
            evidence_digest=evidence_digest,
            decided_on=desk.today,
        )
    )
    result.score_tenths, result.version = new, result.version + 1
    told = {"paper": result.paper, "old": old, "new": new, "reason": reason}
    desk.note("exam_result.remarked", registration.number, private=told)
    exam_campaigns.recompute(desk, campaign, [registration.id or 0])
