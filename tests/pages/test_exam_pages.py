"""An exam by the forms of the pages, from its announcement to its published counts."""

import re
from datetime import date

import pytest
from fastapi.testclient import TestClient
from sqlmodel import col, select

from app.acts import exam_campaigns, exam_sessions, objections
from app.db import Database
from app.errors import Refusal
from app.models.departments import Department
from app.models.exam_campaigns import ExamCampaign
from app.models.exam_results import ExamResult
from app.models.exam_sessions import ExamSession
from app.models.objections import Objection
from app.models.registrations import Registration
from app.models.suspension_orders import SuspensionOrder
from app.rules.exam_campaigns import Act, AttendanceAct, Paper
from app.rules.objections import Act as ObjectionAct
from tests.acts import campaign as small
from tests.api.test_suspension_orders import on
from tests.pages.test_order_pages import VERSION, Browser

PAGE = f"/exam-campaigns/{small.CODE}"
DONE = "/exam-campaigns/EX2025"
API = "/api/v1/registrations"
ANNOUNCED = {
    "name": "年度考核",
    "code": small.CODE,
    "year": "2026",
    "syllabus": "行政处罚法\n行政许可法",
}
SESSION = {
    "session": f"{small.CODE}-1", "kind": "main", "held_on": str(small.HELD), "place": "一中",
    "capacity": "50", "invigilators": "甲 乙",
}  # fmt: skip


@pytest.fixture
def office(opened: Database) -> small.Office:
    return small.Office(opened.writer)


def step(browser: Browser, name: str, **fields: str) -> int:
    found = VERSION.search(browser.visitor.get(PAGE).text)
    reply = browser.send(f"{PAGE}/{name}", version=found[1] if found else "", **fields)
    return int(reply.status_code)


def test_an_exam_from_its_notice_to_its_seats(
    visitor: TestClient, office: small.Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, "2026-04-01")
    hr = Browser(visitor, "hr")
    assert hr.send("/exam-campaigns", **ANNOUNCED).headers["location"] == PAGE
    assert step(hr, "roster-openings") == 303
    with office.day(small.HELD) as desk:
        exam = desk.one(ExamCampaign, code=small.CODE)
        exam_campaigns.register(desk, exam, small.people(desk, 4))
    assert step(hr, "roster-freezings") == 409  # nobody has signed
    unit = Browser(visitor, "unit12")
    assert step(unit, "roster-signatures", department="12", signed_by="H12") == 303
    hr = Browser(visitor, "hr")
    assert "Every unit has signed" in visitor.get(PAGE).text
    for name in ("roster-freezings", "beginnings"):
        assert step(hr, name) == 303
    alone = hr.send(f"{PAGE}/sessions", **{**SESSION, "invigilators": "甲"})
    assert alone.status_code == 409
    assert hr.send(f"{PAGE}/sessions", **SESSION).status_code == 303
    assert hr.send(f"{PAGE}/sessions/{small.CODE}-1/seatings").status_code == 303
    assert "4 / 50" in visitor.get(PAGE).text


def first(office: small.Office, outcome: str) -> str:
    with office.day(small.HELD) as desk:
        found = select(Registration).where(
            col(Registration.outcome) == outcome, col(Registration.number).like(f"{small.CODE}-%")
        )
        return desk.session.exec(found).first().number  # type: ignore[union-attr]


def test_a_paper_marked_again_keeps_both_values_and_counts_anew(
    visitor: TestClient, office: small.Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.examine(office)
    number = first(office, "failed")
    on(monkeypatch, "2026-04-18")
    hr = Browser(visitor, "hr")
    asked = {
        "session": f"{small.CODE}-1", "paper": "general", "score": "60.5", "first_marker": "a",
        "second_marker": "b", "reason": "漏计一题",
    }  # fmt: skip
    path = f"/registrations/{number}/remarks"
    assert hr.send(path, **asked).status_code == 422  # nothing that it rests on
    paper = {"paper_file": ("paper.pdf", b"a paper", "application/pdf")}
    for wrong in ({"second_marker": "a"}, {"score": "105"}, {"score": "60.55"}):
        assert hr.send(path, paper, **{**asked, **wrong}).status_code == 409
    assert hr.send(path, paper, **asked).status_code == 303
    page = visitor.get(f"/registrations/{number}").text
    for words in ("59.5 → <b>60.5</b>", "漏计一题", "Passed"):
        assert words in page


def test_a_cheat_came_and_failed_and_an_excuse_has_its_days(
    visitor: TestClient, office: small.Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.examine(office)
    passed, absent = first(office, "passed"), first(office, "absent")
    on(monkeypatch, "2026-04-17")
    hr = Browser(visitor, "hr")
    held = {"session": f"{small.CODE}-1"}
    assert hr.send(f"/registrations/{passed}/annulments", **held, reason="夹带").status_code == 303
    assert "Annulled: counts as failed" in visitor.get(f"/registrations/{passed}").text
    proof = {"paper_file": ("proof.pdf", b"a proof", "application/pdf")}
    asked = {**held, "excuse": "hospital"}
    on(monkeypatch, "2026-04-20")  # three working days have passed
    late = Browser(visitor, "hr").send(f"/registrations/{absent}/excuses", proof, **asked)
    assert late.status_code == 409
    on(monkeypatch, "2026-04-17")
    done = Browser(visitor, "hr").send(f"/registrations/{absent}/excuses", proof, **asked)
    assert done.status_code == 303
    assert "Deferred" in visitor.get(f"/registrations/{absent}").text


def test_after_its_days_an_excuse_rests_on_an_upheld_objection(
    visitor: TestClient, office: small.Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.examine(office)
    small.preview(office)
    absent = first(office, "absent")
    with office.day(small.PREVIEWED) as desk:
        line = small.line_of(desk)
        order = desk.one(SuspensionOrder, order_no=small.ORDER)
        facts = {"kind": "was_excused", "statement": "x", "filed_by": "x"}
        number = objections.file(desk, order, line, facts).number
    on(monkeypatch, "2026-04-27")
    hr = Browser(visitor, "hr")
    proof = {"paper_file": ("proof.pdf", b"a proof", "application/pdf")}
    asked = {"session": f"{small.CODE}-1", "excuse": "official_mission", "objection": number}
    early = hr.send(f"/registrations/{absent}/excuses", proof, **asked)
    assert (early.status_code, "was not upheld" in early.text) == (404, True)
    with office.day(small.PREVIEWED, "justice") as desk:
        filed = desk.one(Objection, number=number)
        objections.decide(desk, filed, ObjectionAct.UPHOLD, "属实", "0" * 64)
    assert hr.send(f"/registrations/{absent}/excuses", proof, **asked).status_code == 303
    assert "Deferred" in visitor.get(f"/registrations/{absent}").text


def test_a_deferral_is_approved_before_the_day_and_not_on_it(
    visitor: TestClient, office: small.Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    seated(office, date(2026, 4, 20))
    number = first(office, "pending")
    proof = {"paper_file": ("proof.pdf", b"a proof", "application/pdf")}
    asked = {"session": f"{small.CODE}-1", "excuse": "maternity"}
    for day, status in (("2026-04-20", 409), ("2026-04-17", 303)):
        on(monkeypatch, day)
        hr = Browser(visitor, "hr")
        assert hr.send(f"/registrations/{number}/deferrals", proof, **asked).status_code == status
    assert "Deferred" in visitor.get(f"/registrations/{number}").text


def seated(office: small.Office, held_on: date) -> None:
    """A campaign whose session is still to come."""
    with office.day(small.HELD) as desk:
        facts = {"code": small.CODE, "name": "x", "year": 2026, "syllabus": ["x"]}
        exam = exam_campaigns.create(desk, small.DIVISION, facts)
        exam_campaigns.move(desk, exam, Act.OPEN_ROSTER)
        exam_campaigns.register(desk, exam, small.people(desk, 2))
        unit = desk.one(Department, division_code=small.DIVISION, code=small.UNIT)
        exam_campaigns.sign_roster(desk, exam, unit, "H12")
        exam_campaigns.freeze(desk, exam)
        exam_campaigns.move(desk, exam, Act.BEGIN)
        told = {"code": f"{small.CODE}-1", "kind": "main", "held_on": held_on, "place": "x"}
        session = exam_sessions.schedule(
            desk, exam, {**told, "capacity": 9, "invigilators": ["a", "b"]}
        )
        exam_sessions.seat(desk, session, exam_sessions.admissible(desk, session))


def test_scores_are_for_the_offices_and_the_own_unit(
    visitor: TestClient, office: small.Office
) -> None:
    small.examine(office)
    number = first(office, "failed")
    assert visitor.get(f"{API}/{number}").status_code == 401
    assert "59.5" not in visitor.get(PAGE).text
    for username, status in (("unit12", 200), ("unit20", 404), ("liaison", 403), ("hr", 200)):
        Browser(visitor, username)
        assert (username, visitor.get(f"/registrations/{number}").status_code) == (username, status)
    Browser(visitor, "unit20")
    assert "0 persons" in visitor.get(f"/registrations?campaign={small.CODE}").text


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("path", ["/exam-campaigns", DONE, "/registrations?campaign=EX2025"])
def test_the_exam_of_2025_stands(visitor: TestClient, path: str, language: str) -> None:
    Browser(visitor, "hr")
    page = visitor.get(path, headers={"Accept-Language": language})
    assert page.status_code == 200
    assert re.search("1,?218|1,?148", page.text)


def test_seats_go_to_whom_a_later_session_is_for(office: small.Office) -> None:
    """EX1 and EX2: who failed once more, who was deferred, never who stayed away."""
    small.examine(office, absent=1, failed=2, passed=1)
    with office.day(small.PREVIEWED) as desk:
        exam = desk.one(ExamCampaign, code=small.CODE)
        facts = {"code": "R-1", "kind": "makeup", "held_on": small.PREVIEWED, "place": "x"}
        session = exam_sessions.schedule(
            desk, exam, {**facts, "capacity": 9, "invigilators": ["a", "b"]}
        )
        fit = exam_sessions.admissible(desk, session)
        assert [each.outcome for each in fit] == ["failed", "failed"]
        exam_sessions.seat(desk, session, fit)
        came = {each.number: AttendanceAct.ATTEND for each in fit}
        exam_sessions.take_attendance(desk, session, came)
        sheet = {each: {Paper.GENERAL: small.FAIL, Paper.SPECIAL: small.PASS} for each in came}
        exam_sessions.enter_scores(desk, session, sheet, ("m1", "m2"))
        assert exam_sessions.admissible(desk, session) == []


def test_a_second_make_up_is_no_second_chance(office: small.Office) -> None:
    """EX1: who has a seat gets no other, and who failed the make-up keeps nobody else from it."""
    small.examine(office, absent=1, failed=2, passed=1)
    with office.day(small.PREVIEWED) as desk:
        exam = desk.one(ExamCampaign, code=small.CODE)
        facts = {"kind": "makeup", "held_on": small.PREVIEWED, "place": "x"}
        facts |= {"capacity": 9, "invigilators": ["a", "b"]}
        first, second = (
            exam_sessions.schedule(desk, exam, {**facts, "code": code}) for code in ("R-1", "R-2")
        )
        early, late = exam_sessions.admissible(desk, first)
        exam_sessions.seat(desk, first, [early])
        assert exam_sessions.admissible(desk, second) == [late]
        with pytest.raises(Refusal, match="sitting.already_registered"):
            exam_sessions.seat(desk, second, [early])
        exam_sessions.take_attendance(desk, first, {early.number: AttendanceAct.ATTEND})
        papers = {Paper.GENERAL: small.FAIL, Paper.SPECIAL: small.PASS}
        exam_sessions.enter_scores(desk, first, {early.number: papers}, ("m1", "m2"))
        assert exam_sessions.admissible(desk, second) == [late]
        with pytest.raises(Refusal, match="sitting.retakes_used"):
            exam_sessions.seat(desk, second, [early])


def test_nobody_marks_their_own_paper_again(office: small.Office) -> None:
    small.examine(office)
    with office.day(small.PREVIEWED) as desk:
        own = small.people(desk, 2)[1].id
    with office.day(small.PREVIEWED, "hr", own) as desk:
        result = exam_sessions.sittings(desk, desk.one(ExamSession, code=f"{small.CODE}-1"))[1][0]
        paper = desk.one(ExamResult, sitting_id=result.id, paper="general")
        with pytest.raises(Refusal, match="act.concerns_yourself"):
            exam_sessions.remark(desk, paper, small.PASS, ("a", "b"), "x", "0" * 64)
