"""Whom an order names, and what its taking effect does to each: qualification, cards, blocks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import update
from sqlmodel import col, select

from app.acts import exam_campaigns
from app.acts.desk import Desk
from app.acts.officers import inserted
from app.models.credentials import Credential, CredentialCause, CredentialEvent
from app.models.officers import Officer, OfficerEvent
from app.models.registrations import Registration
from app.models.suspension_lines import IssueBlock, SuspensionLine
from app.models.suspension_orders import SuspensionOrder
from app.rules import credentials, officers
from app.rules import exam_campaigns as exams
from app.rules import suspension_orders as rules
from app.rules.credentials import LIVING, Scheme
from app.rules.exam_campaigns import Outcome
from app.rules.officers import Qualification, Status
from app.rules.suspension_orders import Card, Effect, LineAct, LineState, Proposed, Reason, Service


@dataclass(frozen=True)
class Found:
    """One person as the data now have it, and the rows that the line will point to."""

    line: Proposed
    officer_id: int
    department_id: int


def current(desk: Desk, order: SuspensionOrder) -> list[Found]:
    """Whom the computed outcomes name now, each with scores and living cards.

    Whose objection was upheld is off the list, whatever the outcome says.
    """
    rows = list(desk.session.exec(named(order)).all())
    cards = cards_of(desk, [officer.id or 0 for _, officer in rows])
    sat = exam_campaigns.sat_by(desk, [registration.id or 0 for registration, _ in rows])
    return [
        Found(
            Proposed(
                officer_no=officer.officer_no,
                reason=rules.REASONS[Outcome(registration.outcome)],
                scores=scores_of(sat[registration.id or 0]),
                cards=tuple(cards.get(officer.id or 0, ())),
            ),
            officer.id or 0,
            officer.department_id,
        )
        for registration, officer in rows
    ]


def named(order: SuspensionOrder) -> Any:
    """Registrations that failed or did not come, of people who still enforce."""
    taken_off = select(col(SuspensionLine.officer_id)).where(
        col(SuspensionLine.order_id) == order.id, col(SuspensionLine.state) == LineState.REMOVED
    )
    return (
        select(Registration, Officer)
        .join(Officer, col(Officer.id) == col(Registration.officer_id))
        .where(col(Registration.campaign_id) == order.campaign_id)
        .where(col(Registration.outcome).in_([Outcome.FAILED, Outcome.ABSENT]))
        .where(col(Officer.status) == Status.ACTIVE, col(Officer.id).not_in(taken_off))
        .order_by(col(Officer.officer_no))
    )


def scores_of(sittings: Sequence[exams.Sat]) -> tuple[str, ...]:
    """Each sitting as it stands: `main general 55 special 61.5`."""
    return tuple(
        " ".join([sat.kind, sat.attendance, *(f"{p} {v}" for p, v in sorted(sat.scores.items()))])
        for sat in sittings
    )


def cards_of(desk: Desk, officers: Sequence[int]) -> dict[int, list[Card]]:
    found: dict[int, list[Card]] = {}
    for start in range(0, len(officers), exam_campaigns.MANY):
        held = (
            select(Credential)
            .where(col(Credential.officer_id).in_(officers[start : start + exam_campaigns.MANY]))
            .where(col(Credential.status).in_(list(LIVING)))
            .order_by(col(Credential.certificate_no))
        )
        for each in desk.session.exec(held):
            card = Card(each.certificate_no, Scheme(each.scheme), each.status)
            found.setdefault(each.officer_id, []).append(card)
    return found


def differences(desk: Desk, order: SuspensionOrder) -> list[dict[str, Any]]:
    """What moved since the list was frozen: who came, who went, whose scores or cards differ."""
    listed = (
        select(SuspensionLine, Officer.officer_no)
        .join(Officer, col(Officer.id) == col(SuspensionLine.officer_id))
        .where(col(SuspensionLine.order_id) == order.id)
        .where(col(SuspensionLine.preview) == order.previews)
    )
    frozen = {number: listed_as(line) for line, number in desk.session.exec(listed)}
    now = {each.line.officer_no: each for each in current(desk, order)}
    found = []
    for number in sorted({*frozen, *now}):
        was, fresh = frozen.get(number), now.get(number)
        told = None if fresh is None else proposed_as(fresh.line)
        if was != told:
            found.append({"officer_no": number, "before": was, "now": told})
    return found


def listed_as(line: SuspensionLine) -> dict[str, Any]:
    return {
        "reason": line.reason,
        "scores": orjson.loads(line.scores),
        "cards": [card["certificate_no"] for card in orjson.loads(line.cards)],
    }


def proposed_as(line: Proposed) -> dict[str, Any]:
    return {
        "reason": str(line.reason),
        "scores": list(line.scores),
        "cards": [card.certificate_no for card in line.cards],
    }


def lines(desk: Desk, order: SuspensionOrder, *states: LineState) -> list[SuspensionLine]:
    """The lines of the preview in force, in their order; all of them, or those in some states."""
    every = select(SuspensionLine).where(
        col(SuspensionLine.order_id) == order.id, col(SuspensionLine.preview) == order.previews
    )
    if states:
        every = every.where(col(SuspensionLine.state).in_(states))
    return list(desk.session.exec(every.order_by(col(SuspensionLine.id))))


def take_effect(desk: Desk, order: SuspensionOrder) -> None:
    """All of it in the caller's one transaction; a person who has left is converted instead."""
    some = chunks(lines(desk, order, LineState.CONFIRMED))
    pairs = [pair for each in some for pair in with_officers(desk, each)]
    gone = [line for line, officer in pairs if officer.status != Status.ACTIVE]
    held = [(line, officer) for line, officer in pairs if officer.status == Status.ACTIVE]
    settle(desk, gone, LineAct.CONVERT)
    suspend_people(desk, order, held)
    suspend_cards(desk, order, held)
    settle(desk, [line for line, _ in held], LineAct.TAKE_EFFECT)


def chunks(rows: Sequence[SuspensionLine]) -> list[Sequence[SuspensionLine]]:
    return [rows[n : n + exam_campaigns.MANY] for n in range(0, len(rows), exam_campaigns.MANY)]


def with_officers(
    desk: Desk, some: Sequence[SuspensionLine]
) -> list[tuple[SuspensionLine, Officer]]:
    wanted = [each.officer_id for each in some]
    found = desk.session.exec(select(Officer).where(col(Officer.id).in_(wanted)).with_for_update())
    by = {officer.id: officer for officer in found}
    return [(line, by[line.officer_id]) for line in some]


def settle(desk: Desk, some: Sequence[SuspensionLine], act: LineAct) -> None:
    """Move lines to their next state, one entry each."""
    rows = []
    for line in some:
        state = rules.line_after(act, LineState(line.state))
        over = desk.today if state in rules.TERMINAL else None
        rows.append({"id": line.id, "state": state, "ended_on": over})
        desk.note(f"suspension_line.{state}", line.number)
    if rows:
        desk.session.execute(update(SuspensionLine), rows)


def suspend_people(
    desk: Desk, order: SuspensionOrder, held: Sequence[tuple[SuspensionLine, Officer]]
) -> None:
    """The qualification goes first: it is the person who may not enforce (INV-S1)."""
    rows, events = [], []
    for _, officer in held:
        qualification = officers.Qualification(officer.qualification)
        if qualification is not Qualification.SUSPENDED:
            qualification = officers.after(officers.Act.SUSPEND, qualification)
        rows.append({"id": officer.id, "qualification": qualification})
        events.append(event_of(desk, officer, qualification))
        desk.note("officer.suspended", officer.officer_no, order=order.order_no)
    if rows:
        desk.session.execute(update(Officer), rows)
        inserted(desk, OfficerEvent, events)


def event_of(desk: Desk, officer: Officer, qualification: Qualification) -> dict[str, Any]:
    return {
        "officer_id": officer.id,
        "act": "suspended" if qualification is Qualification.SUSPENDED else "reinstated",
        "effective_on": desk.today,
        "department_id": officer.department_id,
        "employment_type": officer.employment_type,
        "qualification": qualification,
        "status": officer.status,
    }


def suspend_cards(
    desk: Desk, order: SuspensionOrder, held: Sequence[tuple[SuspensionLine, Officer]]
) -> None:
    """Every living card: ours is suspended, a ministry's annotated; without one, a block."""
    by: dict[int, SuspensionLine] = {line.officer_id: line for line, _ in held}
    carded: set[int] = set()
    for start in chunks([line for line, _ in held]):
        wanted = [line.officer_id for line in start]
        living = (
            select(Credential)
            .where(col(Credential.officer_id).in_(wanted))
            .where(col(Credential.status).in_(list(LIVING)))
            .order_by(col(Credential.certificate_no))
            .with_for_update()
        )
        found = list(desk.session.exec(living))
        carded |= {each.officer_id for each in found}
        stop(desk, order, found, by)
    cardless = [line for officer, line in by.items() if officer not in carded]
    if cardless:
        rows = [
            {"officer_id": x.officer_id, "line_id": x.id, "since": desk.today} for x in cardless
        ]
        inserted(desk, IssueBlock, rows)
    for line in cardless:
        desk.note("issue_block.set", line.number)


def stop(
    desk: Desk,
    order: SuspensionOrder,
    cards: Sequence[Credential],
    by: Mapping[int, SuspensionLine],
) -> None:
    rows, causes, events = [], [], []
    for card in cards:
        cause = rules.CAUSES[Reason(by[card.officer_id].reason)]
        common = {"credential_id": card.id, "decision_no": order.order_no}
        causes.append({**common, "cause": cause, "since": desk.today})
        row, act = stopped(desk, card)
        rows.append(row)
        told = {**common, "actor": desk.actor, "effective_on": desk.today}
        events.append({**told, "act": act, "status": row["status"]})
        desk.note(f"credential.{PAST[act]}", card.certificate_no, status=row["status"])
    if rows:
        desk.session.execute(update(Credential), rows)
        inserted(desk, CredentialCause, causes)
        inserted(desk, CredentialEvent, events)


PAST = {"suspend": "suspended", "annotate": "annotated"}


def stopped(desk: Desk, card: Credential) -> tuple[dict[str, Any], str]:
    """What one card becomes; a card that is suspended already gets a further cause."""
    row = {"id": card.id, "version": card.version + 1, "status": card.status, "since": card.since}
    if Card(card.certificate_no, Scheme(card.scheme), card.status).effect is Effect.ANNOTATE:
        return {**row, "locally_suspended_since": desk.today}, Effect.ANNOTATE
    if card.status == credentials.Status.ACTIVE:
        after = credentials.after(credentials.Act.SUSPEND, credentials.Status.ACTIVE)
        row |= {"status": after, "since": desk.today}
    return {**row, "locally_suspended_since": None}, Effect.SUSPEND


def serve(desk: Desk, line: SuspensionLine, service: Service, receipt: str) -> None:
    """The notice was handed over, or served in another way; the order does not wait for it."""
    rules.served(LineState(line.state))
    rules.not_concerned(desk.officer_id, {line.officer_id})
    line.service, line.receipt = service, receipt
    desk.note("suspension_line.served", line.number, service=service, private={"receipt": receipt})
