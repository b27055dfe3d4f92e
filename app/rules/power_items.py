"""Classes of administrative power, and the norm each needs (model B3, B4.4)."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from app.errors import Refusal


class Status(StrEnum):
    DRAFT = "draft"
    REVIEWING = "reviewing"
    PUBLISHED = "published"
    ADJUSTED = "adjusted"
    CANCELLED = "cancelled"


CODE: Final = 16  # division 6, unit 3, category 2, item 3, sub-item 2
LEGACY13: Final = (
    ("L01", "行政许可", "01"),
    ("L02", "行政审批", "10"),
    ("L03", "行政处罚", "02"),
    ("L04", "行政强制", "03"),
    ("L05", "行政征收", "04"),
    ("L06", "行政征用", "10"),
    ("L07", "行政给付", "05"),
    ("L08", "行政检查", "06"),
    ("L09", "行政确认", "07"),
    ("L10", "行政奖励", "08"),
    ("L11", "行政裁决", "09"),
    ("L12", "行政备案", "10"),
    ("L13", "其他行政权力", "10"),
)
NATIONAL: Final = {code: national for code, _, national in LEGACY13}
NAMES: Final = {code: name for code, name, _ in LEGACY13}
MAY_SET_A_PERMIT: Final = {
    "law", "administrative_regulation", "state_council_decision", "local_regulation",
    "provincial_rule",
}  # fmt: skip


def basis_suffices(category: str, levels: Sequence[str]) -> None:
    """INV-P1: no item without a basis; a permit needs one that may set permits (许可法 14-17)."""
    if not levels:
        raise Refusal("power_item.basis_missing", legal_basis=0)
    if category == "L01" and not MAY_SET_A_PERMIT.intersection(levels):
        raise Refusal("power_item.basis_too_low", legal_basis=levels[0])


def status_found(statutory_body: str, exercised_by: str, entrustment: str | None) -> Status:
    """An item in the wrong hands is entered as it was found, and is not published so."""
    if statutory_body == exercised_by or entrustment:
        return Status.PUBLISHED
    return Status.REVIEWING


def exercised(statutory_body: str, exercised_by: str, entrustment: str | None) -> None:
    """INV-P2: another than the statutory body acts only on a recorded entrustment."""
    if status_found(statutory_body, exercised_by, entrustment) is Status.REVIEWING:
        raise Refusal("power_item.entrustment_missing", exercised_by=exercised_by)


def coded(code: str, division: str, unit: str, category: str) -> None:
    """The code says where an item belongs, its class by the local or the national number."""
    places = {f"{division}{unit.zfill(3)}{c}" for c in (category[1:], NATIONAL[category])}
    if not (len(code) == CODE and code.isascii() and code.isdigit() and code[:11] in places):
        raise Refusal("power_item.code", item=code)
