"""Whom a row means, what may be decided about it, and by how many clicks (model B4.9)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.errors import Refusal
from app.rules import names
from app.rules.exam_campaigns import Attendance
from app.rules.headings import Field, Kind
from app.rules.import_matches import (
    Claim,
    Known,
    Match,
    MatchKind,
    Register,
    Settled,
    match,
    settle,
)
from app.rules.import_rows import Correction, Entry, corrected, entry
from app.rules.imports import (
    HANDLING,
    OUTCOMES,
    Act,
    Decision,
    State,
    after,
    commit,
    creates,
    decide,
    handling,
)
from app.rules.officers import EmploymentType

M = MatchKind
SURE, FILE, UNITS = M.EXACT_CERT_AND_NAME, M.DUPLICATE_IN_FILE, M.DUPLICATE_ACROSS_UNITS
ON = date(2025, 9, 24)
CIVIL = EmploymentType.CIVIL_SERVANT
COLUMNS = {field: at for at, field in enumerate(Field)}
ID_NO = "11010119900101123"  # its last character is told by the rule
LIN = Known("1", "蔺如海", "32", True, CIVIL)
KE = Known("2", "柯以诺", "32", True, CIVIL)
LI_A = Known("3", "李明", "12", True, CIVIL)
LI_B = Known("4", "李明", "12", True, CIVIL)
GONE = Known("5", "谈一鸣", "20", False, CIVIL)
DOTTED = Known("6", "买买提·吐尔逊", "32", True, CIVIL, former_name="艾力")
PEOPLE = (LIN, KE, LI_A, LI_B, GONE, DOTTED)
NUMBERS = {f"9901813200{each.officer_no}": each for each in PEOPLE}
REGISTER = Register(
    NUMBERS,
    {"digest": KE},
    {names.normalise(each.name): [p for p in PEOPLE if p.name == each.name] for each in PEOPLE},
)


def row(kind: Kind = Kind.ROSTER, **cells: Any) -> Entry:
    given = [cells.get(field.value) for field in Field]
    return entry(kind, COLUMNS, given, ON)


def matched(
    kind: Kind = Kind.ROSTER, digest: str | None = None, unit: str | None = "32", **cells: Any
) -> Match:
    return match(kind, row(kind, **cells), digest, unit, REGISTER)


def of(number: str) -> str:
    return f"9901813200{number}"


ROWS: dict[str, tuple[MatchKind, str | None, dict[str, Any]]] = {
    "number and name": (MatchKind.EXACT_CERT_AND_NAME, "1", {"name": "蔺如海", "no": of("1")}),
    "a former name": (MatchKind.EXACT_CERT_AND_NAME, "6", {"name": "艾力", "no": of("6")}),
    "spaces in a name": (MatchKind.NAME_VARIANT, "1", {"name": "蔺 如海", "no": of("1")}),
    "another dot": (MatchKind.NAME_VARIANT, "6", {"name": "买买提•吐尔逊", "no": of("6")}),
    "a misspelt name": (MatchKind.CERT_ONLY_NAME_DIFFERS, "1", {"name": "蔺汝海", "no": of("1")}),
    "a rare form": (MatchKind.CERT_ONLY_NAME_DIFFERS, "1", {"name": "藺如海", "no": of("1")}),
    "another's number": (MatchKind.CERT_BELONGS_TO_OTHER, None, {"name": "柯以诺", "no": of("1")}),
    "too short a number": (MatchKind.CERT_MALFORMED, None, {"name": "蔺如海", "no": "99018"}),
    "a number as a number": (MatchKind.CERT_MALFORMED, None, {"name": "柯以诺", "no": 99018132002}),
    "no number, one in the unit": (MatchKind.NAME_UNIT_UNIQUE, "1", {"name": "蔺如海"}),
    "no number, two of a name": (MatchKind.NAME_AMBIGUOUS, None, {"name": "李明", "unit": "12"}),
    "no number, another unit": (MatchKind.NAME_AMBIGUOUS, None, {"name": "蔺如海", "unit": "12"}),
    "an identity": (MatchKind.ID_HMAC, "2", {"name": "柯以诺", "digest": "digest"}),
    "an identity, another name": (
        *(MatchKind.CERT_ONLY_NAME_DIFFERS, "2"),
        {"name": "柯依诺", "digest": "digest"},
    ),
    "an identity against a number": (
        *(MatchKind.CERT_BELONGS_TO_OTHER, None),
        {"name": "蔺如海", "no": of("1"), "digest": "digest"},
    ),
    "who has left": (MatchKind.INACTIVE_PERSON, "5", {"name": "谈一鸣", "no": of("5")}),
    "said to have retired": (
        *(MatchKind.INACTIVE_PERSON, "1"),
        {"name": "蔺如海", "no": of("1"), "standing": "退休"},
    ),
    "a contract worker": (
        *(MatchKind.INELIGIBLE_EMPLOYMENT, "1"),
        {"name": "蔺如海", "no": of("1"), "employment_type": "合同工"},
    ),
    "an unknown contract worker": (
        *(MatchKind.INELIGIBLE_EMPLOYMENT, None),
        {"name": "桂子安", "employment_type": "临时工"},
    ),
    "nobody we know": (MatchKind.NOT_FOUND, None, {"name": "桂子安", "no": of("9")}),
    "a word not on the list": (
        *(MatchKind.VALUE_INVALID, "1"),
        {"name": "蔺如海", "no": of("1"), "employment_type": "外星人"},
    ),
    "listed by another unit": (
        *(MatchKind.UNIT_DIFFERS, "1"),
        {"name": "蔺如海", "no": of("1"), "unit": "12"},
    ),
    "no name at all": (MatchKind.VALUE_INVALID, None, {"no": of("1")}),
}


@pytest.mark.parametrize("named", ROWS)
def test_each_class_of_rows_is_recognised(named: str) -> None:
    kind, officer, given = ROWS[named]
    digest, unit = given.get("digest"), given.get("unit", "32")
    found = matched(
        digest=digest, unit=unit, name=given.get("name"), certificate_no=given.get("no"),
        **{k: v for k, v in given.items() if k in ("standing", "employment_type")},
    )  # fmt: skip
    assert (found.kind, found.person and found.person.officer_no) == (kind, officer)


SCORES: dict[str, tuple[MatchKind, dict[str, Any]]] = {
    "both papers": (MatchKind.EXACT_CERT_AND_NAME, {"general": 80, "special": "59.5"}),
    "105": (MatchKind.VALUE_INVALID, {"general": 105, "special": 60}),
    "the word for absent": (MatchKind.VALUE_INVALID, {"general": "缺", "special": 60}),
    "two decimals": (MatchKind.VALUE_INVALID, {"general": 59.95, "special": 60}),
    "one paper": (MatchKind.VALUE_INVALID, {"general": 60}),
    "neither": (MatchKind.VALUE_INVALID, {}),
    "a score and absent": (
        *(MatchKind.SCORE_AND_ABSENT,),
        {"general": 60, "special": 60, "absent": "是"},
    ),
    "absent": (MatchKind.EXACT_CERT_AND_NAME, {"absent": "缺考"}),
}


@pytest.mark.parametrize("named", SCORES)
def test_a_score_is_taken_as_it_is_or_a_person_decides(named: str) -> None:
    kind, cells = SCORES[named]
    assert matched(Kind.SCORES, name="蔺如海", certificate_no=of("1"), **cells).kind is kind


@pytest.mark.parametrize("sitting", [Attendance.ABSENT, Attendance.DEFERRED, Attendance.EXCUSED])
def test_a_score_of_one_who_was_marked_absent_is_left_to_a_person(sitting: Attendance) -> None:
    person = replace(LIN, sitting=sitting)
    scored = row(Kind.SCORES, name="蔺如海", certificate_no=of("1"), general=60, special=60)
    found = match(Kind.SCORES, scored, None, None, Register({of("1"): person}))
    assert found.kind is MatchKind.SCORE_AND_ABSENT


def test_one_who_has_no_seat_gets_no_score() -> None:
    person = replace(LIN, sitting=None)
    scored = row(Kind.SCORES, name="蔺如海", certificate_no=of("1"), general=60, special=60)
    found = match(Kind.SCORES, scored, None, None, Register({of("1"): person}))
    assert found.kind is MatchKind.NOT_REGISTERED


CORRECTIONS: dict[str, tuple[dict[str, Any], Correction, tuple[str, ...]]] = {
    "a number": ({"certificate_no": "99"}, Correction(certificate_no=of("1")), ()),
    "a wrong number": (
        *({"certificate_no": "99"}, Correction(certificate_no="98")),
        ("import_row.certificate_malformed",),
    ),
    "a score": ({"general": "缺", "special": 60}, Correction(general="59.5"), ()),
    "another 105": (
        *({"general": "缺", "special": 60}, Correction(general="105")),
        ("exam_result.out_of_range",),
    ),
    "came after all": ({"general": 1, "special": 2, "absent": "是"}, Correction(absent=False), ()),
    "was absent": ({"general": 1, "special": 2, "absent": "是"}, Correction(absent=True), ()),
    "a person only": (
        *({"general": 105, "special": 2}, Correction(officer_no="1")),
        ("import_row.score_missing",),
    ),
}


@pytest.mark.parametrize("named", CORRECTIONS)
def test_a_correction_is_held_to_the_same_rules(named: str) -> None:
    cells, by, faults = CORRECTIONS[named]
    given = {"general": 60, "special": 60} if "certificate_no" in cells else {}
    found = corrected(Kind.SCORES, row(Kind.SCORES, name="蔺如海", **given, **cells), by)
    assert found.faults == faults


def test_59_5_is_kept_and_not_rounded() -> None:
    assert row(Kind.SCORES, general=59.5, special=60).said[Field.GENERAL] == Decimal("59.5")


def test_a_blank_cell_says_nothing_so_the_old_value_stays() -> None:
    assert row(name="蔺如海", section=None).said == {}


@pytest.mark.parametrize("wrong", [110101199001011230, ID_NO + "0", "1234"])
def test_an_identity_number_that_cannot_be_is_a_fault_and_stays_unsaid(wrong: object) -> None:
    found = row(name="蔺如海", identity_no=wrong)
    assert found.identity_no is None
    assert found.faults
    assert str(wrong) not in str(found.faults)


def test_inv_i2_a_name_alone_never_decides_between_two() -> None:
    for unit in ("12", "32", None):
        found = matched(name="李明", unit=unit)
        assert (found.kind, found.person) == (MatchKind.NAME_AMBIGUOUS, None)
        assert set(found.candidates) == {LI_A, LI_B}
    with pytest.raises(Refusal, match=r"import\.decision_not_allowed"):
        decide(Kind.ROSTER, MatchKind.NAME_AMBIGUOUS, Decision.ACCEPT, one_click=False)


@pytest.mark.parametrize("match", MatchKind)
@pytest.mark.parametrize("decision", [*Decision, None])
def test_inv_i3_a_score_row_never_creates_an_officer(
    match: MatchKind, decision: Decision | None
) -> None:
    for kind in (Kind.SCORES, Kind.ATTENDANCE, Kind.SELF_CHECK):
        assert not creates(kind, match, decision)
    assert Decision.ACCEPT not in handling(Kind.SCORES, MatchKind.NOT_FOUND).single


def test_inv_i1_nothing_is_committed_while_a_row_is_undecided() -> None:
    with pytest.raises(Refusal, match=r"import\.undecided"):
        commit(State.READY, 1, "x", "x")
    with pytest.raises(Refusal, match=r"import\.changed"):
        commit(State.READY, 0, "seen", "current")
    assert commit(State.READY, 0, "x", "x") is State.COMMITTED


@pytest.mark.parametrize("decision", Decision)
def test_another_persons_number_is_never_decided_by_one_click(decision: Decision) -> None:
    with pytest.raises(Refusal, match=r"import\.decide_row_by_row"):
        decide(Kind.ROSTER, MatchKind.CERT_BELONGS_TO_OTHER, decision, one_click=True)


def test_another_persons_number_is_never_accepted_as_it_is() -> None:
    with pytest.raises(Refusal, match=r"import\.decision_not_allowed"):
        decide(Kind.ROSTER, MatchKind.CERT_BELONGS_TO_OTHER, Decision.ACCEPT, one_click=False)


@pytest.mark.parametrize("match", MatchKind)
def test_every_class_has_its_handling_and_what_it_suggests_is_allowed(match: MatchKind) -> None:
    law = HANDLING[match]
    assert law.suggestion in law.single
    assert not law.automatic or law.suggestion is not Decision.CORRECT


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("state", State)
def test_every_pair_of_state_and_act_is_decided(state: State, act: Act) -> None:
    if (state, act) in OUTCOMES:
        assert after(act, state) is OUTCOMES[state, act]
    else:
        with pytest.raises(Refusal, match=r"import\.act_not_allowed"):
            after(act, state)


def test_the_last_row_of_a_file_stands() -> None:
    claims = [Claim(1, "12", SURE), Claim(2, "12", SURE), Claim(3, "12", SURE)]
    assert settle(claims, "12") == {1: Settled(FILE, False), 2: Settled(FILE, False)}


def test_the_row_of_the_persons_own_unit_stands() -> None:
    claims = [Claim(1, "12", SURE), Claim(2, "32", SURE)]
    assert settle(claims, "12") == {2: Settled(UNITS, False)}
    assert settle(claims, "32") == {1: Settled(UNITS, False)}


def test_two_units_neither_of_which_is_the_persons_are_left_to_a_person() -> None:
    claims = [Claim(1, "12", SURE), Claim(2, "32", SURE)]
    assert settle(claims, "20") == {1: Settled(UNITS, True), 2: Settled(UNITS, True)}


def test_rows_that_give_one_person_two_scores_are_left_to_a_person() -> None:
    claims = [Claim(1, "12", SURE, "80"), Claim(2, "12", SURE, "55")]
    assert settle(claims, "12") == {1: Settled(FILE, True), 2: Settled(FILE, True)}


def test_a_number_whose_holder_is_listed_too_is_not_the_misspelt_persons() -> None:
    wrong = Settled(MatchKind.CERT_BELONGS_TO_OTHER, True)
    claims = [Claim(1, "12", SURE), Claim(2, "12", MatchKind.CERT_ONLY_NAME_DIFFERS)]
    assert settle(claims, "12") == {2: wrong}
    more = [*claims, Claim(3, "12", SURE)]
    assert settle(more, "12") == {1: Settled(FILE, False), 2: wrong}


def test_one_row_of_a_person_is_no_duplicate() -> None:
    assert settle([Claim(1, "12", SURE)], "32") == {}
