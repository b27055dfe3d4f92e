"""1,218 officers with their credentials, and what has happened to a few of them."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from app.acts import calendars
from app.acts import officers as acts
from app.demo import people
from app.demo.city import City, DayOfActs
from app.demo.registry import kind_of
from app.models.credentials import Credential
from app.models.departments import Department
from app.models.joint_actions import JointAction, JointActionMember
from app.models.officers import Officer
from app.rules.credentials import Act, Cause, Result, last_day
from app.rules.officers import Status

ENROLLED: Final = date(2025, 9, 16)
LEFT: Final = date(2025, 12, 9)
LOST: Final = date(2026, 1, 20)
REPLACED: Final = date(2026, 2, 10)
JOINED: Final = date(2026, 3, 2)
WITHHELD: Final = date(2026, 3, 12)
TODAY: Final = date(2026, 3, 31)
OFFICE: Final = "市司法局"
BATCH: Final = 5000
WITHOUT: Final = "LC2100032"
SECOND: Final = {"28": "YC13990181001", "30": "SW13990181001"}
SPECIAL: Final = {
    "99018112003": {"valid_from": date(2021, 1, 12), "valid_to": date(2026, 1, 11)},
    "99018120009": {"valid_from": date(2021, 3, 1), "valid_to": date(2026, 2, 28)},
    "99018104011": {"valid_from": date(2026, 4, 10), "valid_to": date(2031, 4, 9)},
}


def days(city: City) -> Iterator[DayOfActs]:
    tokens = acts.settled_token("reissued")
    yield ENROLLED, lambda: load_officers(city)
    yield LEFT, lambda: leave(city)
    yield LOST, lambda: lose(city)
    yield REPLACED, lambda: replace(city, tokens)
    yield JOINED, lambda: join(city)
    yield WITHHELD, lambda: withhold(city)
    yield TODAY, lambda: run_out(city)


def load_officers(city: City) -> None:
    """Unit by unit; the scale multiplies every unit, so that the whole has about that many."""
    called, tokens = people.names(), acts.settled_token("lanchuan")
    counts = dict(sorted(city.data["officers_by_unit"].items()))
    times = city.scale / sum(counts.values()) if city.scale else 1.0
    kinds = {unit["code"]: kind_of(unit) for unit in city.data["units"]}
    for code, count in counts.items():
        wanted = round(count * times)
        for first in range(1, wanted + 1, BATCH):
            size = min(BATCH, wanted + 1 - first)
            found = people.officers(code, kinds[code], size, called, first)
            enrol(city, city.units[code], found, tokens)
        city.progress()


def enrol(city: City, unit: Department, found: list[dict[str, Any]], tokens: acts.Token) -> None:
    with city.day(ENROLLED, OFFICE) as desk:
        validity = calendars.limit(desk, "credential.validity")
        found = [{**each, "valid_to": last_day(each["valid_from"], validity)} for each in found]
        ids = acts.enrol(desk, unit, True, found)
        cards = [
            (officer, {**person, **SPECIAL.get(person["certificate_no"], {})})
            for officer, person in zip(ids, found, strict=True)
            if person["officer_no"] != WITHOUT
        ]
        acts.issue(desk, unit, [o for o, _ in cards], [card for _, card in cards], tokens)
        first = found[0]
        if unit.code in SECOND and first["officer_no"].endswith("00001"):
            second = {
                "certificate_no": SECOND[unit.code], "scheme": "ministry", "issuer": "国家主管部门",
            }  # fmt: skip
            acts.issue(desk, unit, ids[:1], [{**first, **second}], tokens)


def leave(city: City) -> None:
    with city.day(LEFT, OFFICE) as desk:
        for number, status in (("LC3200041", Status.TRANSFERRED), ("LC1800012", Status.RETIRED)):
            acts.leave(desk, desk.one(Officer, officer_no=number), status)


def lose(city: City) -> None:
    with city.day(LOST, OFFICE) as desk:
        for number in ("99018112088", "99018120101", "99018113010"):
            acts.change(desk, desk.one(Credential, certificate_no=number), Act.REPORT_LOST)


def replace(city: City, tokens: acts.Token) -> None:
    """A lost card reissued and a worn one replaced: the old number says so, the new one holds."""
    with city.day(REPLACED, OFFICE) as desk:
        for number, ended, fresh in (
            ("99018113010", Result.LOST, "99018113901"),
            ("99018115007", Result.RECOVERED, "99018115901"),
        ):
            old = desk.one(Credential, certificate_no=number)
            acts.change(desk, old, Act.REISSUE, ended_as=ended)
            copied = {name: getattr(old, name) for name in ("category", "area_code", "issuer")}
            dates = {"issued_on": desk.today, "valid_from": desk.today, "valid_to": old.valid_to}
            card = {"certificate_no": fresh, **copied, **dates}
            acts.issue(desk, city.units[number[6:8]], [old.officer_id], [card], tokens)


def withhold(city: City) -> None:
    with city.day(WITHHELD, OFFICE) as desk:
        card = desk.one(Credential, certificate_no="99018113021")
        acts.suspend(desk, card, Cause.SUPERVISION, "澜司监〔2026〕2号", maker="市司法局监督科")


def run_out(city: City) -> None:
    with city.day(TODAY, "登记系统") as desk:
        acts.expire(desk, desk.today)


def join(city: City) -> None:
    with city.day(JOINED, "市政府办公室") as desk:
        action = desk.add(
            JointAction(
                number="澜联检〔2026〕1号",
                name="校园食品安全联合检查",
                valid_from=JOINED,
                valid_to=date(2026, 7, 1),
            )
        )
        for code in ("18", "20"):
            member = {"joint_action_id": action.id or 0, "department_id": city.units[code].id or 0}
            desk.session.add(JointActionMember(**member))
        desk.note("joint_action.recorded", action.number, name=action.name)
