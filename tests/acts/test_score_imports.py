"""Attendance, scores and self-checks from spreadsheets, written through the acts of their parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from app.acts import exam_campaigns, exam_sessions, imports, self_checks
from app.db import Database
from app.errors import Refusal
from app.models.credentials import Credential
from app.models.departments import Department
from app.models.exam_campaigns import ExamCampaign
from app.models.exam_sessions import ExamSession
from app.models.officers import Officer
from app.models.registrations import Registration
from app.rules.exam_campaigns import Act
from app.rules.headings import Kind
from tests.acts import campaign
from tests.acts.campaign import CODE, DIVISION, HELD, UNIT, Office
from tests.acts.rosters import classes, uploaded, work
from tests.spreadsheets import files

SCORES = ("姓名", "执法证号", "通用", "专门", "缺考")
CAME = ("姓名", "执法证号", "出勤")
FOUND = ("姓名", "执法证号", "人员性质", "处理情况", "执法次数")
MARKED = {"first_marker": "甲", "second_marker": "乙"}


@dataclass
class Exam:
    """Six people of one unit with a seat each, and nothing taken yet."""

    office: Office
    opened: Database
    people: list[tuple[str, str]]
    about: dict[str, Any]

    def take(self, kind: Kind, rows: Sequence[Sequence[Any]], **more: Any) -> str:
        sheet = [("x.xlsx", files.xlsx(rows))]
        return uploaded(self.office, sheet, kind=kind, **self.about, **more)

    def commit(self, number: str) -> str | None:
        with self.office.day(HELD) as desk:
            batch = imports.numbered(desk, number)
            imports.ask_commit(desk, batch, batch.version)
        return work(self.opened)

    def write(self, kind: Kind, rows: Sequence[Sequence[Any]], **more: Any) -> str | None:
        number = self.take(kind, rows, **more)
        assert work(self.opened) == "done"
        return self.commit(number)

    def count(self, what: str) -> int:
        with self.opened.reader.connect() as connection:
            return int(connection.execute(text(f"select count(*) from {what}")).scalar_one())


@pytest.fixture
def exam(opened: Database) -> Exam:
    office = Office(opened.writer)
    with office.day(HELD) as desk:
        facts = {"code": CODE, "name": "x", "year": 2026, "syllabus": ["x"]}
        made = exam_campaigns.create(desk, DIVISION, facts)
        exam_campaigns.move(desk, made, Act.OPEN_ROSTER)
        exam_campaigns.register(desk, made, campaign.people(desk, 6))
        unit = desk.one(Department, division_code=DIVISION, code=UNIT)
        self_checks.issue(desk, made, [unit])
        exam_campaigns.sign_roster(desk, made, unit, "H12")
        exam_campaigns.freeze(desk, made)
        exam_campaigns.move(desk, made, Act.BEGIN)
        held = {"code": f"{CODE}-1", "kind": "main", "held_on": HELD, "place": "x", "capacity": 99}
        session = exam_sessions.schedule(desk, made, {**held, "invigilators": ["a", "b"]})
        listed = select(Registration).where(Registration.campaign_id == made.id)
        exam_sessions.seat(desk, session, list(desk.session.exec(listed)))
        about = {"campaign_id": made.id, "session_id": session.id}
    return Exam(office, opened, seated(opened), about)


def seated(opened: Database) -> list[tuple[str, str]]:
    with Session(opened.writer) as session:
        held = (
            select(Officer.name, Credential.certificate_no)
            .join(Credential, col(Credential.officer_id) == col(Officer.id))
            .join(Registration, col(Registration.officer_id) == col(Officer.id))
            .join(ExamCampaign, col(ExamCampaign.id) == col(Registration.campaign_id))
            .where(ExamCampaign.code == CODE)
            .order_by(col(Registration.number))
        )
        return list(session.exec(held).all())


def test_59_5_is_written_as_it_is_and_the_absent_are_absent(exam: Exam) -> None:
    rows = [SCORES, (*exam.people[0], 59.5, 80), (*exam.people[1], None, None, "缺考")]
    assert exam.write(Kind.SCORES, rows, **MARKED) == "done"
    assert exam.count("exam_result where score_tenths = 595 and source_row = 2") == 1
    seat = "sitting join registration on registration.id = registration_id"
    assert exam.count(f"{seat} where attendance = 'absent' and outcome = 'absent'") >= 1
    failed = f"registration where campaign_id = {exam.about['campaign_id']} and outcome = 'failed'"
    assert exam.count(failed) == 1


def test_a_score_after_an_absence_is_a_conflict_that_a_person_decides(exam: Exam) -> None:
    assert exam.write(Kind.ATTENDANCE, [CAME, (*exam.people[0], "缺考")]) == "done"
    number = exam.take(Kind.SCORES, [SCORES, (*exam.people[0], 90, 80)], **MARKED)
    work(exam.opened)
    with exam.office.day(HELD) as desk:
        assert classes(desk, number) == {"score_and_absent": (1, 1)}


def test_two_rows_with_two_scores_are_left_to_a_person(exam: Exam) -> None:
    rows = [SCORES, (*exam.people[0], 90, 80), (*exam.people[0], 50, 80)]
    number = exam.take(Kind.SCORES, rows, **MARKED)
    work(exam.opened)
    with exam.office.day(HELD) as desk:
        assert classes(desk, number) == {"duplicate_in_file": (2, 2)}


def test_inv_i3_a_score_row_makes_nobody_known(exam: Exam) -> None:
    before = exam.count("officer")
    number = exam.take(Kind.SCORES, [SCORES, ("某某某", "99018199999", 90, 80)], **MARKED)
    work(exam.opened)
    with pytest.raises(Refusal, match=r"import\.undecided"):
        exam.commit(number)
    assert exam.count("officer") == before


def test_a_second_file_changes_no_score(exam: Exam) -> None:
    assert exam.write(Kind.SCORES, [SCORES, (*exam.people[0], 50, 80)], **MARKED) == "done"
    again = [SCORES, (*exam.people[0], 90, 80)]
    assert exam.write(Kind.SCORES, again, **MARKED) == "import.scored_before"
    entered = "exam_result join sitting on sitting.id = sitting_id"
    own = f"{entered} where session_id = {exam.about['session_id']}"
    assert (exam.count(own), exam.count(f"{own} and score_tenths = 900")) == (2, 0)


def test_two_markers_sign_for_a_score_file(exam: Exam) -> None:
    with pytest.raises(Refusal, match=r"exam_result\.two_markers"):
        exam.take(Kind.SCORES, [SCORES], first_marker="甲", second_marker="甲")


def test_findings_become_the_report_that_the_head_signs(exam: Exam) -> None:
    with exam.office.day(HELD) as desk:
        unit = desk.one(Department, division_code=DIVISION, code=UNIT)
        exam.about["department_id"] = unit.id
    rows = [FOUND, ("某甲", None, "临时工", "已清退", 3), ("某乙", None, "合同工", "转岗", None)]
    stranger = exam.write(Kind.SELF_CHECK, rows, signed_by="somebody")
    assert stranger == "post.not_first_responsible"
    more = [*rows, ("某丙", None, "聘用", "清退", 0)]
    assert exam.write(Kind.SELF_CHECK, more, signed_by="H12") == "done"
    task = f"self_check_task where campaign_id = {exam.about['campaign_id']}"
    assert exam.count(f"{task} and state = 'submitted'") == 1
    assert exam.count("self_check_finding where person_name in ('某甲', '某乙', '某丙')") == 3


def test_a_session_is_named_for_what_is_of_a_session(exam: Exam) -> None:
    with exam.office.day(HELD) as desk:
        assert desk.one(ExamSession, id=exam.about.pop("session_id")).code == f"{CODE}-1"
    with pytest.raises(Refusal, match=r"import\.session_missing"):
        exam.take(Kind.ATTENDANCE, [CAME])
