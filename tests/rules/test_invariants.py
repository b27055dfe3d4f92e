"""Each invariant of the model by its name."""

from datetime import date
from typing import Any

import pytest

from app.errors import Refusal
from app.rules import departments, duties, liaison_pairs, officers, permits, power_items
from app.rules import verifications as verify
from app.rules.credentials import Result
from app.rules.departments import Basis
from app.rules.names import answers_to
from app.rules.officers import EmploymentType
from app.rules.workdays import Limit, Unit


@pytest.mark.parametrize(
    ("rule", "given"),
    [
        (departments.may_implement, (Basis.STATUTORY_ORGAN, False)),
        (departments.may_implement, (Basis.ENTRUSTED_ORG, True)),
        (departments.entrusted, (Basis.ENTRUSTED_ORG, None)),
        (departments.abolish, (0, 0, 0, None)),
        (departments.abolish, (1, 0, 0, "12")),
        (departments.accept, (Basis.NONE, ["law"])),
        (departments.accept, (Basis.STATUTORY_ORGAN, ["other_document"])),
        (departments.hand_over, (1,)),
        (power_items.basis_suffices, ("L01", ["other_document"])),
        (power_items.basis_suffices, ("L03", [])),
        (power_items.exercised, ("09", "41", None)),
        (permits.promise, (Limit(7, Unit.NATURAL_DAY), 6)),
        (permits.founded, ([{"text": "x"}],)),
        (permits.not_asked_twice, ([{"obtainable_by_sharing": True, "copies": 1}],)),
        (permits.complete, ({"legal_basis": [1]},)),
        (permits.cancel, ("",)),
        (officers.qualify, (EmploymentType.TEMPORARY, True, True)),
        (officers.qualify, (EmploymentType.CIVIL_SERVANT, False, True)),
        (officers.qualify, (EmploymentType.CIVIL_SERVANT, True, False)),
        (liaison_pairs.propose, (True, True)),
        (liaison_pairs.issue, (None,)),
        (duties.four_eyes, ("a", "a")),
    ],
)
def test_invariants_d1_to_d3_p1_p2_m1_to_m5_o1_refuse(rule: Any, given: Any) -> None:
    with pytest.raises(Refusal):
        rule(*given)


def test_inv_m1_compares_on_the_safe_side() -> None:
    permits.promise(Limit(7, Unit.NATURAL_DAY), 5)
    permits.promise(Limit(3, Unit.MONTH), 45)


def test_inv_l1_one_lead_at_a_time() -> None:
    held = [(date(2025, 1, 1), date(2025, 6, 1))]
    liaison_pairs.one_lead(held, (date(2025, 6, 1), None))
    with pytest.raises(Refusal):
        liaison_pairs.one_lead(held, (date(2025, 5, 31), None))


def test_inv_l2_names_who_is_uncovered() -> None:
    assert liaison_pairs.uncovered(["01", "02"], ["01"]) == {"02"}


@pytest.mark.parametrize(
    ("given", "full", "fits"),
    [("欧阳", "欧阳立明", True), ("欧", "欧阳立明", False), ("樊", "樊立言", True),
     ("阿依古丽", "阿依·古丽", True), ("J", "John Smith", False), ("", "樊立言", False)],
)  # fmt: skip
def test_a_name_or_its_surname_answers(given: str, full: str, fits: bool) -> None:
    assert answers_to(given, full) is fits


def test_areas_cover_what_lies_in_them() -> None:
    assert verify.covers("990181", "990181001")
    assert verify.covers("990000", "990181")
    assert not verify.covers("990181100", "990181101")


def test_a_team_is_two_different_valid_officers_of_one_unit() -> None:
    def member(key: str, unit: str = "12", able: bool = True) -> verify.TeamFacts:
        return verify.TeamFacts(key, Result.VALID, able, unit, {"1"} if unit == "18" else set())

    assert all(r.ok for r in verify.team_why([member("a"), member("b")]))
    assert not all(r.ok for r in verify.team_why([member("a"), member("a")]))
    assert not all(r.ok for r in verify.team_why([member("a"), member("b", "20")]))
    assert all(r.ok for r in verify.team_why([member("a", "18"), member("b", "18")]))
