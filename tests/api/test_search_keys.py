"""The keys under which a name is found."""

import pytest

from app.models.search import LONGEST, keys_of


@pytest.mark.parametrize(
    ("name", "typed"),
    [("曾国", "zengguo"), ("曾国", "cengguo"), ("仇和", "qiuhe"), ("仇和", "chouhe"),
     ("单雄", "shanxiong"), ("单雄", "danxiong"), ("仇和", "qh"), ("仇和", "ch"), ("王重", "重")],
)  # fmt: skip
def test_every_reading_of_a_first_character_is_a_key(name: str, typed: str) -> None:
    assert typed in keys_of([name])


def test_the_end_of_a_long_name_is_a_key_too() -> None:
    keys = keys_of(["长" * 150 + "末尾"])
    assert "末尾" in keys
    assert max(map(len, keys)) == LONGEST
