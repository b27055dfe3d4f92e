"""Registering units, revising them, and reviewing their qualification to enforce."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col, select

from app.acts.desk import Desk
from app.errors import Refusal
from app.models.columns import json_text
from app.models.departments import Department, DepartmentRevision
from app.models.power_items import PowerItem
from app.models.qualification_reviews import QualificationReview
from app.models.search import index
from app.rules import departments as rules
from app.rules import power_items, uscc
from app.rules.departments import Basis, Kind, ReviewAct, ReviewState

COPIED = frozenset(DepartmentRevision.model_fields) - {"id", "revision", "valid_from", "valid_to"}


def register(desk: Desk, division: str, code: str, facts: Mapping[str, Any]) -> Department:
    """Enter a unit with its first revision."""
    checked = uscc.check(facts["uscc"])
    rules.registered(Kind(facts["kind"]), checked, facts.get("parent_code"))
    unit = desk.add(Department(division_code=division, code=code, uscc=checked))
    assert unit.id is not None
    former = facts.get("former_names", [])
    known = {name: value for name, value in facts.items() if name in COPIED}
    known["former_names"] = json_text(former)
    desk.session.add(
        DepartmentRevision(
            **known,
            department_id=unit.id,
            revision=1,
            valid_from=facts.get("since", desk.today),
            updated_on=desk.today,
        )
    )
    names = [facts["name"], facts.get("short_name") or facts["name"], *former]
    index(desk.session, "department", unit.id, names, [code, checked])
    desk.note("department.registered", code, name=facts["name"], kind=facts["kind"])
    return unit


def current(desk: Desk, unit: Department) -> DepartmentRevision:
    revision = select(DepartmentRevision).where(
        col(DepartmentRevision.department_id) == unit.id,
        col(DepartmentRevision.valid_to).is_(None),
    )
    return desk.session.exec(revision).one()


def revise(desk: Desk, unit: Department, **changed: Any) -> DepartmentRevision:
    """Close the revision in force and open the next; a second one of the same day amends it."""
    last = current(desk, unit)
    if last.valid_from == desk.today:
        for name, value in changed.items():
            setattr(last, name, value)
        return last
    kept = {name: getattr(last, name) for name in COPIED}
    last.valid_to = desk.today
    desk.session.flush()  # the open revision is unique: close the old one first
    dated = {"revision": last.revision + 1, "valid_from": desk.today, "updated_on": desk.today}
    return desk.add(DepartmentRevision(**{**kept, **changed, **dated}))


def open_review(
    desk: Desk, unit: Department, basis_kind: Basis, basis: Sequence[Mapping[str, Any]]
) -> QualificationReview:
    review = QualificationReview(
        department_id=unit.id or 0,
        state=ReviewState.DECLARED,
        basis_kind=basis_kind,
        basis=json_text(basis),
        opened_on=desk.today,
    )
    desk.note("qualification_review.opened", unit.code, basis_kind=basis_kind)
    return desk.add(review)


def move(desk: Desk, unit: Department, review: QualificationReview, act: ReviewAct) -> None:
    review.state = rules.after(act, ReviewState(review.state))
    desk.note(f"qualification_review.{PAST[act]}", unit.code, state=review.state)


PAST = {
    ReviewAct.EXAMINE: "examined",
    ReviewAct.ACCEPT: "confirmed",
    ReviewAct.REJECT: "rejected",
    ReviewAct.HAND_OVER: "corrected",
    ReviewAct.ANNOUNCE: "announced",
    ReviewAct.WITHDRAW: "withdrawn",
}


def confirm(
    desk: Desk,
    unit: Department,
    review: QualificationReview,
    levels: Sequence[str],
    areas: Sequence[str],
) -> None:
    """Confirm that a body may enforce in its own name."""
    rules.accept(Basis(review.basis_kind), levels)
    move(desk, unit, review, ReviewAct.ACCEPT)
    review.decided_on, review.decided_by = desk.today, desk.actor
    revise(
        desk,
        unit,
        basis_kind=review.basis_kind,
        enforcement_basis=review.basis,
        areas=json_text(list(areas)),
        confirmed_on=desk.today,
    )


def announce(desk: Desk, unit: Department, review: QualificationReview, number: str) -> None:
    """Only now does the list of enforcement bodies show it; who confirmed it does not announce."""
    desk.checks(review.decided_by or "")
    move(desk, unit, review, ReviewAct.ANNOUNCE)
    review.approval_no = number
    revise(desk, unit, enforcement=True, announced_on=desk.today, announcement_no=number)


def correct(
    desk: Desk, unit: Department, review: QualificationReview, competent: Department, why: str
) -> list[PowerItem]:
    """Order a body without a right of its own to hand every item to the competent organ."""
    move(desk, unit, review, ReviewAct.REJECT)
    held = select(PowerItem).where(col(PowerItem.exercised_by_id) == unit.id)
    items = list(desk.session.exec(held.order_by(col(PowerItem.code))))
    for item in items:
        if item.statutory_body_id != competent.id:
            raise Refusal("review.not_competent", competent=competent.code)
        item.exercised_by_id = competent.id or 0
        item.updated_on, item.status = desk.today, power_items.Status.PUBLISHED
        desk.note("power_item.handed_over", item.code, department=competent.code, former=unit.code)
    desk.session.flush()  # count what is left as the database sees it
    rules.hand_over(len(list(desk.session.exec(held))))
    move(desk, unit, review, ReviewAct.HAND_OVER)
    review.behaviour, review.competent_code = why, competent.code
    review.decided_on, review.decided_by = desk.today, desk.actor
    review.items_handed_over = json_text([{"code": i.code, "name": i.name} for i in items])
    return items
