"""Objecting to a proposed suspension, and deciding on it with evidence."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from app.acts import calendars, suspension_orders
from app.acts.desk import Desk
from app.errors import NotFound
from app.models.objections import Objection
from app.models.suspension_lines import SuspensionLine
from app.models.suspension_orders import SuspensionOrder
from app.rules import duties
from app.rules import objections as rules
from app.rules import suspension_orders as orders
from app.rules.objections import Act, Kind, State
from app.rules.suspension_orders import LineAct, LineState
from app.rules.workdays import due


def file(
    desk: Desk, order: SuspensionOrder, line: SuspensionLine, facts: Mapping[str, Any]
) -> Objection:
    """By the person or the unit, while the window is open."""
    until = order.objections_until or desk.today
    rules.may_object(order.state == orders.State.PREVIEWED, until, desk.today)
    line.state = orders.line_after(LineAct.OBJECT, LineState(line.state))
    count = select(func.count()).where(col(Objection.line_id) == line.id)
    number = f"{line.number}-Y{desk.session.exec(count).one() + 1}"
    limit = calendars.limit(desk, "suspension.objection")
    made = Objection(
        number=number,
        line_id=line.id or 0,
        kind=Kind(facts["kind"]),
        filed_by=facts.get("filed_by", desk.actor),
        filed_on=desk.today,
        due_on=due(desk.today, limit, calendars.workdays(desk)),
        statement=facts["statement"],
        state=State.FILED,
    )
    desk.note("objection.filed", number, kind=made.kind, private={"statement": made.statement})
    return desk.add(made)


def decide(desk: Desk, objection: Objection, act: Act, reason: str, evidence_digest: str) -> None:
    """Upheld takes the person off the list; dismissed puts the line back. Always with a reason."""
    line = desk.one(SuspensionLine, id=objection.line_id)
    order = desk.one(SuspensionOrder, id=line.order_id)
    duties.uninvolved(suspension_orders.makers(order), desk.actor)
    orders.not_concerned(desk.officer_id, {line.officer_id})
    rules.founded(reason, evidence_digest)
    if objection.state == State.FILED:
        objection.state = rules.after(Act.CHECK, State.FILED)
    objection.state = rules.after(act, State(objection.state))
    objection.decided_by, objection.decided_on = desk.actor, desk.today
    objection.reason, objection.evidence_digest = reason, evidence_digest
    upheld = objection.state == State.UPHELD
    outcome = LineAct.UPHOLD if upheld else LineAct.DISMISS
    line.state = orders.line_after(outcome, LineState(line.state))
    line.ended_on = desk.today if upheld else None
    desk.note(f"objection.{objection.state}", objection.number, private={"reason": reason})


def upheld(desk: Desk, number: str, officer: int) -> None:
    """This officer's objection that there was an excuse, and it was found true (EX3)."""
    objection = desk.one(Objection, number=number)
    line = desk.one(SuspensionLine, id=objection.line_id)
    found = (objection.kind, objection.state, line.officer_id)
    if found != (Kind.WAS_EXCUSED, State.UPHELD, officer):
        raise NotFound("objection.not_upheld", number=number)
