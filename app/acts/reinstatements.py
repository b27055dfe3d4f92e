"""Letting a suspended person back in, and undoing a suspension that should never have been."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from app.acts import calendars
from app.acts.desk import Desk
from app.acts.suspension_lines import event_of
from app.models.columns import json_text
from app.models.credentials import Credential, CredentialCause, CredentialEvent
from app.models.officers import Officer, OfficerEvent
from app.models.registrations import Registration
from app.models.reinstatements import Reinstatement, TrainingRecord
from app.models.suspension_lines import IssueBlock, SuspensionLine
from app.models.suspension_orders import SuspensionOrder
from app.rules import credentials, duties, officers
from app.rules import reinstatements as rules
from app.rules import suspension_orders as orders
from app.rules.credentials import LIVING, Cause
from app.rules.exam_campaigns import Outcome
from app.rules.officers import EmploymentType, Qualification
from app.rules.reinstatements import Act, Facts, State
from app.rules.suspension_orders import LineAct, LineState


def request(desk: Desk, line: SuspensionLine) -> Reinstatement:
    """The person asks, or the system drafts it when a later exam is passed."""
    orders.line_after(LineAct.REINSTATE, LineState(line.state))
    before = select(func.count()).where(col(Reinstatement.line_id) == line.id)
    number = f"{line.number}-H{desk.session.exec(before).one() + 1}"
    made = Reinstatement(
        number=number, line_id=line.id or 0, requested_on=desk.today, state=State.REQUESTED
    )
    desk.note("reinstatement.requested", number)
    return desk.add(made)


def move(desk: Desk, asked: Reinstatement, act: Act) -> None:
    asked.state = rules.after(act, State(asked.state))
    desk.note(f"reinstatement.{asked.state}", asked.number)


def link_exam(desk: Desk, asked: Reinstatement, registration: Registration) -> None:
    """Name the later exam that the person sat."""
    line = desk.one(SuspensionLine, id=asked.line_id)
    order = desk.one(SuspensionOrder, id=line.order_id)
    rules.later_exam(
        registration.officer_id == line.officer_id, registration.campaign_id, order.campaign_id
    )
    asked.registration_id = registration.id
    move(desk, asked, Act.LINK_EXAM)


def causes(desk: Desk, officer: int, order_no: str) -> tuple[list[CredentialCause], set[Cause]]:
    """This order's open causes on the person's cards, and the kinds that others have opened."""
    opened = (
        select(CredentialCause)
        .join(Credential, col(Credential.id) == col(CredentialCause.credential_id))
        .where(col(Credential.officer_id) == officer, col(CredentialCause.ended_on).is_(None))
        .order_by(col(CredentialCause.id))
    )
    found = list(desk.session.exec(opened))
    own = [each for each in found if each.decision_no == order_no]
    return own, {Cause(each.cause) for each in found if each.decision_no != order_no}


def living(desk: Desk, officer: int) -> list[Credential]:
    held = select(Credential).where(
        col(Credential.officer_id) == officer, col(Credential.status).in_(list(LIVING))
    )
    return list(desk.session.exec(held.order_by(col(Credential.id)).with_for_update()))


def checklist(desk: Desk, asked: Reinstatement) -> dict[rules.Guard, bool]:
    """The five guards as they stand today."""
    line = desk.one(SuspensionLine, id=asked.line_id)
    order = desk.one(SuspensionOrder, id=line.order_id)
    officer = desk.one(Officer, id=line.officer_id)
    sat = desk.find(Registration, id=asked.registration_id)
    since = order.effective_on or desk.today
    hours = select(func.coalesce(func.sum(TrainingRecord.hours), 0)).where(
        col(TrainingRecord.officer_id) == officer.id, col(TrainingRecord.held_on) >= since
    )
    _, others = causes(desk, officer.id or 0, order.order_no)
    return rules.checklist(
        Facts(
            exam_passed=sat is not None and sat.outcome == Outcome.PASSED,
            hours=int(desk.session.exec(hours).one()),
            hours_wanted=calendars.value(desk, "reinstatement.hours"),
            employment=EmploymentType(officer.employment_type),
            in_service=officer.status == officers.Status.ACTIVE,
            other_causes=others,
            last_days={c.certificate_no: c.valid_to for c in living(desk, officer.id or 0)},
            today=desk.today,
        )
    )


def kept(found: Mapping[rules.Guard, bool]) -> str:
    return json_text({str(guard): holds for guard, holds in found.items()})


def propose(desk: Desk, asked: Reinstatement) -> None:
    line = desk.one(SuspensionLine, id=asked.line_id)
    orders.not_concerned(desk.officer_id, {line.officer_id})
    found = checklist(desk, asked)
    rules.propose(found)
    asked.checklist, asked.maker = kept(found), desk.actor
    move(desk, asked, Act.PROPOSE)


def refuse(desk: Desk, asked: Reinstatement, reason: str) -> None:
    line = desk.one(SuspensionLine, id=asked.line_id)
    orders.not_concerned(desk.officer_id, {line.officer_id})
    asked.reason, asked.checker, asked.decided_on = reason, desk.actor, desk.today
    move(desk, asked, Act.REFUSE)


def approve(desk: Desk, asked: Reinstatement) -> None:
    """The second office checks the guards again; it takes effect at once."""
    duties.four_eyes(asked.maker or "", desk.actor)
    line = desk.one(SuspensionLine, id=asked.line_id)
    orders.not_concerned(desk.officer_id, {line.officer_id})
    found = checklist(desk, asked)
    rules.propose(found)
    asked.checklist, asked.checker, asked.decided_on = (
        kept(found),
        desk.actor,
        desk.today,
    )
    move(desk, asked, Act.APPROVE)
    let_in(desk, line)
    move(desk, asked, Act.TAKE_EFFECT)
    line.state = orders.line_after(LineAct.REINSTATE, LineState(line.state))
    line.ended_on = desk.today
    desk.note("suspension_line.reinstated", line.number)


def let_in(desk: Desk, line: SuspensionLine) -> None:
    """End this order's causes; the person and each card come back if nothing else holds them."""
    order = desk.one(SuspensionOrder, id=line.order_id)
    officer = desk.one(Officer, id=line.officer_id)
    own, others = causes(desk, line.officer_id, order.order_no)
    for cause in own:
        cause.ended_on = desk.today
    if not others and officer.qualification == Qualification.SUSPENDED:
        officer.qualification = officers.after(officers.Act.REINSTATE, Qualification.SUSPENDED)
        event = event_of(desk, officer, Qualification.QUALIFIED)
        desk.session.add(OfficerEvent(**event))
        desk.note("officer.reinstated", officer.officer_no)
    desk.session.flush()  # the causes that are left are counted in the database
    for card in living(desk, line.officer_id):
        give_back(desk, card, "reinstate")
    lift_block(desk, line.officer_id)


def give_back(desk: Desk, card: Credential, act: str) -> None:
    left = open_causes(desk, card)
    after, lifted = card.status, card.locally_suspended_since is not None and not left
    if card.status == credentials.Status.SUSPENDED:
        after = credentials.reinstated(left, card.valid_to, desk.today)
    if after == card.status and not lifted:
        return
    if lifted:
        card.locally_suspended_since = None
    card.status, card.version = after, card.version + 1
    card.since = desk.today
    desk.session.add(
        CredentialEvent(
            credential_id=card.id or 0,
            act=act,
            status=after,
            effective_on=desk.today,
            actor=desk.actor,
        )
    )
    word = "expired" if after == credentials.Status.EXPIRED else "reinstated"
    desk.note(f"credential.{word}", card.certificate_no, status=after)


def open_causes(desk: Desk, card: Credential) -> set[Cause]:
    held = select(col(CredentialCause.cause)).where(
        col(CredentialCause.credential_id) == card.id, col(CredentialCause.ended_on).is_(None)
    )
    return {Cause(each) for each in desk.session.exec(held)}


def lift_block(desk: Desk, officer: int) -> None:
    blocked = select(IssueBlock).where(
        col(IssueBlock.officer_id) == officer, col(IssueBlock.ended_on).is_(None)
    )
    for block in desk.session.exec(blocked):
        block.ended_on = desk.today
        line = desk.one(SuspensionLine, id=block.line_id)
        desk.note("issue_block.lifted", line.number)


def restore(desk: Desk, line: SuspensionLine) -> None:
    """As if never suspended: the events of the order are annulled, and a correction goes out."""
    order = desk.one(SuspensionOrder, id=line.order_id)
    since = order.effective_on or desk.today
    let_in(desk, line)
    desk.session.flush()  # the events of this very act are annulled with the others
    for card in cards_since(desk, line.officer_id):
        annul(desk, card.id or 0, order.order_no)
        desk.note(
            "credential.corrected", card.certificate_no, status=card.status, since=since.isoformat()
        )
    for event in officer_events(desk, line.officer_id, since):
        event.annulled_on = desk.today
    line.state = orders.line_after(LineAct.REVOKE_ON_APPEAL, LineState(line.state))
    line.ended_on = desk.today
    desk.note("suspension_line.revoked_on_appeal", line.number)


def cards_since(desk: Desk, officer: int) -> Sequence[Credential]:
    held = select(Credential).where(col(Credential.officer_id) == officer)
    return list(desk.session.exec(held.order_by(col(Credential.id))))


def annul(desk: Desk, card: int, order_no: str) -> None:
    """The suspension by this order and what undid it; other decisions stand."""
    events = select(CredentialEvent).where(
        col(CredentialEvent.credential_id) == card,
        col(CredentialEvent.annulled_on).is_(None),
    )
    begun = False
    for event in desk.session.exec(events.order_by(col(CredentialEvent.id))):
        begun = begun or event.decision_no == order_no
        undone = event.act == "reinstate" and event.status == credentials.Status.ACTIVE
        if event.decision_no == order_no or (begun and undone):
            event.annulled_on = desk.today


def officer_events(desk: Desk, officer: int, since: date) -> list[Any]:
    events = select(OfficerEvent).where(
        col(OfficerEvent.officer_id) == officer,
        col(OfficerEvent.effective_on) >= since,
        col(OfficerEvent.act).in_(["suspended", "reinstated"]),
    )
    return list(desk.session.exec(events))


def record_training(desk: Desk, officer: Officer, course: str, hours: int, held_on: date) -> None:
    rules.training(hours, held_on, desk.today)
    desk.session.add(
        TrainingRecord(officer_id=officer.id or 0, course=course, hours=hours, held_on=held_on)
    )
    desk.note("officer.trained", officer.officer_no, private={"course": course, "hours": hours})
