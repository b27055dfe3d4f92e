"""What a permit item must say before it is published (许可法 14-17, 30, 31; model B4.5)."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from app.errors import Refusal
from app.rules.workdays import Limit, in_workdays


class State(StrEnum):
    DRAFT = "draft"
    LEGAL_CHECK = "legal_check"
    LIMIT_CHECK = "limit_check"
    PUBLISHED = "published"
    SUSPENDED_BY_LAW = "suspended_by_law"
    CANCELLED = "cancelled"


# What the public sees of an item; before it is published there is nothing to see.
PUBLIC_STATES: Final = (State.PUBLISHED, State.SUSPENDED_BY_LAW, State.CANCELLED)


class Act(StrEnum):
    SUBMIT = "submit"
    PASS_LEGAL_CHECK = "pass_legal_check"  # noqa: S105  an act, not a secret
    PUBLISH = "publish"
    RETURN = "return"
    SUSPEND = "suspend"
    RESUME = "resume"
    CANCEL = "cancel"


class Type(StrEnum):
    ADMINISTRATIVE_PERMIT = "administrative_permit"
    ADMINISTRATIVE_APPROVAL = "administrative_approval"


OUTCOMES: Final = {
    (State.DRAFT, Act.SUBMIT): State.LEGAL_CHECK,
    (State.LEGAL_CHECK, Act.PASS_LEGAL_CHECK): State.LIMIT_CHECK,
    (State.LEGAL_CHECK, Act.RETURN): State.DRAFT,
    (State.LIMIT_CHECK, Act.PUBLISH): State.PUBLISHED,
    (State.LIMIT_CHECK, Act.RETURN): State.DRAFT,
    (State.PUBLISHED, Act.SUSPEND): State.SUSPENDED_BY_LAW,
    (State.SUSPENDED_BY_LAW, Act.RESUME): State.PUBLISHED,
    (State.PUBLISHED, Act.CANCEL): State.CANCELLED,
    (State.SUSPENDED_BY_LAW, Act.CANCEL): State.CANCELLED,
}
ARTICLE_30: Final = (
    "legal_basis", "conditions", "materials", "steps", "statutory_basis", "remedies", "windows",
    "promised_limit", "statutory_limit",
)  # fmt: skip


def after(act: Act, state: State) -> State:
    if (outcome := OUTCOMES.get((state, act))) is None:
        raise Refusal("permit.act_not_allowed", act=act, state=state)
    return outcome


def promise(statutory: Limit, promised: int) -> None:
    """INV-M1: promised no later than the statute, compared on the safe side."""
    if promised > in_workdays(statutory):
        raise Refusal("permit.promise_too_long", promised_limit=promised)


def founded(parts: Sequence[Mapping[str, Any]]) -> None:
    """INV-M3: every condition and material has its basis (许可法 31, 条例 35)."""
    for number, part in enumerate(parts):
        if not part.get("basis"):
            raise Refusal("permit.basis_missing", part=number)


def not_asked_twice(materials: Sequence[Mapping[str, Any]]) -> None:
    """What the government can share it must not ask for (在线政务服务规定 7)."""
    for material in materials:
        asked = material.get("source") == "applicant" or material.get("copies")
        if material.get("obtainable_by_sharing") and asked:
            raise Refusal("permit.material_is_shared", material=material.get("code"))


def complete(item: Mapping[str, Any]) -> None:
    """INV-M4: all that article 30 wants public is there."""
    for part in ARTICLE_30:
        if not item.get(part) and item.get(part) != 0:
            raise Refusal("permit.incomplete", part=part)


def fees(free: bool, links: Sequence[Mapping[str, Any]]) -> None:
    """INV-M2: nothing is charged but what the published list retains (许可法 58, 条例 25)."""
    if free == bool(links):
        raise Refusal("permit.free_or_not", free=free)
    for link in links:
        if link.get("status") != "retained" or not link.get("within_list"):
            raise Refusal("permit.fee_not_retained", fee=link.get("code"))


def revise(state: State, note: str | None) -> None:
    """Only what is published is revised, and the public is told what changed."""
    if state is not State.PUBLISHED:
        raise Refusal("permit.act_not_allowed", act="revise", state=state)
    if not note:
        raise Refusal("permit.note_missing")


def suspend(document_no: str | None) -> None:
    """An item rests only when a norm or a decision says so."""
    if not document_no:
        raise Refusal("permit.suspension_without_document", document_no=document_no)


def cancel(document_no: str | None) -> None:
    """INV-M5: a published item does not disappear without a document."""
    if not document_no:
        raise Refusal("permit.document_missing", document_no=document_no)


COMPARED: Final = (
    "name", "promised_limit", "statutory_limit", "statutory_unit", "online_level", "visits_max",
    "free", "validity_months", "quantity_limit",
)  # fmt: skip
LISTED: Final = {"materials": "name", "conditions": "text"}


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What one revision changed in the one before it, told in the order an applicant asks."""
    found: list[dict[str, Any]] = [
        {"field": field, "before": before.get(field), "after": after.get(field)}
        for field in COMPARED
        if before.get(field) != after.get(field)
    ]
    for field, word in LISTED.items():
        old = [part[word] for part in before[field]]
        new = [part[word] for part in after[field]]
        added = [each for each in new if each not in old]
        removed = [each for each in old if each not in new]
        if added or removed:
            found.append({"field": field, "added": added, "removed": removed})
    return found
