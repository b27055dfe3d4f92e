"""Divisions, calendar, units, their powers, their reviews and their permits."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from sqlmodel import col, select

from app.acts import calendars, departments, permits
from app.acts.desk import Desk
from app.demo import catalogue
from app.demo.city import DIVISION, City
from app.demo.people import names
from app.models.departments import Department
from app.models.divisions import AdministrativeDivision
from app.models.posts import Post, PostHolding
from app.models.power_items import PowerCategory, PowerItem
from app.models.qualification_reviews import QualificationReview
from app.rules.departments import Basis, ReviewAct
from app.rules.power_items import LEGACY13
from app.rules.workdays import DayKind

FOUNDED: Final = date(2025, 8, 18)
ANNOUNCED: Final = date(2025, 9, 12)
NOTICE_NO: Final = "澜政公告〔2025〕6号"
AUTHORISED: Final = {"32": "13", "33": "15", "34": "15", "35": "15"}
PARENTS: Final = {
    **AUTHORISED, "36": "09", "37": "08", "38": "11", "40": "01", "41": "09", "42": "11", "43": "12",
    "44": "12", "45": "14", "46": "11", "47": "17", "48": "15", "49": "05", "50": "18", "52": "17",
    "53": "13", "54": "08",
}  # fmt: skip
SHORT: Final = {
    "01": "发改局", "02": "教体局", "03": "工信局", "08": "人社局", "09": "自然资源局", "11": "住建局",
    "12": "城管局", "15": "农业农村局", "17": "文旅局", "18": "卫健局", "20": "市场监管局",
}  # fmt: skip
BASIS: Final = [
    {"document": "中华人民共和国行政处罚法", "article": "第十七条", "level": "law"},
    {"document": "中华人民共和国行政许可法", "article": "第二十二条", "level": "law"},
]
DIVISIONS: Final = (
    ("990000", "虚构省", "province", None),
    ("990100", "澜州市", "prefecture", "990000"),
    ("990181", "澜川市", "county", "990100"),
    ("990181001", "青石街道", "township", "990181"),
    ("990181002", "清渠街道", "township", "990181"),
    ("990181003", "北麓镇", "township", "990181"),
    ("990181004", "云杼镇", "township", "990181"),
)
HOLIDAYS: Final = {
    2025: ("0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008", "0126 0208 0427 0928 1011"),
    2026: (
        "0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007",
        "0104 0214 0228 0509 0920 1010",
    ),
}
NOTICES: Final = {2025: "国办发明电〔2024〕12号", 2026: "国办发明电〔2025〕7号"}
PARAMETERS: Final = (
    ("permit.decision", 20, "working_day", "行政许可法第四十二条", "V"),
    ("permit.correction_notice", 5, "working_day", "行政许可法第三十二条", "V"),
    ("permit.delivery", 10, "working_day", "行政许可法第四十四条", "V"),
    ("liaison.handover", 10, "working_day", "对口联系通知", "D"),
    ("credential.validity", 5, "year", "行政执法证件管理规定", "L"),
)


def span(year: int, text: str) -> Iterator[date]:
    for part in text.split():
        first, _, last = part.partition("-")
        day, end = moment(year, first), moment(year, last or first)
        while day <= end:
            yield day
            day += timedelta(days=1)


def moment(year: int, text: str) -> date:
    return date(year, int(text[:2]), int(text[2:]))


def load_calendar(city: City) -> None:
    with city.day(FOUNDED, "市政府办公室") as desk:
        for code, name, level, parent in DIVISIONS:
            row = AdministrativeDivision(
                code=code, name=name, level=level, parent_code=parent, valid_from=date(2020, 1, 1)
            )
            desk.add(row)
            desk.note("division.entered", code, name=name)
        for year, (off, makeup) in HOLIDAYS.items():
            holidays = [(day, DayKind.HOLIDAY, "节假日") for day in span(year, off)]
            worked = [(day, DayKind.MAKEUP_WORKDAY, "调休上班") for day in span(year, makeup)]
            calendars.load_year(desk, year, NOTICES[year], [*holidays, *worked])
        calendars.load_year(desk, 2027, None, [])
        for key, value, unit, basis, tag in PARAMETERS:
            facts = {"key": key, "value": value, "unit": unit, "basis": basis, "tag": tag}
            calendars.set_parameter(desk, {**facts, "effective_from": date(2020, 1, 1)})


def kind_of(unit: dict[str, Any]) -> str:
    """The four authorised organisations are public institutions by kind (model B4.2)."""
    return "public_institution" if unit["kind"] == "authorized_org" else str(unit["kind"])


def load_units(city: City) -> dict[str, Department]:
    found = {}
    called = names()
    with city.day(FOUNDED, "市委编办") as desk:
        desk.session.expire_on_commit = False
        for unit in city.data["units"]:
            found[unit["code"]] = load_unit(desk, unit, next(called))
    return found


def load_unit(desk: Desk, unit: dict[str, Any], head: str) -> Department:
    code = unit["code"]
    facts = {
        "name": unit["name"],
        "short_name": SHORT.get(code, unit["name"].removeprefix("澜川市")),
        "since": date(2020, 1, 1),
        "uscc": unit["uscc"],
        "kind": kind_of(unit),
        "parent_code": PARENTS.get(code),
        "address": f"澜川市清渠路{int(code) * 2}号",
        "service_phone": f"0199-660-01{code}",
        "supervision_phone": "0199-660-0612",
        "work_hours": "工作日 8:30–12:00，14:30–18:00",
    }
    made = departments.register(desk, DIVISION, code, facts)
    post = desk.add(
        Post(
            code=f"{DIVISION}-{code}-01",
            department_id=made.id,
            title="主要负责人",
            title_en="Head of unit",
            is_first_responsible=True,
            valid_from=desk.today,
        )
    )
    desk.add(
        PostHolding(
            post_id=post.id or 0, person_code=f"H{code}", person_name=head, valid_from=desk.today
        )
    )
    desk.note("post.taken", post.code, title=post.title, holder=head)
    return made


def load_powers(city: City, units: dict[str, Department]) -> None:
    """Enter every power item as it was exercised: 14 of them by bodies without the right."""
    wrong = {name: code for code, held in city.data["handover_items"].items() for name in held}
    with city.day(FOUNDED + timedelta(days=1), "市司法局") as desk:
        for code, name, national in LEGACY13:
            desk.add(PowerCategory(scheme="legacy13", code=code, name=name, national_code=national))
            desk.note("power_category.entered", code, name=name)
        for entry in city.data["permits"]:
            facts = catalogue.permit(entry)
            facts["category"] = "L02" if entry["type"] == "行政审批" else "L01"
            body = units[entry["unit"]]
            permits.enter_power(
                desk, body, units[wrong.get(entry["name"], entry["unit"])], facts, None
            )
        bodies = city.data["enforcement_bodies"]
        for facts in catalogue.power_items(city.data["other_power_items"], bodies):
            permits.enter_power(desk, units[facts["unit"]], units[facts["unit"]], facts, None)


def basis_of(code: str) -> Basis:
    return Basis.AUTHORIZED_ORG if code in AUTHORISED else Basis.STATUTORY_ORGAN


def load_reviews(city: City, units: dict[str, Department]) -> None:
    """44 reviews: 35 confirmed and announced, nine corrected after their items changed hands."""
    opened: dict[str, QualificationReview] = {}
    wrong = city.data["non_admin_bodies"]
    with city.day(FOUNDED + timedelta(days=2), "市司法局") as desk:
        desk.session.expire_on_commit = False
        for code in [*city.data["enforcement_bodies"], *wrong]:
            kind, basis = (Basis.NONE, []) if code in wrong else (basis_of(code), BASIS)
            opened[code] = departments.open_review(desk, units[code], kind, basis)
            departments.move(desk, units[code], opened[code], ReviewAct.EXAMINE)
    with city.day(date(2025, 9, 5), "市司法局") as desk:
        for code in city.data["enforcement_bodies"]:
            review = desk.session.merge(opened[code])
            departments.confirm(desk, units[code], review, [norm["level"] for norm in BASIS])
            opened[code] = review
        for code, facts in wrong.items():
            review = desk.session.merge(opened[code])
            competent = units[facts["competent"]]
            departments.correct(desk, units[code], review, competent, facts["behaviour"])
        desk.session.expire_on_commit = False
    with city.day(ANNOUNCED, "市政府办公室") as desk:
        for code in city.data["enforcement_bodies"]:
            departments.announce(desk, units[code], desk.session.merge(opened[code]), NOTICE_NO)


def load_permits(city: City, units: dict[str, Department]) -> None:
    """219 items through draft, legal check, limit check and publication."""
    by_unit: dict[str, list[dict[str, Any]]] = {}
    for entry in city.data["permits"]:
        by_unit.setdefault(entry["unit"], []).append(entry)
    for code, entries in by_unit.items():
        with city.day(date(2025, 9, 15), "市司法局") as desk:
            for entry in entries:
                load_permit(desk, units[code], catalogue.permit(entry))
        city.progress(f"permits of unit {code}")
    revise_food_permit(city, units["20"])


def load_permit(desk: Desk, unit: Department, facts: dict[str, Any]) -> None:
    if facts["name"] == "食品经营许可":
        facts = {**facts, "promised_limit": 7, "steps": catalogue.steps_of(7)}
    power = desk.session.exec(select(PowerItem).where(col(PowerItem.code) == facts["code"])).one()
    item = permits.draft(desk, power, facts)
    permits.submit(desk, item, facts)
    permits.pass_legal_check(desk, item, facts)
    permits.publish(desk, item, unit, facts, maker=f"{unit.code}单位承办人")


def revise_food_permit(city: City, unit: Department) -> None:
    entry = next(e for e in city.data["permits"] if e["name"] == "食品经营许可")
    from app.models.permits import PermitItem

    with city.day(date(2026, 3, 30), "市行政服务中心") as desk:
        item = desk.one(PermitItem, code=entry["code"])
        note = "承诺期限由7个工作日改为5个工作日：现场核查与受理同日安排。"
        facts = {**catalogue.permit(entry), "public_note": note}
        permits.revise(desk, item, unit, facts, maker="市市场监督管理局")
