"""Identity numbers (GB 11643). The numbers are computed, of a division that does not exist."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric as oracle

from app.rules.identity_numbers import InvalidNumber, check, check_character, digest

TODAY = date(2026, 3, 31)


def whole(first: str) -> str:
    return first + check_character(first)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("11010519491231002", "X"),  # the standard's own example
        ("44052418800101001", "4"),  # and its other one
    ],
)
def test_the_standards_own_examples(first: str, last: str) -> None:
    assert check_character(first) == last
    assert check(first + last, TODAY) == first + last
    assert oracle.calc_check_digit(first + last) == last


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("11010519491231002", "length"),
        ("110105194912310021", "check"),
        ("110105194912310O2X", "character"),
        (whole("11010519490230002"), "date"),
        (whole("11010520260401002"), "date"),
        (whole("11010518790101002"), "date"),
        ("", "length"),
    ],
)
def test_what_is_no_number_is_refused_and_not_repeated(number: str, code: str) -> None:
    with pytest.raises(InvalidNumber) as refused:
        check(number, TODAY)
    assert refused.value.code == f"identity_number.{code}"
    assert refused.value.facts == {}


def test_the_old_form_and_the_new_one_are_one_person() -> None:
    assert check("110105491231002", TODAY) == "11010519491231002X"
    assert check(" １1010519491231002x ", TODAY) == "11010519491231002X"


@given(st.integers(0, 9**16), st.dates(date(1880, 1, 1), TODAY), st.integers(0, 16))
def test_one_digit_altered_is_always_seen(serial: int, day: date, place: int) -> None:
    number = whole(f"990181{day:%Y%m%d}{serial % 1000:03}")
    other = str((int(number[place]) + 1) % 10)
    with pytest.raises(InvalidNumber):
        check(number[:place] + other + number[place + 1 :], TODAY)


def test_the_digest_needs_the_key() -> None:
    number = "11010519491231002X"
    assert digest(number, b"one") == digest(number, b"one")
    assert digest(number, b"one") != digest(number, b"two")
    assert number not in digest(number, b"one")
