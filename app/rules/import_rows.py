"""What one row of an uploaded sheet says, read without guessing; what is wrong with it, by code."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from app.errors import Refusal
from app.rules import exam_campaigns, identity_numbers
from app.rules.exam_campaigns import AttendanceAct
from app.rules.headings import CODES, Field, Kind
from app.rules.officers import EmploymentType, Status
from app.rules.self_checks import Action

F, E = Field, EmploymentType
EMPLOYMENT: Final = {
    **dict.fromkeys(("公务员", "行政编", "行政编制", "行政"), E.CIVIL_SERVANT),
    **dict.fromkeys(("参公", "参公人员", "参照公务员法管理", "参公编制"), E.REF_CIVIL),
    **dict.fromkeys(("事业编", "事业编制", "事业", "事业人员", "事业编人员"), E.INSTITUTION_STAFF),
    **dict.fromkeys(("合同工", "合同制", "劳动合同"), E.LABOUR_CONTRACT),
    **dict.fromkeys(("临时工", "临聘", "临时人员"), E.TEMPORARY),
    **dict.fromkeys(("聘用", "聘用人员", "聘用制"), E.HIRED),
    **dict.fromkeys(("劳务派遣", "派遣", "派遣人员"), E.DISPATCH),
    **dict.fromkeys(("借调", "借用"), E.SECONDED),
    **dict.fromkeys(("工勤", "工勤人员"), E.WORKER),
}
STANDING: Final = {
    **dict.fromkeys(("在职", "在岗"), Status.ACTIVE),
    **dict.fromkeys(("退休", "已退休"), Status.RETIRED),
    **dict.fromkeys(("调离", "调出", "已调离"), Status.TRANSFERRED),
    **dict.fromkeys(("离职", "辞职"), Status.LEFT),
    **dict.fromkeys(("去世", "已故"), Status.DECEASED),
}
CAME: Final = {
    **dict.fromkeys(("到", "到考", "出勤", "参加", "已到", "√", "是"), AttendanceAct.ATTEND),
    **dict.fromkeys(("缺考", "缺", "缺勤", "未到", "×", "否"), AttendanceAct.MISS),
}
MISSED: Final = {
    **dict.fromkeys(("是", "√", "缺考", "缺"), AttendanceAct.MISS),
    **dict.fromkeys(("否", "×"), AttendanceAct.ATTEND),
}
ACTION: Final = {
    **dict.fromkeys(("清退", "已清退", "辞退"), Action.REMOVED),
    **dict.fromkeys(("转岗", "转辅助岗位", "调整岗位"), Action.TRANSFERRED_TO_SUPPORT),
    **dict.fromkeys(("收回证件", "收证"), Action.CERTIFICATE_RECOVERED),
}
LISTS: Final[Mapping[Field, Mapping[str, StrEnum]]] = {
    F.EMPLOYMENT_TYPE: EMPLOYMENT,
    F.STANDING: STANDING,
    F.ATTENDANCE: CAME,
    F.ABSENT: MISSED,
    F.ACTION: ACTION,
}
PAPERS: Final = (F.GENERAL, F.SPECIAL)
WORDS: Final = (F.UNIT, F.SECTION, F.POST)
NUMBER: Final = re.compile(
    r"(?:[A-Z]{2})?[0-9]{11}"
)  # the national scheme; a ministry's begins with letters
CODE_FAULTS: Final = frozenset({"import_row.certificate_malformed", "import_row.code_is_a_number"})
SCORE_FAULTS: Final = frozenset(
    {
        "exam_result.not_a_score",
        "exam_result.out_of_range",
        "exam_result.too_fine",
        "exam_result.score_and_absent",
        "import_row.score_missing",
    }
)
SPLIT: Final = str.maketrans("", "", " -\u3000\xa0")


@dataclass(frozen=True)
class Entry:
    """A row in the register's terms. A field that the row leaves blank is not in `said`.

    The identity number is for matching only: it is never kept and never shown.
    """

    name: str
    certificate_no: str | None
    identity_no: str | None
    said: Mapping[Field, Any]
    faults: tuple[str, ...] = ()


class Reading:
    """One row on its way to an entry; faults are gathered, the first does not stop the rest."""

    def __init__(self, columns: Mapping[Field, int], cells: Sequence[Any]) -> None:
        self.given = {
            field: cells[at]
            for field, at in columns.items()
            if at < len(cells) and cells[at] is not None
        }
        self.faults: list[str] = []

    def fault(self, refusal: Refusal) -> None:
        self.faults.append(refusal.code)

    def text(self, field: Field) -> str | None:
        value = self.given.get(field)
        if value is None:
            return None
        if not isinstance(value, str):
            if field in CODES:
                self.fault(Refusal("import_row.code_is_a_number"))
                return None
            value = str(value)
        return unicodedata.normalize("NFKC", value) if field in CODES else value.strip()

    def listed(self, field: Field) -> StrEnum | None:
        word = self.text(field)
        found = LISTS[field].get(word) if word is not None else None
        if word is not None and found is None:
            self.fault(Refusal("import_row.word_unknown"))
        return found

    def score(self, field: Field) -> Decimal | None:
        if field not in self.given:
            return None
        try:
            return exam_campaigns.score(str(self.given[field]))
        except Refusal as refusal:
            self.fault(refusal)
            return None

    def count(self, field: Field) -> int | None:
        value = self.given.get(field)
        if value is None:
            return None
        if not str(value).isdecimal():
            self.fault(Refusal("import_row.not_a_count"))
            return None
        return int(str(value))

    def identity(self, on: date) -> str | None:
        if (given := self.text(F.IDENTITY_NO)) is None:
            return None
        try:
            return identity_numbers.check(given, on)
        except Refusal as refusal:
            self.fault(refusal)
            return None

    def certificate(self) -> str | None:
        """As written, without spaces and dashes; a malformed one is kept to be shown."""
        if (given := self.text(F.CERTIFICATE_NO)) is None:
            return None
        folded = given.translate(SPLIT).upper()
        if not NUMBER.fullmatch(folded):
            self.fault(Refusal("import_row.certificate_malformed"))
        return folded


def entry(kind: Kind, columns: Mapping[Field, int], cells: Sequence[Any], on: date) -> Entry:
    reading = Reading(columns, cells)
    name = reading.text(F.NAME) or ""
    if not name:
        reading.fault(Refusal("import_row.name_missing"))
    certificate, identity = reading.certificate(), reading.identity(on)
    said: dict[Field, Any] = {field: reading.text(field) for field in WORDS}
    said |= {field: reading.listed(field) for field in LISTS}
    said |= {field: reading.score(field) for field in PAPERS}
    said[F.ACTS_DONE] = reading.count(F.ACTS_DONE)
    kept = {field: value for field, value in said.items() if value is not None}
    if kind is Kind.SCORES:
        scored(reading, kept)
    if kind is Kind.SELF_CHECK and not {F.EMPLOYMENT_TYPE, F.ACTION} <= kept.keys():
        reading.fault(Refusal("import_row.finding_incomplete"))
    return Entry(name, certificate, identity, kept, tuple(reading.faults))


def scored(reading: Reading, said: Mapping[Field, Any]) -> None:
    """Both papers, or absent: never both, never neither."""
    absent = AttendanceAct.MISS in (said.get(F.ABSENT), said.get(F.ATTENDANCE))
    given = [paper for paper in PAPERS if paper in reading.given]
    if absent and given:
        reading.fault(Refusal("exam_result.score_and_absent"))
    elif not absent and len(given) < len(PAPERS):
        reading.fault(Refusal("import_row.score_missing"))


@dataclass(frozen=True)
class Correction:
    """What a person puts in a row's place; the uploaded file stays as it is."""

    officer_no: str | None = None
    certificate_no: str | None = None
    general: str | None = None
    special: str | None = None
    absent: bool | None = None


def corrected(kind: Kind, entry: Entry, by: Correction) -> Entry:
    """The row with the correction in place; what is put in its place is held to the same rules."""
    cells = {F.CERTIFICATE_NO: by.certificate_no, F.GENERAL: by.general, F.SPECIAL: by.special}
    reading = Reading({field: at for at, field in enumerate(cells)}, list(cells.values()))
    said, certificate = dict(entry.said), reading.certificate() or entry.certificate_no
    if by.absent is not None:
        said[F.ABSENT] = AttendanceAct.MISS if by.absent else AttendanceAct.ATTEND
        said.pop(F.ATTENDANCE, None)
    if by.absent:
        said = {field: value for field, value in said.items() if field not in PAPERS}
    said |= {paper: value for paper in PAPERS if (value := reading.score(paper)) is not None}
    left = set() if by.certificate_no is None and by.officer_no is None else CODE_FAULTS
    kept = [fault for fault in entry.faults if fault not in left | SCORE_FAULTS]
    reading.given |= {paper: said[paper] for paper in PAPERS if paper in said}
    if kind is Kind.SCORES:
        scored(reading, said)
    return replace(entry, certificate_no=certificate, said=said, faults=(*kept, *reading.faults))


RESTORED: Final[Mapping[Field, Callable[[str], Any]]] = {
    F.EMPLOYMENT_TYPE: EmploymentType,
    F.STANDING: Status,
    F.ATTENDANCE: AttendanceAct,
    F.ABSENT: AttendanceAct,
    F.ACTION: Action,
    F.ACTS_DONE: int,
    **dict.fromkeys(PAPERS, Decimal),
}


def stored(said: Mapping[Field, Any]) -> dict[str, str]:
    return {str(field): str(value) for field, value in said.items()}


def restored(said: Mapping[str, str]) -> dict[Field, Any]:
    return {Field(name): RESTORED.get(Field(name), str)(value) for name, value in said.items()}


def attendance_of(said: Mapping[Field, Any]) -> AttendanceAct | None:
    """As the row says it, in either column; two papers with a score were sat."""
    found: AttendanceAct | None = said.get(F.ATTENDANCE) or said.get(F.ABSENT)
    return AttendanceAct.ATTEND if all(paper in said for paper in PAPERS) else found
