"""From 69 to 66: the preview, six objections, the order of 17 November, and three appeals."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Final

from sqlmodel import col, select

from app.acts import appeals, exam_sessions, objections
from app.acts import suspension_orders as acts
from app.acts.desk import Desk
from app.demo import exam
from app.demo.city import City, DayOfActs
from app.demo.exam import HR, PROOF, Roster
from app.models.appeals import Appeal
from app.models.exam_campaigns import ExamCampaign
from app.models.exam_results import ExamResult
from app.models.exam_sessions import ExamSession, Sitting
from app.models.objections import Objection
from app.models.officers import Officer
from app.models.suspension_lines import SuspensionLine
from app.models.suspension_orders import SuspensionOrder
from app.rules.appeals import Act as AppealAct
from app.rules.exam_campaigns import Excuse, Paper
from app.rules.objections import Act as ObjectionAct

PREVIEWED: Final = date(2025, 11, 3)
OBJECTED: Final = date(2025, 11, 6)
DECIDED: Final = date(2025, 11, 10)
REBUILT: Final = date(2025, 11, 11)
SUBMITTED: Final = date(2025, 11, 12)
CONFIRMED: Final = date(2025, 11, 14)
EFFECTIVE: Final = date(2025, 11, 17)
APPEALED: Final = date(2025, 12, 1)
MAINTAINED: Final = date(2025, 12, 31)
AGAIN: Final = date(2026, 1, 12)
EXTENDED: Final = date(2026, 3, 10)
JUSTICE: Final = "市司法局"
PANEL: Final = "执法资格复核小组"
UPPER: Final = "市政府行政执法复核小组"
ORDER: Final = "澜执资停〔2025〕1号"
DISMISSED: Final = (
    ("wrong_score", "认为试卷评分偏低", "复查两名阅卷人评分一致，分数无误。"),
    ("was_excused", "称当日身体不适", "未在举证期内提交就诊证明。"),
    ("wrong_person", "称名册姓名有误", "证号、姓名与本人一致。"),
)


def days(city: City) -> Iterator[DayOfActs]:
    roster = Roster(city.data)
    yield PREVIEWED, lambda: preview(city)
    yield OBJECTED, lambda: object_(city, roster)
    yield DECIDED, lambda: decide(city, roster)
    yield REBUILT, lambda: rebuild(city)
    yield SUBMITTED, lambda: submit(city)
    yield CONFIRMED, lambda: confirm(city)
    yield EFFECTIVE, lambda: take_effect(city)
    yield APPEALED, lambda: appeal(city, roster)
    yield MAINTAINED, lambda: maintain(city)
    yield AGAIN, partial(go_on, city, roster)
    yield EXTENDED, lambda: extend(city)


def order(desk: Desk) -> SuspensionOrder:
    return desk.one(SuspensionOrder, order_no=ORDER)


def line_of(desk: Desk, officer_no: str) -> SuspensionLine:
    officer = desk.one(Officer, officer_no=officer_no)
    keys = {"order_id": order(desk).id, "preview": order(desk).previews}
    return desk.one(SuspensionLine, officer_id=officer.id, **keys)


def preview(city: City) -> None:
    with city.day(PREVIEWED, HR) as desk:
        campaign = desk.one(ExamCampaign, code=exam.CAMPAIGN)
        acts.preview(desk, acts.build(desk, campaign, ORDER))


def objectors(roster: Roster) -> list[str]:
    """Three who are right, then three who are not."""
    return [roster.remarked, *roster.on_mission, *roster.failed[:1], *roster.absent[:2]]


def object_(city: City, roster: Roster) -> None:
    kinds = [
        ("wrong_score", "第二卷面第三题漏计分"),
        *[("was_excused", "当日受派执行抢险公务")] * 2,
        *[(kind, statement) for kind, statement, _ in DISMISSED],
    ]
    with city.day(OBJECTED, "本人") as desk:
        for officer_no, (kind, statement) in zip(objectors(roster), kinds, strict=True):
            facts = {"kind": kind, "statement": statement, "filed_by": officer_no}
            objections.file(desk, order(desk), line_of(desk, officer_no), facts)


def decide(city: City, roster: Roster) -> None:
    """The score is marked again by two others; the missions are proven; three are dismissed."""
    with city.day(DECIDED, JUSTICE) as desk:
        filed = [objection_of(desk, each) for each in objectors(roster)]
        for each in filed[:3]:
            objections.decide(desk, each, ObjectionAct.UPHOLD, "核实属实。", PROOF)
        for each, (_, _, reason) in zip(filed[3:], DISMISSED, strict=True):
            objections.decide(desk, each, ObjectionAct.DISMISS, reason, PROOF)
        people = exam.numbered(desk)
        for officer_no in roster.on_mission:
            sitting = desk.one(Sitting, registration_id=people[officer_no].id)
            exam_sessions.excuse(desk, sitting, Excuse.OFFICIAL_MISSION, PROOF, late=True)
        makeup = desk.one(ExamSession, code=f"{exam.CAMPAIGN}-4")
        keys = {"registration_id": people[roster.remarked].id, "session_id": makeup.id}
        paper = desk.one(ExamResult, sitting_id=desk.one(Sitting, **keys).id, paper=Paper.GENERAL)
        again = ("鄢望舒", "谌承泽")
        exam_sessions.remark(desk, paper, Decimal("60.5"), again, "第三题漏计2.5分", PROOF)


def objection_of(desk: Desk, officer_no: str) -> Objection:
    return desk.one(Objection, line_id=line_of(desk, officer_no).id)


def rebuild(city: City) -> None:
    with city.day(REBUILT, HR) as desk:
        acts.rebuild(desk, order(desk))


def submit(city: City) -> None:
    with city.day(SUBMITTED, HR) as desk:
        acts.submit(desk, order(desk))


def confirm(city: City) -> None:
    with city.day(CONFIRMED, JUSTICE) as desk:
        acts.confirm(desk, order(desk), 66)


def take_effect(city: City) -> None:
    """At midnight, by the clock."""
    with city.day(EFFECTIVE, "登记系统", opens=0) as desk:
        acts.take_effect(desk, order(desk))


def appeal(city: City, roster: Roster) -> None:
    with city.day(APPEALED, "本人") as desk:
        for officer_no in roster.failed[1:4]:
            filed = appeals.file(desk, line_of(desk, officer_no), "认为应当通过考核")
            appeals.take_up(desk, filed, [PANEL])


def maintain(city: City) -> None:
    with city.day(MAINTAINED, PANEL) as desk:
        every = select(Appeal).where(col(Appeal.step) == 1).order_by(col(Appeal.id))
        for each in desk.session.exec(every):
            appeals.decide(desk, each, AppealAct.MAINTAIN, "考核程序合法，成绩无误，维持。")


def go_on(city: City, roster: Roster) -> None:
    """One of the three goes on to the second step, still open at the demo's clock."""
    with city.day(AGAIN, "本人") as desk:
        filed = appeals.file(desk, line_of(desk, roster.failed[1]), "对维持决定不服")
        appeals.take_up(desk, filed, [UPPER])


def extend(city: City) -> None:
    with city.day(EXTENDED, UPPER) as desk:
        appeals.extend(desk, desk.one(Appeal, step=2))
