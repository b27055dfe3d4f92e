"""Which column of somebody's sheet is what: by its heading, in the words that offices use."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from app.errors import Refusal


class Kind(StrEnum):
    ROSTER = "roster"
    SCORES = "scores"
    ATTENDANCE = "attendance"
    SELF_CHECK = "selfcheck"


class Field(StrEnum):
    NAME = "name"
    CERTIFICATE_NO = "certificate_no"
    IDENTITY_NO = "identity_no"
    UNIT = "unit"
    SECTION = "section"
    POST = "post"
    EMPLOYMENT_TYPE = "employment_type"
    STANDING = "standing"
    GENERAL = "general"
    SPECIAL = "special"
    ATTENDANCE = "attendance"
    ABSENT = "absent"
    ACTS_DONE = "acts_done"
    ACTION = "action"


F = Field
WORDS: Final[Mapping[Field, tuple[str, ...]]] = {
    F.NAME: ("姓名", "人员姓名", "考生姓名", "名字"),
    F.CERTIFICATE_NO: (
        *("执法证号", "证号", "执法证件号", "行政执法证号", "执法证编号", "执法证号码"),
        *("执法证件编号", "行政执法证件号", "证件编号"),
    ),
    F.IDENTITY_NO: ("身份证号", "身份证号码", "公民身份号码", "身份证", "居民身份证号码"),
    F.UNIT: ("单位", "工作单位", "所在单位", "单位名称", "执法单位", "部门"),
    F.SECTION: ("科室", "内设机构", "处室", "所在科室"),
    F.POST: ("岗位", "执法岗位", "职务"),
    F.EMPLOYMENT_TYPE: ("编制性质", "编制", "人员性质", "人员类别", "身份性质", "用工性质"),
    F.STANDING: ("在职状态", "人员状态", "在岗情况"),
    F.GENERAL: ("通用成绩", "通用", "通用知识", "公共法律知识", "通用法律知识", "公共知识"),
    F.SPECIAL: ("专门成绩", "专门", "专业成绩", "专业", "专业知识", "专业法律知识", "专门知识"),
    F.ATTENDANCE: ("出勤", "考勤", "到考情况", "参考情况", "出勤情况", "签到"),
    F.ABSENT: ("缺考", "是否缺考"),
    F.ACTS_DONE: ("参与执法次数", "执法次数", "办案数"),
    F.ACTION: ("处理情况", "处理结果", "处置情况", "清理情况"),
}
FIELDS: Final = {word: field for field, words in WORDS.items() for word in words}
WHO: Final = (F.CERTIFICATE_NO, F.IDENTITY_NO)
NEEDED: Final[Mapping[Kind, tuple[tuple[Field, ...], ...]]] = {
    Kind.ROSTER: ((F.NAME,), WHO),
    Kind.SCORES: ((F.NAME,), WHO, (F.GENERAL,), (F.SPECIAL,)),
    Kind.ATTENDANCE: ((F.NAME,), WHO, (F.ATTENDANCE, F.ABSENT)),
    Kind.SELF_CHECK: ((F.NAME,), (F.EMPLOYMENT_TYPE,), (F.ACTION,)),
}
OFFERED: Final[Mapping[Kind, tuple[Field, ...]]] = {
    Kind.ROSTER: (
        *(F.NAME, F.CERTIFICATE_NO, F.IDENTITY_NO, F.UNIT, F.SECTION, F.POST),
        F.EMPLOYMENT_TYPE,
    ),
    Kind.SCORES: (F.NAME, F.CERTIFICATE_NO, F.IDENTITY_NO, F.UNIT, F.GENERAL, F.SPECIAL, F.ABSENT),
    Kind.ATTENDANCE: (F.NAME, F.CERTIFICATE_NO, F.IDENTITY_NO, F.UNIT, F.ATTENDANCE),
    Kind.SELF_CHECK: (
        *(F.NAME, F.UNIT, F.CERTIFICATE_NO, F.EMPLOYMENT_TYPE, F.ACTS_DONE, F.ACTION),
    ),
}
CODES: Final = frozenset(WHO)  # digits that a number cell would lose
DEEPEST: Final = 20  # titles and notes may stand above the headings
ASIDE: Final = re.compile(r"\(.*?\)|[\s*:、.]")


def folded(heading: str) -> str:
    """Without what is said in brackets, spaces and the asterisk of a required column."""
    return ASIDE.sub("", unicodedata.normalize("NFKC", heading))


def columns_in(cells: Sequence[Any]) -> dict[Field, int] | None:
    """The known columns of a row of headings; nothing when the row is none."""
    found: dict[Field, int] = {}
    for at, cell in enumerate(cells):
        field = FIELDS.get(folded(cell)) if isinstance(cell, str) else None
        if field in found:
            raise Refusal("spreadsheet.column_twice", column=field)
        if field is not None:
            found[field] = at
    return found if F.NAME in found and len(found) > 1 else None


def complete(kind: Kind, columns: Mapping[Field, int]) -> None:
    """Every column that an import of this kind cannot do without."""
    for either in NEEDED[kind]:
        if not any(field in columns for field in either):
            raise Refusal("spreadsheet.column_missing", column=either[0])
