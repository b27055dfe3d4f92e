"""Whom a row means (model B4.9): which officer, on what grounds, or why nobody can say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from app.rules import names
from app.rules.exam_campaigns import Attendance
from app.rules.headings import Field, Kind
from app.rules.import_rows import CODE_FAULTS, PAPERS, Entry
from app.rules.officers import ELIGIBLE, GONE, EmploymentType


class MatchKind(StrEnum):
    EXACT_CERT_AND_NAME = "exact_cert_and_name"
    NAME_VARIANT = "name_variant"
    CERT_ONLY_NAME_DIFFERS = "cert_only_name_differs"
    ID_HMAC = "id_hmac"
    NAME_UNIT_UNIQUE = "name_unit_unique"
    NAME_AMBIGUOUS = "name_ambiguous"
    CERT_MALFORMED = "cert_malformed"
    CERT_BELONGS_TO_OTHER = "cert_belongs_to_other"
    DUPLICATE_IN_FILE = "duplicate_in_file"
    DUPLICATE_ACROSS_UNITS = "duplicate_across_units"
    INELIGIBLE_EMPLOYMENT = "ineligible_employment"
    INACTIVE_PERSON = "inactive_person"
    NOT_FOUND = "not_found"
    UNIT_DIFFERS = "unit_differs"
    NOT_REGISTERED = "not_registered"
    SCORE_AND_ABSENT = "score_and_absent"
    VALUE_INVALID = "value_invalid"


M = MatchKind
SURE: Final = frozenset({M.EXACT_CERT_AND_NAME, M.NAME_VARIANT, M.ID_HMAC, M.NAME_UNIT_UNIQUE})
GROUPED: Final = SURE | {M.CERT_ONLY_NAME_DIFFERS, M.UNIT_DIFFERS, M.NOT_FOUND}
SEATED: Final = frozenset({Kind.SCORES, Kind.ATTENDANCE})
BOTH: Final = "exam_result.score_and_absent"


@dataclass(frozen=True)
class Known:
    """An officer as the register has them."""

    officer_no: str
    name: str
    unit: str
    active: bool
    employment: EmploymentType
    former_name: str | None = None
    sitting: Attendance | None = Attendance.REGISTERED  # at the session that the import is about

    def is_called(self, name: str) -> bool:
        return name in (self.name, self.former_name)

    def sounds_like(self, name: str) -> bool:
        own = {names.normalise(each) for each in (self.name, self.former_name) if each}
        return names.normalise(name) in own


@dataclass(frozen=True)
class Register:
    """What is known of the persons whom some rows may mean."""

    by_certificate: Mapping[str, Known] = field(default_factory=dict)
    by_identity: Mapping[str, Known] = field(default_factory=dict)
    by_name: Mapping[str, Sequence[Known]] = field(default_factory=dict)

    def namesakes(self, name: str) -> Sequence[Known]:
        return self.by_name.get(names.normalise(name), ())


@dataclass(frozen=True)
class Match:
    kind: MatchKind
    person: Known | None = None
    candidates: tuple[Known, ...] = ()


def match(
    kind: Kind, entry: Entry, digest: str | None, unit: str | None, register: Register
) -> Match:
    """The first ground that holds, then what stands in the way of using it."""
    found = whom(entry, digest, unit, register)
    if not entry.name:
        return Match(M.VALUE_INVALID)
    if found.kind in SURE or found.kind is M.NOT_FOUND:
        return replace(found, kind=obstacle(kind, entry, unit, found) or found.kind)
    return found


def whom(entry: Entry, digest: str | None, unit: str | None, register: Register) -> Match:
    namesakes = tuple(register.namesakes(entry.name))
    identified = register.by_identity.get(digest) if digest else None
    if CODE_FAULTS.intersection(entry.faults):
        return Match(M.CERT_MALFORMED, None, one_of(identified, namesakes))
    if entry.certificate_no and (holder := register.by_certificate.get(entry.certificate_no)):
        return held(entry.name, holder, identified, namesakes)
    if identified is not None:
        if identified.sounds_like(entry.name):
            return Match(M.ID_HMAC, identified)
        return Match(M.CERT_ONLY_NAME_DIFFERS, identified, (identified,))
    if entry.certificate_no or not namesakes:
        return Match(M.NOT_FOUND, None, namesakes)
    return named(namesakes, unit)


def one_of(identified: Known | None, namesakes: tuple[Known, ...]) -> tuple[Known, ...]:
    return (identified,) if identified else namesakes


def held(name: str, holder: Known, identified: Known | None, namesakes: tuple[Known, ...]) -> Match:
    """The certificate is somebody's: the row's person's, a misspelt one's, or another's."""
    if identified is not None and identified != holder:
        return Match(M.CERT_BELONGS_TO_OTHER, None, (identified,))
    if holder.is_called(name):
        return Match(M.EXACT_CERT_AND_NAME, holder)
    if holder.sounds_like(name):
        return Match(M.NAME_VARIANT, holder, (holder,))
    if namesakes and identified is None:
        return Match(M.CERT_BELONGS_TO_OTHER, None, namesakes)
    return Match(M.CERT_ONLY_NAME_DIFFERS, holder, (holder,))


def named(namesakes: tuple[Known, ...], unit: str | None) -> Match:
    """INV-I2: a name decides nothing when two share it, nor when the unit is another."""
    if len(namesakes) == 1 and namesakes[0].unit == unit:
        return Match(M.NAME_UNIT_UNIQUE, namesakes[0], namesakes)
    return Match(M.NAME_AMBIGUOUS, None, namesakes)


def obstacle(kind: Kind, entry: Entry, unit: str | None, found: Match) -> MatchKind | None:
    """Who is gone, may never enforce or does not sit here; then what the row itself gets wrong."""
    person = found.person
    if entry.said.get(Field.STANDING) in GONE or (person and not person.active):
        return M.INACTIVE_PERSON
    if kind is not Kind.SELF_CHECK and employment_of(entry, found) not in (None, *ELIGIBLE):
        return M.INELIGIBLE_EMPLOYMENT
    if person and kind in SEATED and person.sitting is None:
        return M.NOT_REGISTERED
    if BOTH in entry.faults or (person and missed(person, entry)):
        return M.SCORE_AND_ABSENT
    if entry.faults:
        return M.VALUE_INVALID
    return M.UNIT_DIFFERS if person and unit not in (None, person.unit) else None


def missed(person: Known, entry: Entry) -> bool:
    """Marked absent, deferred or excused before, and now a score."""
    scored = any(paper in entry.said for paper in PAPERS)
    return scored and person.sitting not in (Attendance.REGISTERED, Attendance.PRESENT)


def employment_of(entry: Entry, found: Match) -> EmploymentType | None:
    """As the row says; a blank cell keeps what the register has."""
    said: EmploymentType | None = entry.said.get(Field.EMPLOYMENT_TYPE)
    return said or (found.person.employment if found.person else None)


@dataclass(frozen=True)
class Claim:
    """One row's word on one person, among all rows that mean the same person."""

    row: int
    unit: str | None
    kind: MatchKind
    says: str = ""


@dataclass(frozen=True)
class Settled:
    """What a row is among its like, and whether a person must still choose."""

    kind: MatchKind
    open: bool


def settle(claims: Sequence[Claim], home: str | None) -> dict[int, Settled]:
    """Rows that mean one person, in their order: the last in a unit stands, the own unit's stands.

    Rows that say different things of one person, or none of whose units is the person's,
    are left for a person to choose from.
    """
    wrong = misnamed(claims)
    rest = [claim for claim in claims if claim.row not in wrong]
    found = {row: Settled(M.CERT_BELONGS_TO_OTHER, True) for row in wrong}
    return {**found, **repeated(rest, home)} if len(rest) > 1 else found


def repeated(claims: Sequence[Claim], home: str | None) -> dict[int, Settled]:
    last = {claim.unit: claim for claim in claims}
    agreed = len({claim.says for claim in claims}) == 1
    stands = last[home].row if home in last else claims[-1].row
    placed = home in last or len(last) == 1
    found = {}
    for claim in claims:
        if claim.row == stands and agreed and placed:
            continue
        within = claim.row != last[claim.unit].row or len(last) == 1
        kind = M.DUPLICATE_IN_FILE if within else M.DUPLICATE_ACROSS_UNITS
        found[claim.row] = Settled(kind, not (agreed and placed))
    return found


def misnamed(claims: Iterable[Claim]) -> list[int]:
    """A certificate whose holder stands in the file too is not the misspelt one's."""
    every = list(claims)
    if not any(claim.kind in SURE for claim in every):
        return []
    return [claim.row for claim in every if claim.kind is M.CERT_ONLY_NAME_DIFFERS]
