"""The exam of 2025: 1,218 officers on the roster, three days, a make-up, and what it came to."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import cycle, islice
from typing import Any, Final

import orjson
from sqlmodel import col, select

from app.acts import exam_campaigns as acts
from app.acts import exam_sessions, imports
from app.acts.desk import Desk
from app.demo import registry, sheets
from app.demo.city import DIVISION, City, DayOfActs
from app.models.exam_campaigns import ExamCampaign
from app.models.exam_sessions import ExamSession, Sitting
from app.models.imports import ImportBatch
from app.models.officers import Officer
from app.models.registrations import Registration
from app.rules.exam_campaigns import Act, Excuse
from app.rules.headings import Field, Kind
from app.rules.import_matches import MatchKind as M
from app.rules.import_rows import Correction
from app.rules.imports import Decision

NOTICED: Final = date(2025, 9, 1)
ROSTER: Final = date(2025, 9, 17)
FROZEN: Final = date(2025, 9, 26)
DEFERRED: Final = date(2025, 10, 17)
MAIN: Final = (date(2025, 10, 20), date(2025, 10, 21), date(2025, 10, 22))
PROVEN: Final = date(2025, 10, 24)
MARKED: Final = date(2025, 10, 28)
MAKEUP: Final = date(2025, 10, 29)
PUBLISHED: Final = date(2025, 10, 31)
HR: Final = "市人力资源和社会保障局"
CAMPAIGN: Final = "EX2025"
FACTS: Final = {
    "code": CAMPAIGN,
    "name": "2025年行政执法人员资格考核",
    "year": 2025,
    "syllabus": ["行政处罚法", "行政许可法", "行政强制法", "监察法（原行政监察法）"],
}
MARKERS: Final = ("申屠远", "璩文静")
WATCH: Final = ["逄思齐", "訾若谷"]
FROM: Final = 30  # the place in a unit's list where those begin who do not pass
OWN_PLACES: Final = {"28": [1], "30": [1, 29]}  # holders of a ministry's card among them
LARGE: Final = ("04", "09", "11", "12", "13", "15", "18", "20")
LARGE_FROM: Final = 50
PASSED_LATER, EXCUSED, PUT_OFF, REMARKED, ON_MISSION = 12, 8, 9, 1, 2
TYPED: Final = "85"  # what the paper says where the sheet says 105
PROOF: Final = "5f" * 32  # the digest of a file that lies with the office


class Roster:
    """Who does what in this exam, by officer number."""

    def __init__(self, data: Any) -> None:
        failed, absent = data["failed_by_unit"], data["absent_by_unit"]
        self.failed: list[str] = []
        self.absent: list[str] = []
        for unit in sorted({*failed, *absent}):
            bad, gone = failed.get(unit, 0), absent.get(unit, 0)
            places = OWN_PLACES.get(unit, list(range(FROM, FROM + bad + gone)))
            numbers = [f"LC{unit}{place:05}" for place in places]
            self.failed += numbers[:bad]
            self.absent += numbers[bad:]
        every = PASSED_LATER + EXCUSED + PUT_OFF + REMARKED + ON_MISSION
        others = iter(
            f"LC{unit}{LARGE_FROM + n // len(LARGE):05}"
            for n, unit in enumerate(islice(cycle(LARGE), every))
        )
        self.passed_later = list(islice(others, PASSED_LATER))
        self.excused = list(islice(others, EXCUSED))
        self.put_off = list(islice(others, PUT_OFF))
        self.remarked = next(others)
        self.on_mission = list(others)
        self.still_deferred = [self.excused[-1], self.put_off[-1]]
        self.annulled = self.failed[3]


def days(city: City) -> Iterator[DayOfActs]:
    roster = Roster(city.data)
    yield NOTICED, lambda: announce(city)
    yield ROSTER, lambda: enter(city)
    yield FROZEN, lambda: freeze(city)
    yield DEFERRED, lambda: prepare(city, roster)
    for n, day in enumerate(MAIN):
        yield day, lambda n=n, day=day: hold(city, n, day)  # type: ignore[misc]
    yield PROVEN, lambda: prove(city, roster)
    yield MARKED, lambda: mark(city, roster)
    yield MARKED, lambda: prepare_makeup(city, roster)
    yield MAKEUP, lambda: hold_makeup(city)
    yield PUBLISHED, lambda: publish(city)


def campaign(desk: Desk) -> ExamCampaign:
    return desk.one(ExamCampaign, code=CAMPAIGN)


def numbered(desk: Desk) -> dict[str, Registration]:
    """Everybody registered, by officer number, in the order of the roster."""
    every = (
        select(col(Officer.officer_no), Registration)
        .join(Officer, col(Officer.id) == col(Registration.officer_id))
        .where(col(Registration.campaign_id) == campaign(desk).id)
        .order_by(col(Registration.number))
    )
    return dict(desk.session.exec(every).all())


def announce(city: City) -> None:
    with city.day(NOTICED, HR) as desk:
        acts.create(desk, DIVISION, FACTS)


def enter(city: City) -> None:
    """The roster is opened, and 35 units hand in their lists: 1,263 rows, 1,218 officers."""
    with city.day(ROSTER, HR) as desk:
        acts.move(desk, campaign(desk), Act.OPEN_ROSTER)
    lists = sorted(f"rosters/{path.name}" for path in (sheets.ROOM / "rosters").iterdir())
    sheets.take_in(city, ROSTER, HR, Kind.ROSTER, lists, of_the_exam, decide_rosters)


def of_the_exam(desk: Desk) -> dict[str, Any]:
    return {"campaign_id": campaign(desk).id}


def decide_rosters(desk: Desk, batch: ImportBatch) -> None:
    """55 rows that nobody but a person may decide; the units were asked."""
    for kind in (M.NAME_UNIT_UNIQUE, M.NAME_VARIANT):
        imports.decide_class(desk, batch, kind, Decision.ACCEPT, "与单位核对属实")
    for row in sheets.rows_of(desk, batch, M.CERT_ONLY_NAME_DIFFERS):
        imports.decide(desk, batch, row.id or 0, Decision.ACCEPT, reason="姓名笔误，证号无误")
    for kind in (M.CERT_MALFORMED, M.CERT_BELONGS_TO_OTHER, M.NAME_AMBIGUOUS):
        sheets.as_its_unit_says(desk, batch, kind, "与单位核对后确定")


def freeze(city: City) -> None:
    with city.day(FROZEN, HR) as desk:
        for unit in acts.rosters(desk, campaign(desk)):
            found = next(each for each in city.units.values() if each.id == unit)
            acts.sign_roster(desk, campaign(desk), found, registry.signatory(desk, found))
        acts.freeze(desk, campaign(desk))
        acts.move(desk, campaign(desk), Act.BEGIN)


def session_of(desk: Desk, code: str) -> ExamSession:
    return desk.one(ExamSession, code=f"{CAMPAIGN}-{code}")


def schedule(desk: Desk, code: str, kind: str, held_on: date) -> ExamSession:
    place = {"place": "澜川市人事考试中心", "capacity": 450, "invigilators": WATCH}
    facts = {"code": f"{CAMPAIGN}-{code}", "kind": kind, "held_on": held_on, **place}
    return exam_sessions.schedule(desk, campaign(desk), facts)


def thirds(listed: Sequence[Registration], n: int) -> list[Registration]:
    return [each for place, each in enumerate(listed) if place % len(MAIN) == n]


def prepare(city: City, roster: Roster) -> None:
    """Seats for three days, and the deferrals that were approved before the first."""
    with city.day(DEFERRED, HR) as desk:
        people = numbered(desk)
        for n, day in enumerate(MAIN):
            made = schedule(desk, str(n + 1), "main", day)
            exam_sessions.seat(desk, made, thirds(list(people.values()), n))
        for number in roster.put_off:
            sitting = desk.one(Sitting, registration_id=people[number].id)
            exam_sessions.defer(desk, sitting, Excuse.HOSPITAL, PROOF)


def hold(city: City, n: int, day: date) -> None:
    """Who came, from the list at the door."""
    name = f"attendance/{n + 1}.xlsx"
    sheets.take_in(city, day, HR, Kind.ATTENDANCE, [name], of_the_session(str(n + 1)), accept_all)


def of_the_session(code: str, **markers: str) -> Callable[[Desk], dict[str, Any]]:
    def about(desk: Desk) -> dict[str, Any]:
        return {**of_the_exam(desk), "session_id": session_of(desk, code).id, **markers}

    return about


def accept_all(desk: Desk, batch: ImportBatch) -> None:
    """The one without a card is known by name and unit."""
    if sheets.rows_of(desk, batch, M.NAME_UNIT_UNIQUE):
        imports.decide_class(desk, batch, M.NAME_UNIT_UNIQUE, Decision.ACCEPT, "尚未领证")


def prove(city: City, roster: Roster) -> None:
    """Within three working days of the session: hospital and mission papers."""
    with city.day(PROVEN, HR) as desk:
        people = numbered(desk)
        for number in roster.excused:
            sitting = desk.one(Sitting, registration_id=people[number].id)
            exam_sessions.excuse(desk, sitting, Excuse.HOSPITAL, PROOF, late=False)


def mark(city: City, roster: Roster) -> None:
    markers = dict(zip(("first_marker", "second_marker"), MARKERS, strict=True))
    for n in range(len(MAIN)):
        about = of_the_session(str(n + 1), **markers)
        sheet = [f"scores/{n + 1}.xlsx"]
        sheets.take_in(city, MARKED, HR, Kind.SCORES, sheet, about, decide_scores)
    with city.day(MARKED, HR) as desk:
        caught = desk.one(Sitting, registration_id=numbered(desk)[roster.annulled].id)
        exam_sessions.annul(desk, caught, "夹带资料")
        acts.move(desk, campaign(desk), Act.MARK)


def decide_scores(desk: Desk, batch: ImportBatch) -> None:
    """A score over 100, a word in a score's place, and a score of somebody who did not come."""
    accept_all(desk, batch)
    for row in sheets.rows_of(desk, batch, M.VALUE_INVALID):
        if Field.GENERAL in orjson.loads(row.said) or Field.SPECIAL in orjson.loads(row.said):
            by = Correction(general=TYPED)
            imports.decide(desk, batch, row.id or 0, Decision.CORRECT, by, "核对试卷，录入有误")
        else:
            imports.decide(desk, batch, row.id or 0, Decision.SKIP, reason="缺考，已有出勤记录")
    for row in sheets.rows_of(desk, batch, M.SCORE_AND_ABSENT):
        imports.decide(desk, batch, row.id or 0, Decision.SKIP, reason="签到表无签名，他人试卷")


def prepare_makeup(city: City, roster: Roster) -> None:
    """Seats for 44 who failed and 17 who were put off; two of these are put off again."""
    with city.day(MARKED, HR) as desk:
        people = numbered(desk)
        made = schedule(desk, "4", "makeup", MAKEUP)
        exam_sessions.seat(desk, made, exam_sessions.admissible(desk, made))
        for number in roster.still_deferred:
            again = desk.one(Sitting, registration_id=people[number].id, session_id=made.id)
            exam_sessions.defer(desk, again, Excuse.HOSPITAL, PROOF)


def hold_makeup(city: City) -> None:
    markers = dict(zip(("first_marker", "second_marker"), MARKERS, strict=True))
    about = of_the_session("4", **markers)
    sheets.take_in(city, MAKEUP, HR, Kind.SCORES, ["scores/4.xlsx"], about, accept_all)


def publish(city: City) -> None:
    with city.day(PUBLISHED, HR) as desk:
        acts.publish_results(desk, campaign(desk))
