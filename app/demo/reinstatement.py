"""The second act: in April 2026 forty-eight sit again, and forty-four are let back in."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from app.acts import exam_campaigns, exam_sessions, reinstatements
from app.acts.desk import Desk
from app.demo.city import DIVISION, City
from app.demo.exam import HR, MARKERS, WATCH
from app.demo.suspensions import JUSTICE, ORDER
from app.errors import Refusal
from app.models.changes import LedgerEntry
from app.models.departments import Department
from app.models.exam_campaigns import ExamCampaign
from app.models.exam_sessions import ExamSession
from app.models.officers import Officer
from app.models.registrations import Registration
from app.models.reinstatements import Reinstatement
from app.models.suspension_lines import SuspensionLine
from app.models.suspension_orders import SuspensionOrder
from app.rules.exam_campaigns import Act, AttendanceAct, Paper
from app.rules.suspension_orders import LineState

NOTICED: Final = date(2026, 4, 1)
FROZEN: Final = date(2026, 4, 9)
HELD: Final = date(2026, 4, 14)
PUBLISHED: Final = date(2026, 4, 17)
PROPOSED: Final = date(2026, 4, 20)
APPROVED: Final = date(2026, 4, 21)
CLOCK: Final = "2026-04-21T09:30:00+08:00.."
EXAM: Final = "EX2026"
SIT, PASS, HOURS = 48, 44, 24
GOOD: Final = {Paper.GENERAL: Decimal(74), Paper.SPECIAL: Decimal(81)}
BAD: Final = {Paper.GENERAL: Decimal(66), Paper.SPECIAL: Decimal("58.5")}
TOLD: Final = "demo.advanced"


def played(engine: Engine) -> bool:
    counted = select(func.count()).where(col(LedgerEntry.act) == TOLD)
    with Session(engine) as session:
        return bool(session.exec(counted).one())


def play(engine: Engine, told: Callable[[], None] = lambda: None) -> None:
    """Run the acts on their days; a second run is refused."""
    if played(engine):
        raise Refusal("demo.played_already")
    city = City(engine, told)
    for act in (announce, freeze, hold, publish, propose, approve):
        act(city)
        told()
    with city.day(APPROVED, "登记系统") as desk:
        desk.note(TOLD, DIVISION, to="reinstatement")


def those_to_sit(desk: Desk) -> list[tuple[SuspensionLine, Officer]]:
    """The first forty-eight who are still suspended by the order of November."""
    every = (
        select(SuspensionLine, Officer)
        .join(SuspensionOrder, col(SuspensionOrder.id) == col(SuspensionLine.order_id))
        .join(Officer, col(Officer.id) == col(SuspensionLine.officer_id))
        .where(col(SuspensionOrder.order_no) == ORDER)
        .where(col(SuspensionLine.state) == LineState.EFFECTIVE)
        .order_by(col(Officer.officer_no))
    )
    return list(desk.session.exec(every.limit(SIT)).all())


def campaign(desk: Desk) -> ExamCampaign:
    return desk.one(ExamCampaign, code=EXAM)


def announce(city: City) -> None:
    facts: dict[str, Any] = {
        "code": EXAM,
        "name": "2026年第一次行政执法人员资格考核",
        "year": 2026,
        "syllabus": ["行政处罚法", "行政许可法", "行政强制法"],
    }
    with city.day(NOTICED, HR) as desk:
        made = exam_campaigns.create(desk, DIVISION, facts)
        exam_campaigns.move(desk, made, Act.OPEN_ROSTER)
        listed = [officer for _, officer in those_to_sit(desk)]
        exam_campaigns.register(desk, made, listed)
        for officer in listed:
            reinstatements.record_training(desk, officer, "执法资格恢复培训", HOURS, NOTICED)


def freeze(city: City) -> None:
    with city.day(FROZEN, HR) as desk:
        for unit in exam_campaigns.rosters(desk, campaign(desk)):
            found = desk.one(Department, id=unit)
            exam_campaigns.sign_roster(desk, campaign(desk), found, f"H{found.code}")
        exam_campaigns.freeze(desk, campaign(desk))
        exam_campaigns.move(desk, campaign(desk), Act.BEGIN)
        facts = {"code": f"{EXAM}-1", "kind": "main", "held_on": HELD, "capacity": 60}
        place = {"place": "澜川市人事考试中心", "invigilators": WATCH}
        session = exam_sessions.schedule(desk, campaign(desk), {**facts, **place})
        exam_sessions.seat(desk, session, exam_sessions.admissible(desk, session))


def hold(city: City) -> None:
    with city.day(HELD, HR) as desk:
        session = desk.one(ExamSession, code=f"{EXAM}-1")
        came = [registration.number for _, registration in exam_sessions.sittings(desk, session)]
        exam_sessions.take_attendance(desk, session, dict.fromkeys(came, AttendanceAct.ATTEND))


def publish(city: City) -> None:
    with city.day(PUBLISHED, HR) as desk:
        exam_campaigns.move(desk, campaign(desk), Act.MARK)
        session = desk.one(ExamSession, code=f"{EXAM}-1")
        came = [registration.number for _, registration in exam_sessions.sittings(desk, session)]
        sheet = {number: GOOD if n < PASS else BAD for n, number in enumerate(came)}
        exam_sessions.enter_scores(desk, session, sheet, MARKERS)
        exam_campaigns.publish_results(desk, campaign(desk))


def propose(city: City) -> None:
    with city.day(PROPOSED, HR) as desk:
        for line, officer in those_to_sit(desk):
            keys = {"campaign_id": campaign(desk).id, "officer_id": officer.id}
            registration = desk.one(Registration, **keys)
            if registration.outcome == "passed":
                asked = reinstatements.request(desk, line)
                reinstatements.link_exam(desk, asked, registration)
                reinstatements.propose(desk, asked)


def approve(city: City) -> None:
    with city.day(APPROVED, JUSTICE) as desk:
        waiting = select(Reinstatement).where(col(Reinstatement.state) == "proposed")
        for asked in desk.session.exec(waiting.order_by(col(Reinstatement.id))).all():
            reinstatements.approve(desk, asked)
