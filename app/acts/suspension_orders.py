"""From published results to a confirmed order: built, previewed, submitted, confirmed."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import orjson
from sqlalchemy import update
from sqlmodel import col, select

from app.acts import calendars, suspension_lines
from app.acts.desk import Desk
from app.acts.officers import inserted
from app.acts.suspension_lines import Found, current, lines
from app.models.columns import json_text
from app.models.exam_campaigns import ExamCampaign
from app.models.objections import Objection
from app.models.suspension_lines import SuspensionLine
from app.models.suspension_orders import SuspensionOrder
from app.rules import duties
from app.rules import exam_campaigns as exams
from app.rules import objections as objecting
from app.rules import suspension_orders as rules
from app.rules.suspension_orders import Act, LineAct, LineState, State
from app.rules.workdays import Limit, Unit, add_workdays, due

PAST = {
    Act.PREVIEW: "previewed",
    Act.REBUILD: "rebuilt",
    Act.SUBMIT: "submitted",
    Act.CONFIRM: "confirmed",
    Act.RETURN: "returned",
    Act.TAKE_EFFECT: "effective",
    Act.WITHDRAW: "withdrawn",
    Act.CLOSE: "closed",
}
OPEN_LINES = {LineState.PROPOSED, LineState.OBJECTED}


def hand_in(desk: Desk, order: SuspensionOrder) -> None:
    """Whoever built, previewed or submitted the list has made it, whoever signs it last."""
    order.made_by = json_text(sorted({desk.actor, *orjson.loads(order.made_by)}))


def makers(order: SuspensionOrder) -> set[str]:
    return {order.maker, *orjson.loads(order.made_by)}


def move(desk: Desk, order: SuspensionOrder, act: Act, **public: Any) -> None:
    order.state = rules.after(act, State(order.state))
    order.version += 1
    desk.note(f"suspension_order.{PAST[act]}", order.order_no, state=order.state, **public)


def build(desk: Desk, campaign: ExamCampaign, order_no: str) -> SuspensionOrder:
    """Open an order on published results."""
    exams.after(exams.Act.CLOSE, exams.State(campaign.state))  # the results are published
    made = desk.add(
        SuspensionOrder(
            order_no=order_no,
            division_code=campaign.division_code,
            campaign_id=campaign.id or 0,
            state=State.DRAFT,
            built_on=desk.today,
            maker=desk.actor,
        )
    )
    hand_in(desk, made)
    desk.note("suspension_order.built", order_no, campaign=campaign.code)
    return made


def preview(desk: Desk, order: SuspensionOrder) -> SuspensionOrder:
    """Freeze the snapshot, tell every person and unit, and open the time to object."""
    found = current(desk, order)
    rules.build([each.line for each in found])
    nobody_of(desk, found)
    hand_in(desk, order)
    move(desk, order, Act.PREVIEW, **counts(found))
    before = {each.officer_id: each for each in lines(desk, order)}
    order.previews += 1
    order.previewed_on = desk.today
    order.snapshot_hash = rules.snapshot_hash([each.line for each in found])
    now = [str(each.officer_id) for each in found]
    order.objections_until = rules.previewed_again(
        order.objections_until, [str(each) for each in before], now, objection_end(desk, order)
    )
    insert_lines(desk, order, found, before)
    carry_over(desk, order, before)
    return order


def objection_end(desk: Desk, order: SuspensionOrder) -> date:
    campaign = desk.one(ExamCampaign, id=order.campaign_id)
    window = Limit(campaign.objection_days, Unit.WORKING_DAY)
    return due(desk.today, window, calendars.workdays(desk))


def counts(found: Sequence[Found]) -> dict[str, Any]:
    """Persons by reason: what the public may know of a preview."""
    by: dict[str, int] = {}
    for each in found:
        reason = str(each.line.reason)
        by[reason] = by.get(reason, 0) + 1
    return {"persons": len(found), "reasons": by}


def nobody_of(desk: Desk, found: Sequence[Found]) -> None:
    """Who is on the list makes, checks and decides nothing of it."""
    rules.not_concerned(desk.officer_id, {each.officer_id for each in found})


def nobody_listed(desk: Desk, order: SuspensionOrder) -> None:
    """The same of a list that was frozen: who is on it neither returns nor withdraws it."""
    rules.not_concerned(desk.officer_id, {each.officer_id for each in lines(desk, order)})


def insert_lines(
    desk: Desk, order: SuspensionOrder, found: Sequence[Found], before: dict[int, SuspensionLine]
) -> None:
    rows = []
    for n, each in enumerate(found, 1):
        old = before.get(each.officer_id)
        moved = old is not None and old.department_id != each.department_id
        number = f"{order.order_no}-{order.previews}-{n:05}"
        rows.append(
            {
                "number": number,
                "order_id": order.id,
                "preview": order.previews,
                "officer_id": each.officer_id,
                "department_id": each.department_id,
                "reason": each.line.reason,
                "scores": json_text(each.line.scores),
                "cards": json_text([asdict(card) for card in each.line.cards]),
                "issue_block": each.line.issue_block,
                "unit_changed": moved,
                "state": LineState.PROPOSED,
                "notified_on": desk.today,
            }
        )
        told = {"officer": each.line.officer_no, "reason": each.line.reason}
        desk.note(
            "suspension_line.proposed", f"{order.order_no}-{order.previews}-{n:05}", private=told
        )
    inserted(desk, SuspensionLine, rows)


def carry_over(desk: Desk, order: SuspensionOrder, before: dict[int, SuspensionLine]) -> None:
    """Lines of the old preview are superseded; an open objection moves to the person's new line."""
    fresh = {each.officer_id: each for each in lines(desk, order)}
    for officer, old in before.items():
        if old.state not in OPEN_LINES:
            continue
        waiting = select(Objection).where(
            col(Objection.line_id) == old.id, col(Objection.state).in_(list(objecting.UNDECIDED))
        )
        for objection in desk.session.exec(waiting):
            if (line := fresh.get(officer)) is not None:
                objection.line_id = line.id or 0
                line.state = rules.line_after(LineAct.OBJECT, LineState(line.state))
        old.state = rules.line_after(LineAct.SUPERSEDE, LineState(old.state))
        old.ended_on = desk.today
        desk.note("suspension_line.superseded", old.number)


def rebuild(desk: Desk, order: SuspensionOrder) -> SuspensionOrder:
    """The data moved: back to a draft and straight to a new snapshot."""
    move(desk, order, Act.REBUILD)
    return preview(desk, order)


def objections(desk: Desk, order: SuspensionOrder) -> list[Objection]:
    filed = (
        select(Objection)
        .join(SuspensionLine, col(SuspensionLine.id) == col(Objection.line_id))
        .where(col(SuspensionLine.order_id) == order.id)
    )
    return list(desk.session.exec(filed))


def as_previewed(desk: Desk, order: SuspensionOrder) -> list[Found]:
    """The data now, which must be the data that were previewed; otherwise preview again."""
    found = current(desk, order)
    now = rules.snapshot_hash([each.line for each in found])
    rules.unchanged(order.snapshot_hash or "", now)
    return found


def submit(desk: Desk, order: SuspensionOrder) -> None:
    """HR hands the list to the legal supervisor when everybody has been heard."""
    rules.after(Act.SUBMIT, State(order.state))
    rules.window_over(order.objections_until or desk.today, desk.today)
    objecting.all_decided([objecting.State(each.state) for each in objections(desk, order)])
    found = as_previewed(desk, order)
    nobody_of(desk, found)
    hand_in(desk, order)
    order.maker, order.submitted_on, order.return_reason = desk.actor, desk.today, None
    move(desk, order, Act.SUBMIT, **counts(found))


def confirm(desk: Desk, order: SuspensionOrder, persons: int) -> None:
    """The second office reads the same list and sets the day: the next working day, 00:00."""
    rules.after(Act.CONFIRM, State(order.state))
    duties.uninvolved(makers(order), desk.actor)
    found = as_previewed(desk, order)
    nobody_of(desk, found)
    rules.counted(persons, len(found), calendars.value(desk, "suspension.typed_count"))
    follow_units(desk, order, found)
    order.checker, order.confirmed_on = desk.actor, desk.today
    order.confirmed_hash = order.snapshot_hash
    order.effective_on = add_workdays(desk.today, 1, calendars.workdays(desk))
    ids = [
        {"id": each.id, "state": rules.line_after(LineAct.CONFIRM, LineState(each.state))}
        for each in lines(desk, order, LineState.PROPOSED)
    ]
    desk.session.execute(update(SuspensionLine), ids)
    move(
        desk, order, Act.CONFIRM, **counts(found), effective_on=order.effective_on.isoformat(),
        snapshot_hash=order.snapshot_hash,
    )  # fmt: skip


def confirmed_already(desk: Desk, order: SuspensionOrder, persons: int) -> bool:
    """The same confirmation again, as from two windows at once: one counts, both hear of it."""
    if order.state != State.CONFIRMED or desk.actor in makers(order):
        return False
    return persons == len(lines(desk, order, LineState.CONFIRMED))


def follow_units(desk: Desk, order: SuspensionOrder, found: Sequence[Found]) -> None:
    """A person who changed unit since the preview is answered for by the new one, and flagged."""
    now = {each.officer_id: each.department_id for each in found}
    for line in lines(desk, order, LineState.PROPOSED):
        if line.department_id != now[line.officer_id]:
            line.department_id, line.unit_changed = now[line.officer_id], True


def give_back(desk: Desk, order: SuspensionOrder, reason: str) -> None:
    """The second office does not agree: back to HR, with the reason."""
    duties.uninvolved(makers(order), desk.actor)
    nobody_listed(desk, order)
    order.return_reason = reason
    move(desk, order, Act.RETURN)


def withdraw(desk: Desk, order: SuspensionOrder, reason: str) -> None:
    """Take a confirmed order back before it takes effect."""
    rules.after(Act.WITHDRAW, State(order.state))
    nobody_listed(desk, order)
    rules.withdraw(order.effective_on or desk.today, desk.today)
    order.withdrawn_on, order.withdrawal_reason = desk.today, reason
    for line in lines(desk, order, LineState.CONFIRMED):
        line.state = rules.line_after(LineAct.SUPERSEDE, LineState(line.state))
        line.ended_on = desk.today
    move(desk, order, Act.WITHDRAW)


def take_effect(desk: Desk, order: SuspensionOrder) -> None:
    """At 00:00 of its day: every person and card in one transaction, or none."""
    rules.after(Act.TAKE_EFFECT, State(order.state))
    rules.due(order.effective_on or desk.today, desk.today)
    suspension_lines.take_effect(desk, order)
    move(desk, order, Act.TAKE_EFFECT)
