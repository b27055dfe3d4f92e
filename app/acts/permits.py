"""Power items, and permit items through draft, two checks and publication."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from app.acts.departments import current
from app.acts.desk import Desk
from app.models.columns import json_text
from app.models.departments import Department
from app.models.permit_standings import PermitStanding
from app.models.permits import PermitItem, PermitRevision
from app.models.power_items import PowerItem
from app.models.search import index
from app.rules import departments, power_items
from app.rules import permits as rules
from app.rules.departments import Basis
from app.rules.permits import Act, State
from app.rules.workdays import Limit, Unit

CONTENT = (
    "conditions", "materials", "steps", "special_steps", "windows", "remedies", "legal_basis",
    "fees", "audience", "business_item", "exercise_level", "accept_place", "service_scope",
    "quantity_limit", "commitment_available", "result_name", "validity_months", "delivery",
    "supervision_phone",
)  # fmt: skip
COLUMNS = (
    "name", "name_en", "type", "statutory_limit", "statutory_unit", "statutory_basis",
    "promised_limit", "promise_public_from", "free", "online_level", "visits_max", "public_note",
)  # fmt: skip


def enter_power(
    desk: Desk, body: Department, by: Department, facts: Mapping[str, Any], entrustment: str | None
) -> PowerItem:
    """Enter a power item in both classes; one found in the wrong hands stays under review."""
    levels = [norm["level"] for norm in facts["legal_basis"]]
    power_items.basis_suffices(facts["category"], levels)
    power_items.coded(facts["code"], body.division_code, body.code, facts["category"])
    in_name_of = body.code if entrustment else None  # INV-D2
    departments.entrusted(Basis(current(desk, by).basis_kind), in_name_of)
    item = desk.add(
        PowerItem(
            code=facts["code"],
            division_code=body.division_code,
            name=facts["name"],
            category=facts["category"],
            national_category=power_items.NATIONAL[facts["category"]],
            statutory_body_id=body.id or 0,
            exercised_by_id=by.id or 0,
            entrustment_no=entrustment,
            in_name_of=in_name_of,
            status=power_items.status_found(body.code, by.code, entrustment),
            legal_basis=json_text(facts["legal_basis"]),
            updated_on=desk.today,
        )
    )
    index(desk.session, "power_item", item.id or 0, [item.name], [item.code])
    desk.note("power_item.entered", item.code, category=item.category, department=by.code)
    return item


def draft(desk: Desk, power: PowerItem, facts: Mapping[str, Any]) -> PermitItem:
    desk.note("permit.drafted", facts["code"])
    return desk.add(
        PermitItem(
            code=facts["code"],
            division_code=power.division_code,
            power_item_id=power.id or 0,
            state=State.DRAFT,
        )
    )


def submit(desk: Desk, item: PermitItem, facts: Mapping[str, Any]) -> None:
    """Hand a draft to the legal check; what has no basis does not get there."""
    lawful(facts)
    item.state = rules.after(Act.SUBMIT, State(item.state))


def lawful(facts: Mapping[str, Any]) -> None:
    """INV-M1 to INV-M3: no longer than the statute, and nothing asked or charged without a norm."""
    statutory = Limit(facts["statutory_limit"], Unit(facts["statutory_unit"]))
    rules.promise(statutory, facts["promised_limit"])
    rules.fees(facts["free"], facts["fees"])
    rules.founded([*facts["conditions"], *facts["materials"]])
    rules.not_asked_twice(facts["materials"])


def pass_legal_check(desk: Desk, item: PermitItem, facts: Mapping[str, Any]) -> None:
    rules.complete(facts)
    item.state = rules.after(Act.PASS_LEGAL_CHECK, State(item.state))


def publish(
    desk: Desk, item: PermitItem, body: Department, facts: Mapping[str, Any], maker: str
) -> PermitRevision:
    """Check the limits and the department, then make the first revision public."""
    desk.checks(maker)
    lawful(facts)
    implementable(desk, body)
    item.state = rules.after(Act.PUBLISH, State(item.state))
    first = write(desk, item, body, facts, maker, 1)
    stand(desk, item, None)
    desk.note("permit.published", item.code, **told(first))
    return first


def revise(
    desk: Desk, item: PermitItem, body: Department, facts: Mapping[str, Any], maker: str
) -> PermitRevision:
    """A new revision with its public note; open cases keep the one they were accepted under.

    It is held to all that the first one was.
    """
    desk.checks(maker)
    rules.revise(State(item.state), facts.get("public_note"))
    lawful(facts)
    rules.complete(facts)
    implementable(desk, body)
    last = desk.session.exec(
        select(PermitRevision).where(
            col(PermitRevision.permit_id) == item.id, col(PermitRevision.valid_to).is_(None)
        )
    ).one()
    last.valid_to = desk.today
    desk.session.flush()  # the open revision is unique: close the old one first
    item.version += 1
    fresh = write(desk, item, body, facts, maker, last.revision + 1)
    desk.note("permit.revised", item.code, note=fresh.public_note, **told(fresh))
    return fresh


def suspend(desk: Desk, item: PermitItem, document_no: str) -> None:
    """The law, or a decision under it, lets the item rest."""
    rules.suspend(document_no)
    item.suspension_no = document_no
    move(desk, item, Act.SUSPEND, document_no)


def resume(desk: Desk, item: PermitItem, document_no: str) -> None:
    rules.suspend(document_no)
    move(desk, item, Act.RESUME, document_no)


def cancel(desk: Desk, item: PermitItem, document_no: str) -> None:
    """INV-M5: the item stays readable, with the document that ended it."""
    rules.cancel(document_no)
    item.cancellation_no = document_no
    move(desk, item, Act.CANCEL, document_no)


PAST = {
    Act.SUSPEND: "permit.suspended",
    Act.RESUME: "permit.resumed",
    Act.CANCEL: "permit.cancelled",
}


def move(desk: Desk, item: PermitItem, act: Act, document_no: str) -> None:
    item.state = rules.after(act, State(item.state))
    item.state_since = desk.today
    item.version += 1
    stand(desk, item, document_no)
    desk.note(PAST[act], item.code, state=item.state, document_no=document_no)


def stand(desk: Desk, item: PermitItem, document_no: str | None) -> None:
    """From today on the public sees the item so; a day counts as it ended."""
    last = desk.find(PermitStanding, permit_id=item.id, valid_to=None)
    if last is not None and last.valid_from == desk.today:
        last.state, last.document_no = item.state, document_no
        return
    if last is not None:
        last.valid_to = desk.today
        desk.session.flush()  # the open standing is unique: close the old one first
    desk.session.add(
        PermitStanding(
            permit_id=item.id or 0,
            state=item.state,
            document_no=document_no,
            valid_from=desk.today,
        )
    )


def implementable(desk: Desk, body: Department) -> None:
    """INV-D1."""
    standing = current(desk, body)
    departments.may_implement(Basis(standing.basis_kind), standing.enforcement)


def write(
    desk: Desk,
    item: PermitItem,
    body: Department,
    facts: Mapping[str, Any],
    maker: str,
    revision: int,
) -> PermitRevision:
    known: dict[str, Any] = {name: facts.get(name) for name in COLUMNS}
    row = PermitRevision(
        **known,
        permit_id=item.id or 0,
        revision=revision,
        valid_from=desk.today,
        updated_on=desk.today,
        maker=maker,
        checker=desk.actor,
        department_id=body.id or 0,
        statutory_body_id=body.id or 0,
        themes=json_text(facts["themes"]),
        content=json_text({name: facts.get(name) for name in CONTENT}),
    )
    desk.add(row)
    index(desk.session, "permit", item.id or 0, [row.name], [item.code])
    return row


def told(revision: PermitRevision) -> dict[str, Any]:
    return {
        "name": revision.name,
        "revision": revision.revision,
        "statutory_limit": revision.statutory_limit,
        "statutory_unit": revision.statutory_unit,
        "promised_limit": revision.promised_limit,
    }
