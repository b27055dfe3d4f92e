"""Making an exam campaign, filling its roster, freezing it, publishing what it came to."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import orjson
from sqlalchemy import func, update
from sqlmodel import col, select

from app.acts import calendars, posts
from app.acts.desk import Desk
from app.acts.officers import inserted
from app.models.columns import json_text
from app.models.departments import Department
from app.models.exam_campaigns import ExamCampaign, UnitRoster
from app.models.exam_results import ExamResult
from app.models.exam_sessions import ExamSession, Sitting
from app.models.officers import Officer
from app.models.registrations import Registration
from app.rules import exam_campaigns as rules
from app.rules.exam_campaigns import Act, Attendance, Eligibility, Outcome, Paper, Sat, State
from app.rules.officers import EmploymentType
from app.rules.posts import signed

PAST = {
    Act.OPEN_ROSTER: "roster_opened",
    Act.FREEZE_ROSTER: "roster_frozen",
    Act.BEGIN: "begun",
    Act.MARK: "marking_begun",
    Act.PUBLISH_RESULTS: "results_published",
    Act.CLOSE: "closed",
}
TENTH = Decimal(10)
MANY = 500  # bound parameters in one list; SQLite and PostgreSQL take far more


def create(desk: Desk, division: str, facts: Mapping[str, Any]) -> ExamCampaign:
    """Open a campaign under the marks and periods of its first day."""
    campaign = desk.add(
        ExamCampaign(
            code=facts["code"],
            division_code=division,
            name=facts["name"],
            year=facts["year"],
            syllabus=json_text(facts["syllabus"]),
            papers=json_text(facts.get("papers", list(Paper))),
            pass_mark=calendars.value(desk, "exam.pass_mark"),
            retake_limit=calendars.value(desk, "exam.retake"),
            proof_days=calendars.value(desk, "exam.proof"),
            objection_days=calendars.value(desk, "suspension.objection"),
            noticed_on=facts.get("noticed_on", desk.today),
            state=State.DRAFT,
        )
    )
    desk.note("exam_campaign.created", campaign.code, name=campaign.name, year=campaign.year)
    return campaign


def move(desk: Desk, campaign: ExamCampaign, act: Act, **public: Any) -> None:
    campaign.state = rules.after(act, State(campaign.state))
    campaign.version += 1
    desk.note(f"exam_campaign.{PAST[act]}", campaign.code, state=campaign.state, **public)


def papers(campaign: ExamCampaign) -> list[Paper]:
    return [Paper(each) for each in orjson.loads(campaign.papers)]


def register(desk: Desk, campaign: ExamCampaign, officers: Sequence[Officer]) -> list[int]:
    """Put officers on the open roster; who may never enforce is listed as ineligible."""
    rules.after(Act.FREEZE_ROSTER, State(campaign.state))  # the roster is open
    count = select(func.count()).where(col(Registration.campaign_id) == campaign.id)
    first = desk.session.exec(count).one() + 1
    rows = [registered(campaign, each, first + n) for n, each in enumerate(officers)]
    ids = inserted(desk, Registration, rows)
    for row, officer in zip(rows, officers, strict=True):
        desk.note("registration.entered", row["number"], private={"officer": officer.officer_no})
    return ids


def registered(campaign: ExamCampaign, officer: Officer, number: int) -> dict[str, Any]:
    eligibility = rules.eligible(EmploymentType(officer.employment_type))
    barred = eligibility is Eligibility.INELIGIBLE
    return {
        "number": f"{campaign.code}-{number:05}",
        "campaign_id": campaign.id,
        "officer_id": officer.id,
        "department_id": officer.department_id,
        "eligibility": eligibility,
        "ineligible_because": officer.employment_type if barred else None,
        "outcome": Outcome.INELIGIBLE if barred else Outcome.PENDING,
    }


def rosters(desk: Desk, campaign: ExamCampaign) -> dict[int, int]:
    """How many officers each unit has on the roster."""
    counted = (
        select(col(Registration.department_id), func.count())
        .where(col(Registration.campaign_id) == campaign.id)
        .where(col(Registration.eligibility) == Eligibility.ELIGIBLE)
        .group_by(col(Registration.department_id))
    )
    return dict(desk.session.exec(counted).all())


def sign_roster(desk: Desk, campaign: ExamCampaign, unit: Department, signed_by: str) -> UnitRoster:
    """The first responsible person answers for the unit's list as it stands."""
    rules.after(Act.FREEZE_ROSTER, State(campaign.state))
    signed(signed_by, posts.first_responsible(desk, unit.id or 0))
    officers = rosters(desk, campaign).get(unit.id or 0, 0)
    key = {"campaign_id": campaign.id or 0, "department_id": unit.id or 0}
    made = desk.find(UnitRoster, **key) or UnitRoster.model_validate({**key, "officers": officers})
    made.officers, made.signed_by, made.signed_on = officers, signed_by, desk.today
    desk.note("unit_roster.signed", f"{campaign.code}-{unit.code}", officers=officers)
    return desk.add(made)


def freeze(desk: Desk, campaign: ExamCampaign) -> None:
    """Freeze when every unit on it has signed exactly what is on it."""
    wanted = rosters(desk, campaign)
    signatures = select(UnitRoster).where(col(UnitRoster.campaign_id) == campaign.id)
    current = {r.department_id: r.officers for r in desk.session.exec(signatures) if r.signed_on}
    done = {str(unit) for unit, count in wanted.items() if current.get(unit) == count}
    rules.freeze([str(unit) for unit in wanted], done)
    move(desk, campaign, Act.FREEZE_ROSTER, officers=sum(wanted.values()), units=len(wanted))


def sat_by(desk: Desk, ids: Iterable[int]) -> dict[int, list[Sat]]:
    """Every sitting of some registrations, each person's in the order of days."""
    found: dict[int, list[Sat]] = {each: [] for each in ids}
    wanted = sorted(found)
    for start in range(0, len(wanted), MANY):
        some = wanted[start : start + MANY]
        scores: dict[int, dict[Paper, Decimal]] = {}
        results = (
            select(ExamResult)
            .join(Sitting, col(Sitting.id) == col(ExamResult.sitting_id))
            .where(col(Sitting.registration_id).in_(some))
        )
        for each in desk.session.exec(results):
            of = scores.setdefault(each.sitting_id, {})
            of[Paper(each.paper)] = Decimal(each.score_tenths) / TENTH
        sittings = (
            select(Sitting, col(ExamSession.kind))
            .join(ExamSession, col(ExamSession.id) == col(Sitting.session_id))
            .where(col(Sitting.registration_id).in_(some))
            .order_by(col(ExamSession.held_on), col(Sitting.id))
        )
        for sitting, kind in desk.session.exec(sittings):
            attendance, marks = Attendance(sitting.attendance), scores.get(sitting.id or 0, {})
            sat = Sat(rules.SessionKind(kind), attendance, marks, sitting.annulled)
            found[sitting.registration_id].append(sat)
    return found


def recompute(desk: Desk, campaign: ExamCampaign, ids: Sequence[int]) -> dict[int, Outcome]:
    """Outcomes as the sittings now have them; a change is written and entered."""
    desk.session.flush()  # what this act wrote is read back below
    sittings, every = sat_by(desk, ids), papers(campaign)
    mark, found, changed = Decimal(campaign.pass_mark), {}, []
    for start in range(0, len(ids), MANY):
        some = col(Registration.id).in_(list(ids[start : start + MANY]))
        for each in desk.session.exec(
            select(Registration).where(some).order_by(col(Registration.id))
        ):
            key = each.id or 0
            eligibility = Eligibility(each.eligibility)
            found[key] = rules.outcome(eligibility, sittings[key], every, mark)
            if found[key] != each.outcome:
                changed.append({"id": key, "outcome": found[key]})
                told = {"outcome": found[key], "before": each.outcome}
                desk.note("registration.outcome_computed", each.number, private=told)
    if changed:
        desk.session.execute(update(Registration), changed)
    return found


def advance(desk: Desk, campaign: ExamCampaign, act: Act) -> None:
    """Take the campaign to its next stage, with what that stage asks for."""
    if act is Act.FREEZE_ROSTER:
        freeze(desk, campaign)
    elif act is Act.PUBLISH_RESULTS:
        publish_results(desk, campaign)
    else:
        move(desk, campaign, act)


def tally(desk: Desk, campaign: ExamCampaign) -> dict[str, int]:
    """How many of each outcome: counts are public, persons are not (EX5, EX6)."""
    counted = (
        select(col(Registration.outcome), func.count())
        .where(col(Registration.campaign_id) == campaign.id)
        .group_by(col(Registration.outcome))
    )
    return dict(desk.session.exec(counted).all())


def publish_results(desk: Desk, campaign: ExamCampaign) -> None:
    every = select(col(Registration.id)).where(col(Registration.campaign_id) == campaign.id)
    recompute(desk, campaign, [each or 0 for each in desk.session.exec(every)])
    move(desk, campaign, Act.PUBLISH_RESULTS, outcomes=tally(desk, campaign))
