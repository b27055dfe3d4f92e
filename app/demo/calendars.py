"""The city's divisions, its working days as announced, and the periods that the law sets."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from app.acts import calendars as acts
from app.acts.desk import Desk
from app.demo.city import DIVISION, City, DayOfActs
from app.models.divisions import AdministrativeDivision
from app.rules.workdays import DayKind

FOUNDED: Final = date(2025, 8, 18)
ABOVE: Final = (
    ("990000", "虚构省", "province", None),
    ("990100", "澜州市", "prefecture", "990000"),
    (DIVISION, "澜川市", "county", "990100"),
)
HOLIDAYS: Final = {
    2025: ("0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008", "0126 0208 0427 0928 1011"),
    2026: (
        "0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007",
        "0104 0214 0228 0509 0920 1010",
    ),
}
NOTICES: Final = {2025: "国办发明电〔2024〕12号", 2026: "国办发明电〔2025〕7号"}
WD, ND, M = "working_day", "natural_day", "month"
PARAMETERS: Final = (
    ("permit.correction_notice", 5, WD, "行政许可法第三十二条、第八十二条", "V"),
    ("permit.decision", 20, WD, "行政许可法第四十二条、第八十二条", "V"),
    ("permit.extension", 10, WD, "行政许可法第四十二条", "V"),
    ("permit.joint", 45, WD, "行政许可法第二十六条、第四十二条", "V"),
    ("permit.joint_extension", 15, WD, "行政许可法第四十二条", "V"),
    ("permit.preliminary_review", 20, WD, "行政许可法第四十三条", "V"),
    ("permit.delivery", 10, WD, "行政许可法第四十四条", "V"),
    ("permit.renewal", 30, ND, "行政许可法第五十条", "V"),
    ("permit.site_check_staff", 2, "person", "行政许可法第三十四条", "V"),
    ("penalty.officers", 2, "person", "行政处罚法第四十二条", "V"),
    ("credential.validity", 60, M, "地方执法证件管理规定", "L"),
    ("officer.recovery", 5, WD, "地方执法证件管理规定", "D"),
    ("exam.pass_mark", 60, "point", "执法人员资格考试方案", "L"),
    ("suspension.objection", 5, WD, "执法人员资格管理办法", "D"),
    ("suspension.appeal", 10, WD, "执法人员资格管理办法", "L"),
    ("suspension.second_filing", 15, ND, "参照公务员法第九十五条", "V"),
    ("suspension.appeal_decision", 30, ND, "参照公务员法第九十五条", "V"),
    ("suspension.appeal_extension", 30, ND, "执法人员资格管理办法", "D"),
    ("suspension.second_appeal", 60, ND, "参照公务员法第九十六条", "V"),
    ("suspension.typed_count", 10, "person", "执法人员资格管理办法", "D"),
    ("exam.retake", 1, "time", "执法人员资格考试方案", "L"),
    ("exam.proof", 3, WD, "执法人员资格考试方案", "D"),
    ("reinstatement.hours", 24, "hour", "执法人员资格管理办法", "D"),
    ("self_check.report", 15, WD, "执法人员资格管理办法", "D"),
    ("liaison.handover", 10, WD, "澜政办〔2025〕27号", "D"),
    ("liaison.visits", 1, "per_month", "优化营商环境条例第四十八条", "V"),
    ("request.triage", 1, WD, "企业诉求办理规定", "L"),
    ("request.dispatch", 3, WD, "企业诉求办理规定", "L"),
    ("request.lead", 7, WD, "企业诉求办理规定", "L"),
    ("info.publish", 20, WD, "政府信息公开条例第二十六条", "V"),
)


def days(city: City) -> Iterator[DayOfActs]:
    yield FOUNDED, lambda: found(city)


def found(city: City) -> None:
    with city.day(FOUNDED, "市政府办公室") as desk:
        enter_divisions(desk, city)
        for year, (off, makeup) in HOLIDAYS.items():
            holidays = [(day, DayKind.HOLIDAY, "节假日") for day in span(year, off)]
            worked = [(day, DayKind.MAKEUP_WORKDAY, "调休上班") for day in span(year, makeup)]
            acts.load_year(desk, year, NOTICES[year], [*holidays, *worked])
        acts.load_year(desk, 2027, None, [])
        for key, value, unit, basis, tag in PARAMETERS:
            facts = {"key": key, "value": value, "unit": unit, "basis": basis, "tag": tag}
            acts.set_parameter(desk, {**facts, "effective_from": date(2020, 1, 1)})


def enter_divisions(desk: Desk, city: City) -> None:
    towns = [(each["code"], each["name"], "township", DIVISION) for each in city.more["townships"]]
    for code, name, level, parent in (*ABOVE, *towns):
        facts = {"code": code, "name": name, "level": level, "parent_code": parent}
        desk.add(AdministrativeDivision(**facts, valid_from=date(2020, 1, 1)))
        desk.note("division.entered", code, name=name)


def span(year: int, text: str) -> Iterator[date]:
    for part in text.split():
        first, _, last = part.partition("-")
        day, end = moment(year, first), moment(year, last or first)
        while day <= end:
            yield day
            day += timedelta(days=1)


def moment(year: int, text: str) -> date:
    return date(year, int(text[:2]), int(text[2:]))
