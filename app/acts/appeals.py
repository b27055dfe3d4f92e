"""Appeals: filed in time, decided by a panel of the uninvolved, never to the person's harm."""

from collections.abc import Sequence
from typing import Final

import orjson
from sqlmodel import col, select

from app.acts import calendars, reinstatements, suspension_orders
from app.acts.desk import Desk
from app.models.accounts import Account
from app.models.appeals import Appeal
from app.models.columns import json_text
from app.models.exam_results import ExamResult
from app.models.exam_sessions import Sitting
from app.models.objections import Objection
from app.models.registrations import Registration
from app.models.role_grants import RoleGrant
from app.models.suspension_lines import SuspensionLine
from app.models.suspension_orders import SuspensionOrder
from app.rules import accounts
from app.rules import appeals as rules
from app.rules import role_grants as granting
from app.rules import suspension_orders as orders
from app.rules.accounts import Role
from app.rules.appeals import Act, State
from app.rules.suspension_orders import LineAct, LineState
from app.rules.workdays import due

FILINGS: Final = {1: "suspension.appeal", 2: "suspension.second_filing"}
DECISIONS: Final = {1: "suspension.appeal_decision", 2: "suspension.second_appeal"}


def of(desk: Desk, line: SuspensionLine) -> list[Appeal]:
    filed = select(Appeal).where(col(Appeal.line_id) == line.id).order_by(col(Appeal.step))
    return list(desk.session.exec(filed))


def file(desk: Desk, line: SuspensionLine, grounds: str) -> Appeal:
    """Entered whenever it comes; one that is too late is rejected with that reason."""
    orders.line_after(LineAct.REVOKE_ON_APPEAL, LineState(line.state))
    order = desk.one(SuspensionOrder, id=line.order_id)
    before = of(desk, line)
    step = len(before) + 1
    rules.next_step([State(each.state) for each in before], step)
    workdays = calendars.workdays(desk)
    made = Appeal(
        number=f"{line.number}-S{step}",
        line_id=line.id or 0,
        step=step,
        filed_on=desk.today,
        due_on=due(desk.today, calendars.limit(desk, DECISIONS[step]), workdays),
        grounds=grounds,
        state=State.FILED,
    )
    desk.add(made)
    desk.note("appeal.filed", made.number, step=step, private={"grounds": grounds})
    began = (before[-1].decided_on if before else order.effective_on) or desk.today
    last_day = due(began, calendars.limit(desk, FILINGS[step]), workdays)
    act = Act.ACCEPT if rules.in_time(desk.today, last_day) else Act.REJECT
    made.state = rules.after(act, State.FILED)
    if act is Act.REJECT:
        made.decided_on, made.reason = desk.today, "out_of_time"
    desk.note(f"appeal.{made.state}", made.number)
    return made


def involved(desk: Desk, line: SuspensionLine) -> set[str]:
    """The person, and who made or checked the order, marked a paper or decided an objection."""
    order = desk.one(SuspensionOrder, id=line.order_id)
    marked = (
        select(ExamResult)
        .join(Sitting, col(Sitting.id) == col(ExamResult.sitting_id))
        .join(Registration, col(Registration.id) == col(Sitting.registration_id))
        .where(col(Registration.officer_id) == line.officer_id)
        .where(col(Registration.campaign_id) == order.campaign_id)
    )
    papers = list(desk.session.exec(marked))
    markers = {each.first_marker for each in papers} | {each.second_marker for each in papers}
    own = select(col(Account.username)).where(col(Account.officer_id) == line.officer_id)
    heard = (
        select(col(Objection.decided_by))
        .join(SuspensionLine, col(SuspensionLine.id) == col(Objection.line_id))
        .where(col(SuspensionLine.order_id) == line.order_id)
        .where(col(SuspensionLine.officer_id) == line.officer_id)
    )
    deciders = {each or "" for each in desk.session.exec(heard)}
    return (
        {*suspension_orders.makers(order), order.checker or "", *desk.session.exec(own)}
        | markers
        | deciders
    )


def seated(desk: Desk, members: Sequence[str]) -> None:
    """Each member is an account that holds the role now."""
    holding = (
        select(col(Account.username))
        .join(RoleGrant, col(RoleGrant.account_id) == col(Account.id))
        .where(col(Account.username).in_(members), col(Account.state) == accounts.State.ACTIVE)
        .where(col(RoleGrant.role) == Role.APPEAL_PANEL)
        .where(col(RoleGrant.state) == granting.State.ACTIVE)
    )
    rules.seated(members, list(desk.session.exec(holding)))


def take_up(desk: Desk, appeal: Appeal, members: Sequence[str]) -> None:
    line = desk.one(SuspensionLine, id=appeal.line_id)
    orders.not_concerned(desk.officer_id, {line.officer_id})
    earlier = {name for each in of(desk, line) for name in orjson.loads(each.panel)}
    rules.panel(members, involved(desk, line) | earlier)
    appeal.panel = json_text(sorted(members))
    appeal.state = rules.after(Act.TAKE_UP, State(appeal.state))
    desk.note("appeal.taken_up", appeal.number, members=len(members))


def extend(desk: Desk, appeal: Appeal) -> None:
    """Once, by as much as the first period."""
    line = desk.one(SuspensionLine, id=appeal.line_id)
    orders.not_concerned(desk.officer_id, {line.officer_id})
    rules.extend(State(appeal.state), appeal.extended_to is not None)
    limit = calendars.limit(desk, "suspension.appeal_extension")
    appeal.extended_to = due(appeal.due_on, limit, calendars.workdays(desk))
    desk.note("appeal.extended", appeal.number, until=appeal.extended_to.isoformat())


def decide(desk: Desk, appeal: Appeal, act: Act, reason: str) -> None:
    """Maintained, changed in the person's favour, or revoked; the suspension ran on meanwhile."""
    rules.reasoned(reason)
    rules.member(desk.actor, orjson.loads(appeal.panel))
    line = desk.one(SuspensionLine, id=appeal.line_id)
    orders.not_concerned(desk.officer_id, {line.officer_id})
    appeal.state = rules.after(act, State(appeal.state))
    appeal.decided_on, appeal.reason = desk.today, reason
    desk.note(f"appeal.{appeal.state}", appeal.number, private={"reason": reason})
    if appeal.state == State.REVOKED:
        reinstatements.restore(desk, line)
