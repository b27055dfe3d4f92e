"""Legal parameters, versioned by date: no period is a literal anywhere else (model B2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.errors import NotFound, Refusal
from app.rules.workdays import Limit, Unit


class Tag(StrEnum):
    """How sure the register is of a parameter's source (model, head)."""

    STATED = "S"
    VERIFIED = "V"
    LOCAL = "L"
    KNOWN = "K"
    DECIDED = "D"


@dataclass(frozen=True)
class Version:
    """One value of one parameter, in force from a day until another begins."""

    value: int
    unit: str
    effective_from: date
    effective_to: date | None = None


def in_force(key: str, versions: Iterable[Version], on: date) -> Version:
    """The version that applies on a day; an act of the past is judged by the law of its day."""
    for version in versions:
        ended = version.effective_to is not None and version.effective_to <= on
        if version.effective_from <= on and not ended:
            return version
    raise NotFound("parameter.not_in_force", **{key: on})


def limit(key: str, versions: Iterable[Version], on: date) -> Limit:
    """A period, with its kind of days; a share or a mark is none."""
    found = in_force(key, versions, on)
    if found.unit not in set(Unit):
        raise Refusal("parameter.not_a_period", **{key: found.unit})
    return Limit(found.value, Unit(found.unit))


def follow(last: Version | None, effective_from: date) -> None:
    """A new version begins after the last one; the past is not rewritten."""
    if last is not None and effective_from <= last.effective_from:
        raise Refusal("parameter.rewrites_the_past", effective_from=effective_from)
