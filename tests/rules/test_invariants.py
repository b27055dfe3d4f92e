"""Each invariant of the model by its name."""

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.errors import Refusal
from app.rules import departments, liaison_pairs, officers, permits, power_items
from app.rules import verifications as verify
from app.rules.credentials import Result
from app.rules.departments import Basis, Kind
from app.rules.names import answers_to
from app.rules.officers import EmploymentType
from app.rules.workdays import Limit, Unit

NAMED = [
    f"inv_{area}{number}"
    for area, last in (("d", 3), ("p", 2), ("m", 5), ("o", 3), ("l", 5))
    for number in range(1, last + 1)
]


def what_tests_say() -> set[str]:
    """What the names of all tests say, and their docstrings."""
    found = set()
    for path in Path(__file__).parents[1].rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found.add(f"{node.name} {ast.get_docstring(node) or ''}".lower().replace("-", "_"))
    return found


def test_every_invariant_has_a_test_that_names_it() -> None:
    said = what_tests_say()
    assert [name for name in NAMED if not any(f"{name}_" in each for each in said)] == []


def refuses(rule: Any, *given: Any) -> None:
    with pytest.raises(Refusal):
        rule(*given)


def test_inv_d1_a_permit_is_implemented_by_an_announced_body_in_its_own_right() -> None:
    departments.may_implement(Basis.AUTHORIZED_ORG, True)
    refuses(departments.may_implement, Basis.STATUTORY_ORGAN, False)
    refuses(departments.may_implement, Basis.ENTRUSTED_ORG, True)
    refuses(departments.may_implement, Basis.NONE, True)


def test_inv_d2_an_entrusted_body_acts_in_anothers_name() -> None:
    departments.entrusted(Basis.ENTRUSTED_ORG, "09")
    refuses(departments.entrusted, Basis.ENTRUSTED_ORG, None)


def test_inv_d3_nothing_is_left_behind_and_a_successor_is_named() -> None:
    departments.abolish(0, 0, 0, "12")
    for left in ((1, 0, 0, "12"), (0, 1, 0, "12"), (0, 0, 1, "12"), (0, 0, 0, None)):
        refuses(departments.abolish, *left)


def test_inv_p1_an_item_has_a_basis_and_a_permit_one_that_may_set_it() -> None:
    power_items.basis_suffices("L01", ["other_document", "law"])
    power_items.basis_suffices("L03", ["other_document"])
    refuses(power_items.basis_suffices, "L01", ["other_document"])
    refuses(power_items.basis_suffices, "L03", [])


def test_inv_p2_another_than_the_statutory_body_needs_an_entrustment() -> None:
    power_items.exercised("09", "41", "澜自然委〔2025〕1号")
    power_items.exercised("09", "09", None)
    refuses(power_items.exercised, "09", "41", None)
    assert power_items.status_found("09", "41", None) == "reviewing"


def test_inv_m2_nothing_is_charged_that_the_list_does_not_retain() -> None:
    kept = {"code": "F", "status": "retained", "within_list": True}
    permits.fees(False, [kept])
    permits.fees(True, [])
    refuses(permits.fees, False, [{**kept, "status": "cancelled"}])
    refuses(permits.fees, False, [{**kept, "within_list": False}])
    refuses(permits.fees, True, [kept])
    refuses(permits.fees, False, [])


def test_inv_m3_every_condition_and_material_has_its_basis() -> None:
    permits.founded([{"text": "x", "basis": "许可法第三十一条"}])
    refuses(permits.founded, [{"text": "x"}])
    refuses(permits.not_asked_twice, [{"obtainable_by_sharing": True, "copies": 1}])


@pytest.mark.parametrize("part", permits.ARTICLE_30)
def test_inv_m4_all_that_article_30_wants_is_there(part: str) -> None:
    item = {name: ["x"] for name in permits.ARTICLE_30} | {"promised_limit": 0}
    permits.complete(item)
    refuses(permits.complete, {**item, part: None})


def test_inv_m5_a_published_item_ends_by_a_document() -> None:
    permits.cancel("澜政发〔2026〕3号")
    refuses(permits.cancel, "")


@pytest.mark.parametrize("employment", EmploymentType)
def test_inv_o1_who_may_qualify(employment: EmploymentType) -> None:
    if employment in ("civil_servant", "ref_civil", "institution_staff"):
        officers.qualify(employment, True, True)
    else:
        refuses(officers.qualify, employment, True, True)
    refuses(officers.qualify, employment, False, True)
    refuses(officers.qualify, employment, True, False)


def test_an_officer_enforces_in_no_area_that_the_department_does_not() -> None:
    officers.within(["市容"], ["市容", "园林"])
    refuses(officers.within, ["市容", "水务"], ["市容", "园林"])


def test_a_body_is_confirmed_on_its_own_right_and_a_norm() -> None:
    departments.accept(Basis.AUTHORIZED_ORG, ["local_regulation"])
    refuses(departments.accept, Basis.NONE, ["law"])
    refuses(departments.accept, Basis.STATUTORY_ORGAN, ["other_document"])
    refuses(departments.hand_over, 1)


def test_a_unit_is_of_the_kind_that_its_code_says() -> None:
    departments.registered(Kind.GOV, "1199018100100744XA", None)
    refuses(departments.registered, Kind.GOV, "91990181MAA012372A", None)
    refuses(departments.registered, Kind.PUBLIC_INSTITUTION, "1299018103223467XQ", None)


def test_a_power_items_code_says_where_it_belongs() -> None:
    power_items.coded("9901810010100100", "990181", "01", "L01")
    power_items.coded("9901810011000100", "990181", "01", "L02")
    for wrong in ("990181001010010", "9901810020100100", "9901820010100100", "99018100101001X0"):
        refuses(power_items.coded, wrong, "990181", "01", "L01")


def test_inv_m1_compares_on_the_safe_side() -> None:
    permits.promise(Limit(7, Unit.NATURAL_DAY), 5)
    permits.promise(Limit(3, Unit.MONTH), 45)
    refuses(permits.promise, Limit(7, Unit.NATURAL_DAY), 6)
    refuses(permits.promise, Limit(20, Unit.WORKING_DAY), 21)
    refuses(permits.promise, Limit(3, Unit.MONTH), 64)


def test_inv_l1_one_lead_at_a_time() -> None:
    held = [(date(2025, 1, 1), date(2025, 6, 1))]
    liaison_pairs.one_lead(held, (date(2025, 6, 1), None))
    with pytest.raises(Refusal):
        liaison_pairs.one_lead(held, (date(2025, 5, 31), None))


def test_inv_l4_no_visit_unannounced_and_none_too_many() -> None:
    seen = [date(2026, 3, 2)]
    liaison_pairs.visit(seen, date(2026, 4, 1), noticed=True, most=1)
    liaison_pairs.visit(seen, date(2026, 3, 30), noticed=True, most=2)
    with pytest.raises(Refusal, match="visited_enough"):
        liaison_pairs.visit(seen, date(2026, 3, 30), noticed=True, most=1)
    with pytest.raises(Refusal, match="without_notice"):
        liaison_pairs.visit([], date(2026, 3, 30), noticed=False, most=1)


def test_a_pair_is_proposed_only_to_who_is_there_and_willing() -> None:
    liaison_pairs.propose(True, False)
    refuses(liaison_pairs.propose, True, True)
    refuses(liaison_pairs.propose, False, False)
    refuses(liaison_pairs.issue, None)


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
