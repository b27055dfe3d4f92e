"""219 items through draft, checks and publication, and how some of them got better since."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any, Final

from sqlmodel import col, select

from app.acts import permits as acts
from app.acts.desk import Desk
from app.demo import catalogue
from app.demo.city import City, DayOfActs
from app.models.permits import PermitItem
from app.models.power_items import PowerItem

PUBLISHED: Final = date(2025, 9, 15)
CHECKER: Final = "市行政服务中心"


def days(city: City) -> Iterator[DayOfActs]:
    yield PUBLISHED, lambda: publish_all(city)
    for entry in city.data["permits"]:
        for number, revision in enumerate(city.revisions.get(entry["name"], []), 1):
            yield date.fromisoformat(revision["on"]), partial(revise, city, entry, number)


def facts_after(city: City, entry: dict[str, Any], number: int) -> dict[str, Any]:
    """What the item says after its first `number` revisions: those to come are taken back."""
    content, limits = dict(city.permits[entry["code"]]), dict(entry)
    levels: dict[str, Any] = {}
    for revision in reversed(city.revisions.get(entry["name"], [])[number:]):
        before = revision["before"]
        limits["promised"] = before.get("promised", limits["promised"])
        content["materials"] = [*content["materials"], *before.get("papers", [])]
        levels |= {name: before[name] for name in ("online_level", "visits_max") if name in before}
    return {**catalogue.permit(limits, content), **levels}


def publish_all(city: City) -> None:
    by_unit: dict[str, list[dict[str, Any]]] = {}
    for entry in city.data["permits"]:
        by_unit.setdefault(entry["unit"], []).append(entry)
    for code, entries in by_unit.items():
        with city.day(PUBLISHED, "市司法局") as desk:
            for entry in entries:
                publish(desk, city, facts_after(city, entry, 0), code)


def named(city: City, code: str) -> str:
    return str(next(unit["name"] for unit in city.data["units"] if unit["code"] == code))


def publish(desk: Desk, city: City, facts: dict[str, Any], unit: str) -> None:
    power = desk.session.exec(select(PowerItem).where(col(PowerItem.code) == facts["code"])).one()
    item = acts.draft(desk, power, facts)
    acts.submit(desk, item, facts)
    acts.pass_legal_check(desk, item, facts)
    acts.publish(desk, item, city.units[unit], facts, maker=named(city, unit))


def revise(city: City, entry: dict[str, Any], number: int) -> None:
    revision = city.revisions[entry["name"]][number - 1]
    unit = city.units[entry["unit"]]
    facts = {**facts_after(city, entry, number), "public_note": revision["note"]}
    with city.day(date.fromisoformat(revision["on"]), CHECKER) as desk:
        item = desk.one(PermitItem, code=entry["code"])
        acts.revise(desk, item, unit, facts, maker=named(city, unit.code))
