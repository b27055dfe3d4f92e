"""Administrative divisions: what a code says by itself (GB/T 2260, GB/T 10114; model B4.1)."""

from enum import StrEnum
from typing import Final

from app.errors import Refusal


class Level(StrEnum):
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"


SIX, NINE = 6, 9
ABOVE: Final = {Level.PREFECTURE: 2, Level.COUNTY: 4, Level.TOWNSHIP: 6}  # digits of the parent


def level_of(code: str) -> Level:
    """Two digits each for province, prefecture and county; three more for a township."""
    if not (code.isascii() and code.isdigit() and len(code) in (SIX, NINE)):
        raise Refusal("division.code", division=code)
    if len(code) == NINE:
        return Level.TOWNSHIP
    if code.endswith("0000"):
        return Level.PROVINCE
    return Level.PREFECTURE if code.endswith("00") else Level.COUNTY


def parent_of(code: str) -> str | None:
    """The code of the division that this one lies in."""
    digits = ABOVE.get(level_of(code))
    return None if digits is None else code[:digits].ljust(SIX, "0")


def enter(code: str, level: str, parent: str | None) -> None:
    if level_of(code) != level:
        raise Refusal("division.level", division=code, level=level)
    if parent_of(code) != parent:
        raise Refusal("division.parent", division=code, parent_code=parent)
