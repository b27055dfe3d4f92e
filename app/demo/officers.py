"""1,218 officers with their credentials, and what has happened to a few of them."""

from datetime import date
from typing import Any, Final

from app.acts import officers as acts
from app.demo import people
from app.demo.city import City
from app.demo.registry import kind_of
from app.models.credentials import Credential
from app.models.departments import Department
from app.models.joint_actions import JointAction, JointActionMember
from app.models.officers import Officer
from app.rules.credentials import Act, Cause, Result
from app.rules.officers import Status

ENROLLED: Final = date(2025, 9, 16)
BATCH: Final = 5000
WITHOUT: Final = "LC2300008"
SECOND: Final = {"28": "YC13990181001", "30": "SW13990181001"}
SPECIAL: Final = {
    "99018112003": {"valid_from": date(2021, 1, 12), "valid_to": date(2026, 1, 11)},
    "99018120009": {"valid_from": date(2021, 3, 1), "valid_to": date(2026, 2, 28)},
    "99018104011": {"valid_from": date(2026, 4, 10), "valid_to": date(2031, 4, 9)},
}


def load_officers(city: City, units: dict[str, Department], scale: int = 0) -> None:
    """Unit by unit; `scale` multiplies every unit, so that the whole has about that many."""
    called, tokens = people.names(), acts.settled_token("lanchuan")
    counts = dict(sorted(city.data["officers_by_unit"].items()))
    times = scale / sum(counts.values()) if scale else 1.0
    kinds = {unit["code"]: kind_of(unit) for unit in city.data["units"]}
    for code, count in counts.items():
        wanted = round(count * times)
        for first in range(1, wanted + 1, BATCH):
            size = min(BATCH, wanted + 1 - first)
            found = people.officers(code, kinds[code], size, called, first)
            enrol(city, units[code], found, tokens)
        city.progress(f"officers of unit {code}")


def enrol(city: City, unit: Department, found: list[dict[str, Any]], tokens: acts.Token) -> None:
    with city.day(ENROLLED, "市司法局") as desk:
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


def live_on(city: City, units: dict[str, Department]) -> None:
    """Losses, replacements, departures, one withheld card, and what ran out by now."""
    tokens = acts.settled_token("reissued")
    with city.day(date(2025, 12, 9), "市司法局") as desk:
        for number, status in (("LC3200041", Status.TRANSFERRED), ("LC1800012", Status.RETIRED)):
            acts.leave(desk, desk.one(Officer, officer_no=number), status)
    with city.day(date(2026, 1, 20), "市司法局") as desk:
        for number in ("99018112088", "99018120101", "99018113010"):
            acts.change(desk, desk.one(Credential, certificate_no=number), Act.REPORT_LOST)
    with city.day(date(2026, 2, 10), "市司法局") as desk:
        for number, ended, fresh in (
            ("99018113010", Result.LOST, "99018113901"),
            ("99018115007", Result.RECOVERED, "99018115901"),
        ):
            old = desk.one(Credential, certificate_no=number)
            acts.change(desk, old, Act.REISSUE, ended_as=ended)
            copied = {name: getattr(old, name) for name in ("category", "area_code", "issuer")}
            dates = {"issued_on": desk.today, "valid_from": desk.today, "valid_to": old.valid_to}
            unit = units[number[6:8]]
            acts.issue(
                desk, unit, [old.officer_id], [{"certificate_no": fresh, **copied, **dates}], tokens
            )
    join(city, units)
    with city.day(date(2026, 3, 12), "市司法局") as desk:
        withheld = desk.one(Credential, certificate_no="99018113021")
        acts.suspend(desk, withheld, Cause.SUPERVISION, "澜司监〔2026〕2号")
    with city.day(date(2026, 3, 31), "登记系统") as desk:
        acts.expire(desk, desk.today)


def join(city: City, units: dict[str, Department]) -> None:
    with city.day(date(2026, 3, 2), "市政府办公室") as desk:
        action = desk.add(
            JointAction(
                number="澜联检〔2026〕1号",
                name="校园食品安全联合检查",
                valid_from=date(2026, 3, 2),
                valid_to=date(2026, 7, 1),
            )
        )
        for code in ("18", "20"):
            member = JointActionMember(
                joint_action_id=action.id or 0, department_id=units[code].id or 0
            )
            desk.session.add(member)
        desk.note("joint_action.recorded", action.number, name=action.name)
