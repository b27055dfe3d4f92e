"""A unit that ends, or ends enforcing: what it held goes first, then its name (INV-D3)."""

from typing import Any

from sqlalchemy import func, or_
from sqlmodel import col, select

from app.acts import departments, posts
from app.acts.departments import move, revise
from app.acts.desk import Desk
from app.models.departments import Department
from app.models.liaison_pairs import LiaisonPair
from app.models.officers import Officer
from app.models.permits import PermitItem, PermitRevision
from app.models.posts import Post
from app.models.power_items import PowerItem
from app.models.qualification_reviews import QualificationReview
from app.rules import departments as rules
from app.rules import power_items
from app.rules.departments import ReviewAct, Status, UnitAct
from app.rules.liaison_pairs import State as PairState
from app.rules.officers import Status as Service
from app.rules.permits import State


def withdraw(
    desk: Desk,
    unit: Department,
    review: QualificationReview,
    successor: Department | None,
    reason: str | None,
) -> None:
    """An announced body no longer enforces; a later review may find otherwise."""
    rules.withdraw(successor.code if successor else None, reason)
    move(desk, unit, review, ReviewAct.WITHDRAW)
    review.withdrawn_on, review.withdrawal_reason = desk.today, reason
    revise(desk, unit, enforcement=False)


def take_over(desk: Desk, unit: Department, successor: Department) -> None:
    """The successor answers for the unit's power items and stands by its enterprises."""
    for item in desk.session.exec(held_items(unit)):
        if item.statutory_body_id == unit.id:
            item.statutory_body_id = successor.id or 0
        if item.exercised_by_id == unit.id:
            item.exercised_by_id = successor.id or 0
        item.updated_on = desk.today
        desk.note("power_item.handed_over", item.code, department=successor.code, former=unit.code)
    pairs = select(LiaisonPair).where(supported(unit)).order_by(col(LiaisonPair.pair_no))
    for pair in desk.session.exec(pairs):
        pair.support_department_id = successor.id or 0
        pair.updated_on = desk.today
        desk.note("liaison_pair.support_changed", pair.pair_no, department=successor.code)


def held_items(unit: Department) -> Any:
    return (
        select(PowerItem)
        .where(or_(col(PowerItem.statutory_body_id) == unit.id,
                   col(PowerItem.exercised_by_id) == unit.id))
        .where(col(PowerItem.status) != power_items.Status.CANCELLED)
        .order_by(col(PowerItem.code))
    )  # fmt: skip


def supported(unit: Department) -> Any:
    return (col(LiaisonPair.support_department_id) == unit.id) & (
        col(LiaisonPair.state) != PairState.ENDED
    )


def left_behind(desk: Desk, unit: Department) -> tuple[int, int, int]:
    """Items, officers and pairs that the unit still has."""
    permits = (
        select(func.count())
        .select_from(PermitRevision)
        .join(PermitItem, col(PermitItem.id) == col(PermitRevision.permit_id))
        .where(col(PermitRevision.department_id) == unit.id)
        .where(col(PermitRevision.valid_to).is_(None), col(PermitItem.state) != State.CANCELLED)
    )
    officers = select(func.count()).where(
        col(Officer.department_id) == unit.id, col(Officer.status) == Service.ACTIVE
    )
    pairs = select(func.count()).where(supported(unit))
    items = len(list(desk.session.exec(held_items(unit)))) + desk.session.exec(permits).one()
    return items, desk.session.exec(officers).one(), desk.session.exec(pairs).one()


def end(desk: Desk, unit: Department, act: UnitAct, successor: Department | None) -> None:
    """Merge or abolish; the name stays, with who succeeds it."""
    status = rules.ended(act, Status(departments.current(desk, unit).status))
    desk.session.flush()  # count what is left as the database sees it
    rules.abolish(*left_behind(desk, unit), successor.code if successor else None)
    assert successor is not None
    for post in desk.session.exec(select(Post).where(col(Post.department_id) == unit.id)):
        for holding in posts.holdings(desk, post):
            posts.vacate(desk, post, holding)
    revise(desk, unit, status=status, successor_code=successor.code, enforcement=False)
    desk.note(f"department.{status}", unit.code, successor=successor.code)
