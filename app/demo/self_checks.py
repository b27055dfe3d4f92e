"""The self-check of 2025: 35 tasks, 29 nil returns, six units with eleven people removed."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any, Final

from app.acts import imports, officers
from app.acts import self_checks as acts
from app.acts.desk import Desk
from app.demo import registry, sheets
from app.demo.city import City, DayOfActs
from app.demo.exam import CAMPAIGN, HR
from app.models.departments import Department
from app.models.exam_campaigns import ExamCampaign
from app.models.imports import ImportBatch
from app.models.self_checks import SelfCheckTask
from app.rules.headings import Kind
from app.rules.import_matches import MatchKind
from app.rules.imports import Decision
from app.rules.officers import EmploymentType

MISTAKEN: Final = date(2024, 5, 6)
ISSUED: Final = date(2025, 9, 8)
REPORTED: Final = date(2025, 9, 26)
LATE: Final = date(2025, 9, 29)
REPORTED_LATE: Final = date(2025, 9, 30)
VERIFIED: Final = date(2025, 10, 15)
SAMPLED: Final = "抽查9月值班表和处罚文书各10份"
CLOSED: Final = date(2025, 11, 20)
JUSTICE: Final = "市司法局"
SLOW: Final = ("24", "31")
WITH_CARD: Final = ("32", "LC3200901", "99018132901", "禹树")
T, L, H = EmploymentType.TEMPORARY, EmploymentType.LABOUR_CONTRACT, EmploymentType.HIRED
FOUND: Final[dict[str, tuple[tuple[str, EmploymentType, int], ...]]] = {
    "32": (("祝青", T, 1), ("卞言", T, 1), ("禹树", L, 2)),
    "12": (("仝若", T, 0), ("晏筠", T, 3)),
    "33": (("逄知", L, 1), ("谌书", H, 0)),
    "14": (("郜远", L, 0), ("佟清", L, 2)),
    "17": (("璩和", H, 1),),
    "21": (("蒯松", T, 0),),
}


def days(city: City) -> Iterator[DayOfActs]:
    yield ISSUED, lambda: issue(city)
    yield REPORTED, lambda: report(city)
    yield LATE, lambda: remind(city)
    yield REPORTED_LATE, lambda: report_late(city)
    yield VERIFIED, lambda: verify(city)
    yield CLOSED, lambda: close(city)


def units(city: City) -> list[Department]:
    return [city.units[code] for code in city.data["enforcement_bodies"]]


def issue(city: City) -> None:
    with city.day(ISSUED, JUSTICE) as desk:
        acts.issue(desk, desk.one(ExamCampaign, code=CAMPAIGN), units(city))


def tasks(desk: Desk, city: City) -> dict[str, SelfCheckTask]:
    campaign = desk.one(ExamCampaign, code=CAMPAIGN)
    return {
        unit.code: desk.one(SelfCheckTask, campaign_id=campaign.id, department_id=unit.id)
        for unit in units(city)
    }


def enrol_by_mistake(desk: Desk, city: City) -> None:
    """One contract worker had been entered as staff and given a card."""
    code, number, certificate, name = WITH_CARD
    person = {"officer_no": number, "name": name, "issued_on": MISTAKEN}
    entered = {**person, "employment_type": EmploymentType.INSTITUTION_STAFF}
    ids = officers.enrol(desk, city.units[code], True, [entered])
    card = {"certificate_no": certificate, "category": "道路运输", "area_code": "990181"}
    dates = {"issued_on": MISTAKEN, "valid_from": MISTAKEN, "valid_to": date(2029, 5, 5)}
    officers.issue(desk, city.units[code], ids, [{**card, **dates, "issuer": "澜川市司法局"}])


def report(city: City) -> None:
    """Nil is told by the head; whoever found somebody sends a list."""
    with city.day(REPORTED, "各单位") as desk:
        enrol_by_mistake(desk, city)
    for code in sorted(FOUND):
        sheet = [f"self_checks/{code}.xlsx"]
        sheets.take_in(
            city, REPORTED, HR, Kind.SELF_CHECK, sheet, partial(of_the_unit, city, code), settle
        )
    nil(city, REPORTED, [code for code in sorted(city.units) if code not in (*FOUND, *SLOW)])


def of_the_unit(city: City, code: str, desk: Desk) -> dict[str, Any]:
    unit = city.units[code].id
    campaign = desk.one(ExamCampaign, code=CAMPAIGN).id
    return {
        "campaign_id": campaign,
        "department_id": unit,
        "signed_by": registry.signatory(desk, city.units[code]),
    }


def settle(desk: Desk, batch: ImportBatch) -> None:
    """A namesake who is an officer elsewhere is another person."""
    for row in sheets.rows_of(desk, batch, MatchKind.NAME_AMBIGUOUS):
        imports.decide(desk, batch, row.id or 0, Decision.ACCEPT, reason="与执法人员同名，非同一人")


def nil(city: City, on: date, codes: list[str]) -> None:
    with city.day(on, "各单位") as desk:
        due = tasks(desk, city)
        for code in codes:
            if code in due:
                acts.report(
                    desk, due[code], registry.signatory(desk, city.units[code]), [], nil=True
                )


def remind(city: City) -> None:
    with city.day(LATE, JUSTICE) as desk:
        acts.remind(desk, desk.one(ExamCampaign, code=CAMPAIGN))


def report_late(city: City) -> None:
    nil(city, REPORTED_LATE, list(SLOW))


def verify(city: City) -> None:
    with city.day(VERIFIED, JUSTICE) as desk:
        for task in tasks(desk, city).values():
            acts.verify(desk, task, SAMPLED)


def close(city: City) -> None:
    with city.day(CLOSED, JUSTICE) as desk:
        for task in tasks(desk, city).values():
            acts.close(desk, task)
