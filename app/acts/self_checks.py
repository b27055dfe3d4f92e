"""Self-checks by units: issued, reported (nil is a report), sampled, closed."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col, select

from app.acts import calendars, officers, posts
from app.acts.desk import Desk
from app.models.credentials import Credential
from app.models.departments import Department
from app.models.exam_campaigns import ExamCampaign
from app.models.officers import Officer
from app.models.self_checks import SelfCheckFinding, SelfCheckTask
from app.rules import credentials
from app.rules import self_checks as rules
from app.rules.officers import EmploymentType, Status
from app.rules.posts import signed
from app.rules.self_checks import Act, Action, State
from app.rules.workdays import due


def issue(desk: Desk, campaign: ExamCampaign, units: Sequence[Department]) -> list[SelfCheckTask]:
    limit, workdays = calendars.limit(desk, "self_check.report"), calendars.workdays(desk)
    last_day = due(desk.today, limit, workdays)
    made = []
    for unit in units:
        task = SelfCheckTask(
            campaign_id=campaign.id or 0,
            department_id=unit.id or 0,
            issued_on=desk.today,
            due_on=last_day,
            state=State.ISSUED,
        )
        made.append(desk.add(task))
        desk.note("self_check.issued", f"{campaign.code}-{unit.code}", due=last_day.isoformat())
    return made


def key_of(desk: Desk, task: SelfCheckTask) -> str:
    campaign = desk.one(ExamCampaign, id=task.campaign_id)
    return f"{campaign.code}-{desk.one(Department, id=task.department_id).code}"


def move(desk: Desk, task: SelfCheckTask, act: Act, **public: Any) -> None:
    task.state = rules.after(act, State(task.state))
    desk.note(f"self_check.{task.state}", key_of(desk, task), **public)


def report(
    desk: Desk,
    task: SelfCheckTask,
    signed_by: str,
    findings: Sequence[Mapping[str, Any]],
    *,
    nil: bool,
) -> None:
    """Signed by the head; a person found with a card loses it at once.

    A report that was sent back stands: the next one adds to whom it found.
    """
    before = found_before(desk, task)
    rules.report(nil, len(findings) + len(before))
    signed(signed_by, posts.first_responsible(desk, task.department_id))
    findings = [each for each in findings if key_of_person(each) not in before]
    task.nil_report, task.signed_by, task.submitted_on = nil, signed_by, desk.today
    for each in findings:
        find(desk, task, each)
    removed = sum(each["action"] == Action.REMOVED for each in findings)
    move(desk, task, Act.SUBMIT, nil=nil, removed=removed)


def found_before(desk: Desk, task: SelfCheckTask) -> set[tuple[str, str]]:
    found = select(SelfCheckFinding).where(col(SelfCheckFinding.task_id) == task.id)
    return {(each.person_name, each.employment_type) for each in desk.session.exec(found)}


def key_of_person(facts: Mapping[str, Any]) -> tuple[str, str]:
    return (facts["person_name"], facts["employment_type"])


def find(desk: Desk, task: SelfCheckTask, facts: Mapping[str, Any]) -> SelfCheckFinding:
    rules.finding(EmploymentType(facts["employment_type"]), Action(facts["action"]))
    made = desk.add(
        SelfCheckFinding(
            task_id=task.id or 0,
            person_name=facts["person_name"],
            employment_type=facts["employment_type"],
            had_certificate=bool(facts.get("certificate_no")),
            acts_done=facts["acts_done"],
            action=facts["action"],
        )
    )
    if facts.get("certificate_no"):
        recover(desk, made, facts["certificate_no"])
    return made


def recover(desk: Desk, found: SelfCheckFinding, certificate_no: str) -> None:
    """Given by mistake: recovered, and the record closed."""
    card = desk.one(Credential, certificate_no=certificate_no)
    officer = desk.one(Officer, id=card.officer_id)
    found.officer_id = officer.id
    officers.leave(desk, officer, Status.LEFT)
    officers.change(desk, card, credentials.Act.CANCEL, ended_as=credentials.Result.RECOVERED)


def verify(desk: Desk, task: SelfCheckTask, sample: str) -> None:
    """By a sample of duty rosters and penalty documents, which is written down."""
    task.verified_by, task.verified_on, task.sample = desk.actor, desk.today, sample
    move(desk, task, Act.VERIFY)


def give_back(desk: Desk, task: SelfCheckTask, reason: str) -> None:
    task.return_reason = reason
    move(desk, task, Act.RETURN)


def close(desk: Desk, task: SelfCheckTask) -> None:
    move(desk, task, Act.CLOSE)


def remind(desk: Desk, campaign: ExamCampaign) -> int:
    """Who has not reported by the last day is reminded, once a day."""
    late = select(SelfCheckTask).where(
        col(SelfCheckTask.campaign_id) == campaign.id,
    )
    found = [
        each
        for each in desk.session.exec(late)
        if rules.overdue(State(each.state), each.due_on, desk.today)
        and each.reminded_on != desk.today
    ]
    for task in found:
        task.reminded_on = desk.today
        desk.note("self_check.reminded", key_of(desk, task))
    return len(found)
