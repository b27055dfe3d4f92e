import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as oracle

from app.rules.uscc import ALPHABET, InvalidCode, check, complete, organisation_check

DATA = json.loads((Path(__file__).parents[2] / "app/demo/lanchuan/city.json").read_text("utf-8"))
CODES = [each["uscc"] for each in [*DATA["units"], *DATA["enterprises"]]]
GOOD = "91990181MAA012372A"


def test_every_code_of_the_demo_city_checks() -> None:
    assert [check(code) for code in CODES] == CODES


def test_the_library_agrees_where_it_can() -> None:
    assert all(oracle.is_valid(code) for code in CODES if code[0] not in "ANY")


@pytest.mark.parametrize(
    ("twin", "code"),
    [
        (GOOD[:-1] + "B", "uscc.check"),
        (GOOD[:12] + GOOD[13] + GOOD[12] + GOOD[14:], "uscc.organisation_check"),
        (GOOD[:12] + "I" + GOOD[13:], "uscc.character"),
        (GOOD[:12] + "O" + GOOD[13:], "uscc.character"),
        (GOOD[:12] + "S" + GOOD[13:], "uscc.character"),
        (GOOD[:12] + "V" + GOOD[13:], "uscc.character"),
        (GOOD[:12] + "Z" + GOOD[13:], "uscc.character"),
        (GOOD[:-1], "uscc.length"),
    ],
)
def test_twins_are_refused(twin: str, code: str) -> None:
    with pytest.raises(InvalidCode) as refused:
        check(twin)
    assert refused.value.code == code


def test_full_width_and_small_letters_are_folded() -> None:
    assert check(" ９1990181maa012372a ") == GOOD


@given(st.text(ALPHABET, min_size=8, max_size=8), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_character_altered_is_always_seen(organisation: str, place: int, other: str) -> None:
    body = "91990181" + organisation
    code = complete(body + organisation_check(organisation))
    assert check(code) == code
    assert oracle.calc_check_digit(code[:17]) == code[17]
    if other != code[place]:
        with pytest.raises(InvalidCode):
            check(code[:place] + other + code[place + 1 :])
