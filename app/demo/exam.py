"""The exam of 2025: 1,218 officers on the roster, three days, a make-up, and what it came to."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import cycle, islice
from random import Random
from typing import Final

from sqlmodel import col, select

from app.acts import exam_campaigns as acts
from app.acts import exam_sessions
from app.acts.desk import Desk
from app.demo.city import DIVISION, City, DayOfActs
from app.demo.people import SEURAT
from app.models.exam_campaigns import ExamCampaign
from app.models.exam_sessions import ExamSession, Sitting
from app.models.officers import Officer
from app.models.registrations import Registration
from app.rules.exam_campaigns import Act, AttendanceAct, Excuse, Paper

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
PROOF: Final = "5f" * 32  # the digest of a file that lies with the office


class Roster:
    """Who does what in this exam, by officer number."""

    def __init__(self, city: City) -> None:
        failed, absent = city.data["failed_by_unit"], city.data["absent_by_unit"]
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
    roster, chance = Roster(city), Random(SEURAT)  # noqa: S311  invented scores, not secrets
    yield NOTICED, lambda: announce(city)
    yield ROSTER, lambda: enter(city)
    yield FROZEN, lambda: freeze(city)
    yield DEFERRED, lambda: prepare(city, roster)
    for n, day in enumerate(MAIN):
        yield day, lambda n=n, day=day: hold(city, roster, n, day)  # type: ignore[misc]
    yield PROVEN, lambda: prove(city, roster)
    yield MARKED, lambda: mark(city, roster, chance)
    yield MARKED, lambda: prepare_makeup(city, roster)
    yield MAKEUP, lambda: hold_makeup(city, roster, chance)
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
    """The roster is opened and filled with the officers in service."""
    with city.day(ROSTER, HR) as desk:
        acts.move(desk, campaign(desk), Act.OPEN_ROSTER)
        serving = select(Officer).where(col(Officer.status) == "active")
        listed = list(desk.session.exec(serving.order_by(col(Officer.officer_no))))
        acts.register(desk, campaign(desk), listed)


def freeze(city: City) -> None:
    with city.day(FROZEN, HR) as desk:
        for unit in acts.rosters(desk, campaign(desk)):
            found = next(each for each in city.units.values() if each.id == unit)
            acts.sign_roster(desk, campaign(desk), found, f"H{found.code}")
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


def hold(city: City, roster: Roster, n: int, day: date) -> None:
    gone = {*roster.absent, *roster.excused, *roster.on_mission}
    with city.day(day, HR) as desk:
        marks = {
            registration.number: AttendanceAct.MISS if number in gone else AttendanceAct.ATTEND
            for number, registration in numbered(desk).items()
            if number not in roster.put_off
        }
        exam_sessions.take_attendance(desk, session_of(desk, str(n + 1)), marks)


def prove(city: City, roster: Roster) -> None:
    """Within three working days of the session: hospital and mission papers."""
    with city.day(PROVEN, HR) as desk:
        people = numbered(desk)
        for number in roster.excused:
            sitting = desk.one(Sitting, registration_id=people[number].id)
            exam_sessions.excuse(desk, sitting, Excuse.HOSPITAL, PROOF, late=False)


def points(chance: Random, *, passes: bool) -> dict[Paper, Decimal]:
    """Half points; whoever fails does so in one paper at least."""
    good = {paper: Decimal(chance.randrange(120, 197)) / 2 for paper in Paper}
    if passes:
        return good
    return {**good, chance.choice(list(Paper)): Decimal(chance.randrange(70, 120)) / 2}


def mark(city: City, roster: Roster, chance: Random) -> None:
    bad = {*roster.failed, *roster.passed_later, roster.remarked} - {roster.annulled}
    gone = {*roster.absent, *roster.excused, *roster.on_mission, *roster.put_off}
    with city.day(MARKED, HR) as desk:
        people = numbered(desk)
        scores = {
            each.number: points(chance, passes=number not in bad)
            for number, each in people.items()
            if number not in gone
        }
        for n in range(len(MAIN)):
            made = session_of(desk, str(n + 1))
            exam_sessions.enter_scores(desk, made, scores, MARKERS)
        caught = desk.one(Sitting, registration_id=people[roster.annulled].id)
        exam_sessions.annul(desk, caught, "夹带资料")
        acts.move(desk, campaign(desk), Act.MARK)


def prepare_makeup(city: City, roster: Roster) -> None:
    """Seats for 44 who failed and 17 who were put off; two of these are put off again."""
    with city.day(MARKED, HR) as desk:
        people = numbered(desk)
        made = schedule(desk, "4", "makeup", MAKEUP)
        exam_sessions.seat(desk, made, exam_sessions.admissible(desk, made))
        for number in roster.still_deferred:
            again = desk.one(Sitting, registration_id=people[number].id, session_id=made.id)
            exam_sessions.defer(desk, again, Excuse.HOSPITAL, PROOF)


def hold_makeup(city: City, roster: Roster, chance: Random) -> None:
    good = {*roster.passed_later, *roster.excused, *roster.put_off}
    wanted = {*good, *roster.failed, roster.remarked} - {*roster.still_deferred}
    with city.day(MAKEUP, HR) as desk:
        came = {n: each for n, each in numbered(desk).items() if n in wanted}
        made = session_of(desk, "4")
        marks = {each.number: AttendanceAct.ATTEND for each in came.values()}
        exam_sessions.take_attendance(desk, made, marks)
        scores = {each.number: points(chance, passes=n in good) for n, each in came.items()}
        scores[came[roster.remarked].number] = {
            Paper.GENERAL: Decimal(58), Paper.SPECIAL: Decimal(66),
        }  # fmt: skip
        exam_sessions.enter_scores(desk, made, scores, MARKERS)


def publish(city: City) -> None:
    with city.day(PUBLISHED, HR) as desk:
        acts.publish_results(desk, campaign(desk))
