"""A small exam of one unit, run by the acts on given days."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from app.acts import exam_campaigns, exam_sessions, suspension_lines, suspension_orders
from app.acts.desk import Desk
from app.models.credentials import Credential
from app.models.departments import Department
from app.models.exam_campaigns import ExamCampaign
from app.models.officers import Officer
from app.models.registrations import Registration
from app.models.suspension_lines import SuspensionLine
from app.models.suspension_orders import SuspensionOrder
from app.rules.exam_campaigns import Act, AttendanceAct, Paper

DIVISION, UNIT = "990181", "12"
HR, JUSTICE, PANEL = "hr", "justice", "panel"
CODE, ORDER = "EX2026", "澜执资停〔2026〕1号"
PASS, FAIL = Decimal(80), Decimal("59.5")
HELD = date(2026, 4, 14)
PREVIEWED = date(2026, 4, 20)
SUBMITTED = date(2026, 4, 28)
CONFIRMED = date(2026, 4, 29)
EFFECTIVE = date(2026, 4, 30)


@dataclass
class Office:
    """Opens a desk for one day; each is one transaction."""

    engine: Engine

    @contextmanager
    def day(self, on: date, actor: str = HR, officer: int | None = None) -> Iterator[Desk]:
        with Session(self.engine) as session, session.begin():
            yield Desk(session, actor, on, officer_id=officer)

    def do(self, on: date, actor: str, act: Callable[..., Any], *more: Any) -> None:
        with self.day(on, actor) as desk:
            act(desk, desk.one(SuspensionOrder, order_no=ORDER), *more)


def people(desk: Desk, count: int) -> list[Officer]:
    unit = desk.one(Department, division_code=DIVISION, code=UNIT)
    every = select(Officer).where(
        col(Officer.department_id) == unit.id,
        col(Officer.status) == "active",
        col(Officer.qualification) == "qualified",
    )
    return list(desk.session.exec(every.order_by(col(Officer.officer_no)).limit(count)))


def examine(office: Office, absent: int = 1, failed: int = 2, passed: int = 3) -> None:
    """A campaign from its notice to its published results."""
    with office.day(date(2026, 4, 1)) as desk:
        campaign = exam_campaigns.create(
            desk, DIVISION, {"code": CODE, "name": "x", "year": 2026, "syllabus": ["行政处罚法"]}
        )
        exam_campaigns.move(desk, campaign, Act.OPEN_ROSTER)
        exam_campaigns.register(desk, campaign, people(desk, absent + failed + passed))
        unit = desk.one(Department, division_code=DIVISION, code=UNIT)
        exam_campaigns.sign_roster(desk, campaign, unit, f"H{UNIT}")
        exam_campaigns.freeze(desk, campaign)
        exam_campaigns.move(desk, campaign, Act.BEGIN)
    with office.day(HELD) as desk:
        sit(desk, absent, failed)
    with office.day(date(2026, 4, 17)) as desk:
        campaign = desk.one(ExamCampaign, code=CODE)
        exam_campaigns.move(desk, campaign, Act.MARK)
        exam_campaigns.publish_results(desk, campaign)


def sit(desk: Desk, absent: int, failed: int) -> None:
    campaign = desk.one(ExamCampaign, code=CODE)
    held = {"code": f"{CODE}-1", "kind": "main", "held_on": HELD, "place": "x", "capacity": 9999}
    session = exam_sessions.schedule(desk, campaign, {**held, "invigilators": ["a", "b"]})
    every = select(Registration).where(col(Registration.campaign_id) == campaign.id)
    listed = list(desk.session.exec(every.order_by(col(Registration.number))))
    exam_sessions.seat(desk, session, listed)
    numbers = [each.number for each in listed]
    marks = {n: AttendanceAct.MISS if i < absent else AttendanceAct.ATTEND
             for i, n in enumerate(numbers)}  # fmt: skip
    exam_sessions.take_attendance(desk, session, marks)
    sheet = {n: {Paper.GENERAL: FAIL if i < absent + failed else PASS, Paper.SPECIAL: PASS}
             for i, n in enumerate(numbers) if i >= absent}  # fmt: skip
    exam_sessions.enter_scores(desk, session, sheet, ("m1", "m2"))


def preview(office: Office) -> None:
    with office.day(PREVIEWED) as desk:
        campaign = desk.one(ExamCampaign, code=CODE)
        suspension_orders.preview(desk, suspension_orders.build(desk, campaign, ORDER))


def confirm(office: Office, persons: int = 3) -> None:
    office.do(SUBMITTED, HR, suspension_orders.submit)
    office.do(CONFIRMED, JUSTICE, suspension_orders.confirm, persons)


def take_effect(office: Office) -> None:
    office.do(EFFECTIVE, "clock", suspension_orders.take_effect)


def suspended(office: Office, **more: int) -> None:
    examine(office, **more)
    preview(office)
    confirm(office, sum({"absent": 1, "failed": 2, **more}.values()) - more.get("passed", 0))
    take_effect(office)


def line_of(desk: Desk, place: int = 0) -> SuspensionLine:
    return suspension_lines.lines(desk, desk.one(SuspensionOrder, order_no=ORDER))[place]


def cards_of(desk: Desk, line: SuspensionLine) -> list[Credential]:
    held = select(Credential).where(col(Credential.officer_id) == line.officer_id)
    return list(desk.session.exec(held.order_by(col(Credential.id))))
