"""Units, their powers, and the reviews of who may use them in their own name."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from app.acts import departments, permits, posts
from app.acts.desk import Desk
from app.demo import catalogue
from app.demo.calendars import FOUNDED
from app.demo.city import DIVISION, City, DayOfActs
from app.demo.people import names
from app.models.departments import Department
from app.models.posts import Post, PostHolding
from app.models.power_items import PowerCategory
from app.models.qualification_reviews import QualificationReview
from app.rules.departments import Basis, ReviewAct
from app.rules.power_items import LEGACY13

ENTERED: Final = date(2025, 8, 19)
OPENED: Final = date(2025, 8, 20)
DECIDED: Final = date(2025, 9, 5)
ANNOUNCED: Final = date(2025, 9, 12)
NOTICE_NO: Final = "澜政公告〔2025〕6号"
AUTHORISED: Final = {"32": "13", "33": "15", "34": "15", "35": "15"}
PARENTS: Final = {
    **AUTHORISED, "36": "09", "37": "08", "38": "11", "40": "01", "41": "09", "42": "11", "43": "12",
    "44": "12", "45": "14", "46": "11", "47": "17", "48": "15", "49": "05", "50": "18", "52": "17",
    "53": "13", "54": "08",
}  # fmt: skip
HEADS: Final = (
    ("局", "局长", "Director"), ("分局", "局长", "Director"), ("大队", "大队长", "Chief"),
    ("站", "站长", "Head of station"), ("所", "所长", "Head of institute"),
    ("中心", "主任", "Director of centre"), ("办公室", "主任", "Director of office"),
    ("处", "处长", "Head of division"), ("联合会", "理事长", "Chair"), ("电视台", "台长", "Director"),
)  # fmt: skip
WORK_HOURS: Final = "工作日 8:30–12:00，14:30–18:00"


def days(city: City) -> Iterator[DayOfActs]:
    reviews: dict[str, QualificationReview] = {}
    yield FOUNDED, lambda: load_units(city)
    yield ENTERED, lambda: load_powers(city)
    yield OPENED, lambda: open_reviews(city, reviews)
    yield DECIDED, lambda: decide_reviews(city, reviews)
    yield ANNOUNCED, lambda: announce_bodies(city, reviews)


def kind_of(unit: dict[str, Any]) -> str:
    """The four authorised organisations are public institutions by kind (model B4.2)."""
    return "public_institution" if unit["kind"] == "authorized_org" else str(unit["kind"])


def load_units(city: City) -> None:
    called = names()
    with city.day(FOUNDED, "市委编办") as desk:
        for unit in city.data["units"]:
            told = city.more["units"][unit["code"]]
            made = load_unit(desk, unit, told)
            load_head(desk, made, unit, next(called))
            city.units[made.code] = made


def load_unit(desk: Desk, unit: dict[str, Any], told: dict[str, Any]) -> Department:
    facts = {
        **{name: told[name] for name in ("name_en", "short_name", "former_names", "address")},
        **{name: told[name] for name in ("service_phone", "supervision_phone")},
        "name": unit["name"],
        "since": date(2020, 1, 1),
        "uscc": unit["uscc"],
        "kind": kind_of(unit),
        "parent_code": PARENTS.get(unit["code"]),
        "work_hours": WORK_HOURS,
    }
    return departments.register(desk, DIVISION, unit["code"], facts)


def head_of(unit: str) -> tuple[str, str]:
    """What the head of a unit of this name is called, in Chinese and in English."""
    plain = unit.partition("(")[0]
    return next((zh, en) for ending, zh, en in HEADS if plain.endswith(ending))


def load_head(desk: Desk, unit: Department, facts: dict[str, Any], name: str) -> None:
    """Exactly one first responsible person (A43)."""
    title, title_en = head_of(facts["name"])
    post = Post(
        code=f"{DIVISION}-{unit.code}-01",
        department_id=unit.id,
        title=title,
        title_en=title_en,
        is_first_responsible=True,
        valid_from=desk.today,
    )
    held: dict[str, Any] = {"person_code": f"H{unit.code}", "person_name": name}
    desk.add(PostHolding(post_id=desk.add(post).id or 0, valid_from=desk.today, **held))
    desk.note("post.taken", post.code, title=post.title, holder=name)


def load_powers(city: City) -> None:
    """Enter every power item as it was exercised: 14 of them by bodies without the right."""
    wrong = {name: code for code, held in city.data["handover_items"].items() for name in held}
    with city.day(ENTERED, "市司法局") as desk:
        for code, name, national in LEGACY13:
            desk.add(PowerCategory(scheme="legacy13", code=code, name=name, national_code=national))
            desk.note("power_category.entered", code, name=name)
        for entry in city.data["permits"]:
            facts = catalogue.permit(entry, city.permits[entry["code"]])
            facts["category"] = "L02" if entry["type"] == "行政审批" else "L01"
            body, by = entry["unit"], wrong.get(entry["name"], entry["unit"])
            permits.enter_power(desk, city.units[body], city.units[by], facts, None)
        for facts in catalogue.power_items(city.power_items):
            body = city.units[facts["unit"]]
            permits.enter_power(desk, body, body, facts, None)


def basis_of(code: str) -> Basis:
    return Basis.AUTHORIZED_ORG if code in AUTHORISED else Basis.STATUTORY_ORGAN


def open_reviews(city: City, opened: dict[str, QualificationReview]) -> None:
    """44 reviews: 35 will be confirmed and announced, nine corrected."""
    wrong = city.data["non_admin_bodies"]
    with city.day(OPENED, "市司法局") as desk:
        for code in [*city.data["enforcement_bodies"], *wrong]:
            norms = [] if code in wrong else city.more["units"][code]["basis"]
            kind = Basis.NONE if code in wrong else basis_of(code)
            opened[code] = departments.open_review(desk, city.units[code], kind, norms)
            departments.move(desk, city.units[code], opened[code], ReviewAct.EXAMINE)


def decide_reviews(city: City, opened: dict[str, QualificationReview]) -> None:
    with city.day(DECIDED, "市司法局") as desk:
        for code in city.data["enforcement_bodies"]:
            told = city.more["units"][code]
            opened[code] = desk.session.merge(opened[code])
            levels = [norm["level"] for norm in told["basis"]]
            departments.confirm(desk, city.units[code], opened[code], levels, told["areas"])
        for code, facts in city.data["non_admin_bodies"].items():
            review, competent = desk.session.merge(opened[code]), city.units[facts["competent"]]
            departments.correct(desk, city.units[code], review, competent, facts["behaviour"])


def announce_bodies(city: City, opened: dict[str, QualificationReview]) -> None:
    with city.day(ANNOUNCED, "市政府办公室") as desk:
        for code in city.data["enforcement_bodies"]:
            review = desk.session.merge(opened[code])
            departments.announce(desk, city.units[code], review, NOTICE_NO)


def signatory(desk: Desk, unit: Department) -> str:
    """The name of whoever signs for a unit."""
    signs = posts.first_responsible(desk, unit.id or 0)
    return next(word for word in sorted(signs) if word != f"H{unit.code}")
