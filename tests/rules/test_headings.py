"""A column is known by its heading, in any of the words that offices use for it."""

import pytest

from app.errors import Refusal
from app.rules.headings import Field, Kind, columns_in, complete

ROSTER = ["序号", "姓 名*", "执法证号（11位）", "身份证号码", "工作单位", "人员性质"]
SCORES = ["姓名", "证号", "通用", "专门", "缺考"]


def test_headings_are_known_by_their_synonyms() -> None:
    found = columns_in(ROSTER)
    assert found == {
        Field.NAME: 1,
        Field.CERTIFICATE_NO: 2,
        Field.IDENTITY_NO: 3,
        Field.UNIT: 4,
        Field.EMPLOYMENT_TYPE: 5,
    }
    complete(Kind.ROSTER, found)


@pytest.mark.parametrize("row", [["2025年执法人员名册"], ["姓名"], [1, None], ["单位", "证号"]])
def test_a_title_is_no_row_of_headings(row: list[object]) -> None:
    assert columns_in(row) is None


def test_a_column_that_stands_twice_is_refused() -> None:
    with pytest.raises(Refusal, match=r"spreadsheet\.column_twice"):
        columns_in(["姓名", "证号", "执法证号"])


@pytest.mark.parametrize("left_out", ["证号", "通用", "专门"])
def test_a_score_file_without_a_needed_column_is_refused(left_out: str) -> None:
    found = columns_in([word for word in SCORES if word != left_out])
    assert found is not None
    with pytest.raises(Refusal, match=r"spreadsheet\.column_missing"):
        complete(Kind.SCORES, found)
