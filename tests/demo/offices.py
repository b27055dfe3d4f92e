"""The spreadsheets that 35 offices of the demo city sent in 2025, with the troubles they had.

Written once into the demo by `python -m tests.demo.offices`; a test says when they are behind.
"""

import csv
import io
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from app.demo import people
from app.demo.city import FILES, read
from app.demo.exam import MAIN, Roster
from app.demo.officers import SECOND, WITHOUT
from app.demo.registry import kind_of
from app.demo.self_checks import FOUND, WITH_CARD
from app.rules.exam_campaigns import Paper
from app.rules.officers import EmploymentType
from tests.spreadsheets import files

ROOM: Final = FILES / "exam2025"
Sheet = list[Sequence[Any]]
TROUBLES: Final = {
    "malformed": 6, "anothers": 3, "misspelt": 5, "blank": 4, "spaced": 6, "twice": 21, "moved": 9,
}  # fmt: skip
GONE: Final = ("退休", "调离")
WORDS: Final = {
    EmploymentType.CIVIL_SERVANT: "公务员",
    EmploymentType.INSTITUTION_STAFF: "事业编",
    EmploymentType.TEMPORARY: "临时工",
    EmploymentType.LABOUR_CONTRACT: "合同工",
    EmploymentType.HIRED: "聘用",
}
LISTED: Final = ("禹树", "仝若", "晏筠", "谌书", "郜远", "佟清", "蒯松")
HEADS: Final = (
    ("序号", "姓名", "执法证号", "单位", "人员性质", "科室", "在职状态"),
    ("序号", "人员姓名", "执法证件号", "工作单位", "编制性质", "内设机构", "人员状态"),
    ("序号", "姓 名", "行政执法证号*", "所在单位(全称)", "身份性质", "所在科室", "在岗情况"),
)
FORMS: Final = ("xlsx", "csv", "xlsx", "ods", "gb", "xls", "xlsx")


class Person(NamedTuple):
    officer_no: str
    name: str
    number: str
    unit: str
    employment: str


def everybody() -> tuple[list[Person], Iterator[str]]:
    """The officers as the demo enrols them, and the names that come after theirs."""
    city, called, found = read("city.json"), people.names(), []
    kinds = {unit["code"]: kind_of(unit) for unit in city["units"]}
    for unit, count in sorted(city["officers_by_unit"].items()):
        for each in people.officers(unit, kinds[unit], count, called):
            number = "" if each["officer_no"] == WITHOUT else each["certificate_no"]
            told = (each["officer_no"], each["name"], number, unit, each["employment_type"])
            found.append(Person(*told))
    return found, called


def shared(persons: Sequence[Person]) -> dict[str, list[Person]]:
    groups = defaultdict(list)
    for each in persons:
        groups[each.name].append(each)
    return {name: some for name, some in groups.items() if len(some) > 1}


def namesakes(persons: Sequence[Person]) -> set[str]:
    """17 groups, 36 persons: two groups within a unit, two of three persons, the rest pairs."""
    groups = [some for some in shared(persons).values() if not {*map(own, some)} & apart()]
    within = [some for some in groups if len({each.unit for each in some}) < len(some)]
    threes = [some for some in groups if len(some) == 3]
    pairs = [some for some in groups if len(some) == 2 and some not in within]
    return {each.officer_no for some in (*within, *threes[:2], *pairs[:13]) for each in some}


def own(person: Person) -> str:
    return person.officer_no


def apart() -> set[str]:
    return {WITHOUT, *(f"LC{unit}00001" for unit in SECOND)}


def chosen(persons: Sequence[Person]) -> dict[str, str]:
    """Whose row has which trouble; each of these has a name of their own."""
    doubled, chance = shared(persons), Random(people.SEURAT)
    alone = [each for each in persons if each.name not in doubled and own(each) not in apart()]
    kinds = [kind for kind, count in TROUBLES.items() for _ in range(count)]
    chance.shuffle(kinds)
    return {own(each): kind for each, kind in zip(alone[::20], kinds, strict=False)}


def rosters() -> dict[str, Sheet]:
    """A list a unit: 1,263 rows in 35 lists."""
    persons, called = everybody()
    troubles, doubled = chosen(persons), namesakes(persons)
    units = sorted({each.unit for each in persons})
    after = dict(pairwise([*units, units[0]]))
    names = {each.name for each in persons}
    lists: dict[str, Sheet] = {unit: [] for unit in units}
    for at, each in enumerate(persons):
        rows = [row_of(each)]
        if own(each) in doubled or own(each) == WITHOUT:
            rows[0][2] = None
        elif kind := troubles.get(own(each)):
            trouble(kind, rows, persons[at + 1], names)
            if kind == "moved":  # the unit that they came from still lists them
                lists[after[each.unit]].append([*rows[0][:3], after[each.unit], *rows[0][4:]])
        lists[each.unit] += rows
    for name in LISTED:
        unit = next(code for code, found in FOUND.items() if name in [one[0] for one in found])
        kind = next(one[1] for one in FOUND[unit] if one[0] == name)
        lists[unit].append([None, name, None, unit, WORDS[kind], "执法科", "在岗"])
    strangers = (name for name in called if name not in names)
    for n, (unit, name) in enumerate(zip(units[3::4], strangers, strict=False)):
        lists[unit].append([None, name, None, unit, "公务员", "执法科", GONE[n % 2]])
    return lists


def row_of(each: Person) -> list[Any]:
    kind = WORDS[EmploymentType(each.employment)]
    return [None, each.name, each.number, each.unit, kind, "执法科", "在岗"]


def trouble(kind: str, rows: list[list[Any]], other: Person, names: set[str]) -> None:
    (row,) = rows
    name, number = str(row[1]), str(row[2])
    if kind == "malformed":
        spoilt = (number[:-1], number.replace("0", "O", 1), f"{int(number):.5E}")
        row[2] = spoilt[int(number) % 3]
    elif kind == "anothers":
        row[2] = other.number
    elif kind == "misspelt":
        row[1] = next(name[:-1] + c for c in people.GIVEN if name[:-1] + c not in names)
    elif kind == "blank":
        row[2] = None
    elif kind == "spaced":
        row[1] = name[0] + "\u3000" + name[1:]
    elif kind == "twice":
        rows.append(list(row))


def points(chance: Random, *, passes: bool) -> dict[Paper, Decimal]:
    """Half points; whoever fails does so in one paper at least."""
    good = {paper: Decimal(chance.randrange(120, 197)) / 2 for paper in Paper}
    if passes:
        return good
    return {**good, chance.choice(list(Paper)): Decimal(chance.randrange(70, 120)) / 2}


class Exam:
    """What each person got, and the sheets of each session."""

    def __init__(self) -> None:
        self.persons, _ = everybody()
        self.roster = roster = Roster(read("city.json"))
        chance = Random(people.SEURAT)
        bad = {*roster.failed, *roster.passed_later, roster.remarked} - {roster.annulled}
        self.gone = {*roster.absent, *roster.excused, *roster.on_mission}
        self.scores = {
            own(each): points(chance, passes=own(each) not in bad)
            for each in self.persons
            if own(each) not in {*self.gone, *roster.put_off}
        }
        good = {*roster.passed_later, *roster.excused, *roster.put_off}
        wanted = {*good, *roster.failed, roster.remarked} - {*roster.still_deferred}
        self.again = {
            own(each): points(chance, passes=own(each) in good)
            for each in self.persons
            if own(each) in wanted
        }
        self.again[roster.remarked] = {Paper.GENERAL: Decimal(58), Paper.SPECIAL: Decimal(66)}

    def seated(self, n: int) -> list[Person]:
        listed = [each for at, each in enumerate(self.persons) if at % len(MAIN) == n]
        return [each for each in listed if own(each) not in self.roster.put_off]

    def attendance(self, n: int) -> Sheet:
        rows = [
            [
                each.name,
                each.number or None,
                each.unit,
                "缺考" if own(each) in self.gone else "到考",
            ]
            for each in self.seated(n)
        ]
        return [("姓名", "执法证号", "单位", "到考情况"), *rows]

    def marked(self, n: int) -> Sheet:
        """Who came; in the first sheet also what two markers got wrong about three persons."""
        rows = [scored(each, self.scores) for each in self.seated(n) if own(each) in self.scores]
        if n == 0:
            rows[40][3] = 105
            away = [each for each in self.seated(n) if own(each) in self.roster.absent]
            rows += [[away[0].name, away[0].number, away[0].unit, "缺", "缺"]]
            rows += [[away[1].name, away[1].number, away[1].unit, 71, 64.5]]
        return [("考生姓名", "执法证号", "单位", "通用成绩", "专门成绩"), *rows]

    def makeup(self) -> Sheet:
        rows = [scored(each, self.again) for each in self.persons if own(each) in self.again]
        return [("考生姓名", "执法证号", "单位", "通用成绩", "专门成绩"), *rows]


def scored(each: Person, scores: dict[str, dict[Paper, Decimal]]) -> list[Any]:
    told = [float(scores[own(each)][paper]) for paper in (Paper.GENERAL, Paper.SPECIAL)]
    return [each.name, each.number or None, each.unit, *told]


def found_in(unit: str) -> Sheet:
    rows = [
        [name, WITH_CARD[2] if name == WITH_CARD[3] else None, WORDS[kind], signed, "清退"]
        for name, kind, signed in FOUND[unit]
    ]
    return [("姓名", "执法证号", "人员性质", "参与执法次数", "处理情况"), *rows]


def headed(unit: str, rows: Sheet) -> Sheet:
    at = int(unit)
    numbered = [[n, *row[1:]] for n, row in enumerate(rows, 1)]
    title = [["2025年行政执法人员资格考核参考人员名册"]] if at % 2 else []
    return [*title, HEADS[at % len(HEADS)], *numbered]


def every() -> dict[str, Sheet]:
    """Each file's place and rows; the ending says how it is written."""
    exam = Exam()
    found: dict[str, Sheet] = {}
    for at, (unit, rows) in enumerate(rosters().items()):
        found[f"rosters/{unit}.{FORMS[at % len(FORMS)]}"] = headed(unit, rows)
    for n in range(len(MAIN)):
        found[f"attendance/{n + 1}.xlsx"] = exam.attendance(n)
        found[f"scores/{n + 1}.xlsx"] = exam.marked(n)
    found["scores/4.xlsx"] = exam.makeup()
    found |= {f"self_checks/{unit}.xlsx": found_in(unit) for unit in sorted(FOUND)}
    return found


def xlsx(rows: Sheet) -> bytes:
    """The same bytes whenever it is written."""
    out = io.BytesIO()
    with Workbook(out) as book:
        book.set_properties({"created": datetime(2025, 9, 17)})  # noqa: DTZ001  no zone in a file
        sheet = book.add_worksheet("Sheet1")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return out.getvalue()


def text(rows: Sheet, encoding: str) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def as_words(rows: Sheet) -> list[list[str]]:
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def written(form: str, rows: Sheet) -> bytes:
    if form == "xlsx":
        return xlsx(rows)
    if form == "xls":
        return files.xls(as_words(rows))
    if form == "ods":
        return files.ods(as_words(rows))
    return text(rows, "gb18030" if form == "gb" else "utf-8-sig")


def place(name: str) -> Path:
    return ROOM / name.replace(".gb", ".csv")


def main() -> None:
    shutil.rmtree(ROOM, ignore_errors=True)
    for name, rows in every().items():
        place(name).parent.mkdir(parents=True, exist_ok=True)
        place(name).write_bytes(written(name.rpartition(".")[2], rows))


if __name__ == "__main__":
    main()
