"""What the columns of every noun are made of: closed lists, kept JSON, binary-sorted text."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, Final

import orjson
from sqlalchemy import (
    CheckConstraint,
    Dialect,
    String,
    Text,
    TypeDecorator,
    bindparam,
    or_,
    type_coerce,
)

MOST_KEPT: Final = 5
PUBLIC: Final[dict[str, Any]] = {"info": {"public": True}}


class JsonText(TypeDecorator[Any]):
    """JSON kept as the text that was written; it goes out as it is, unparsed."""

    impl = Text
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else orjson.Fragment(value)


def kept(column: Any, name: str) -> Any:
    """Select a JSON text column under its wire name."""
    return type_coerce(column, JsonText).label(name)


def keeps(column: Any, name: str) -> Any:
    """The condition that a kept list of codes has any of `MOST_KEPT` asked for."""
    asked: list[Any] = [bindparam(f"{name}_{n}") for n in range(MOST_KEPT)]
    return or_(*(column.like(each, escape="!") for each in asked))


def as_kept(name: str, codes: Sequence[str]) -> dict[str, str]:
    """What `keeps` is bound to: each code in its quotes; the places left repeat the last."""
    filled = [*codes, *[codes[-1]] * MOST_KEPT][:MOST_KEPT]
    return {f"{name}_{n}": f'%"{code.replace("_", "!_")}"%' for n, code in enumerate(filled)}


def json_text(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def closed(column: str, values: Iterable[StrEnum]) -> CheckConstraint:
    """A closed list is a constraint of the database too."""
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} in ({words})", name=column)


def always(name: str, condition: str) -> CheckConstraint:
    """What may never be otherwise, whoever writes; the name says which promise broke."""
    return CheckConstraint(condition, name=name)


def validity() -> CheckConstraint:
    """Intervals are half-open: [valid_from, valid_to)."""
    return CheckConstraint("valid_to is null or valid_to > valid_from", name="validity")


def binary(length: int) -> Any:
    """Text that both databases sort by code point, as range scans need."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")
