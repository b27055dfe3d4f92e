"""What a person's sittings come to: computed, never typed (EX1-EX6)."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from app.errors import Refusal
from app.rules.exam_campaigns import (
    Attendance,
    Eligibility,
    Outcome,
    Paper,
    Sat,
    SessionKind,
    State,
    Work,
    admit,
    consistent,
    freeze,
    marked,
    outcome,
    prove,
    remark,
    score,
    staffed,
    timely,
)  # fmt: skip

PAPERS = [Paper.GENERAL, Paper.SPECIAL]
MARK = Decimal(60)
ABSENT = Sat(SessionKind.MAIN, Attendance.ABSENT)
EXCUSED = Sat(SessionKind.MAIN, Attendance.EXCUSED)
DEFERRED = Sat(SessionKind.MAIN, Attendance.DEFERRED)
AGAIN = Sat(SessionKind.MAKEUP, Attendance.REGISTERED)


def sat(
    general: str, special: str, kind: SessionKind = SessionKind.MAIN, *, annulled: bool = False
) -> Sat:
    scores = {Paper.GENERAL: Decimal(general), Paper.SPECIAL: Decimal(special)}
    return Sat(kind, Attendance.PRESENT, scores, annulled)


def makeup(general: str, special: str) -> Sat:
    return sat(general, special, SessionKind.MAKEUP)


@pytest.mark.parametrize(
    ("sittings", "told"),
    [
        ([sat("60", "60")], Outcome.PASSED),
        ([sat("59.5", "100")], Outcome.FAILED),
        ([sat("100", "59.9")], Outcome.FAILED),
        ([sat("90", "90", annulled=True)], Outcome.FAILED),
        ([sat("90", "90", annulled=True), makeup("60", "60")], Outcome.PASSED),
        ([sat("55", "60"), makeup("60", "60")], Outcome.PASSED),
        ([sat("55", "60"), makeup("60", "59")], Outcome.FAILED),
        ([sat("55", "60"), Sat(SessionKind.MAKEUP, Attendance.ABSENT)], Outcome.FAILED),
        ([sat("55", "60"), AGAIN], Outcome.FAILED),
        ([ABSENT], Outcome.ABSENT),
        ([EXCUSED], Outcome.DEFERRED),
        ([DEFERRED], Outcome.DEFERRED),
        ([EXCUSED, AGAIN], Outcome.DEFERRED),
        ([DEFERRED, makeup("70", "70")], Outcome.PASSED),
        ([DEFERRED, Sat(SessionKind.MAKEUP, Attendance.ABSENT)], Outcome.ABSENT),
        ([Sat(SessionKind.MAIN, Attendance.PRESENT)], Outcome.PENDING),
        ([Sat(SessionKind.MAIN, Attendance.REGISTERED)], Outcome.PENDING),
        ([], Outcome.PENDING),
    ],
)
def test_the_outcome_follows_from_the_sittings(sittings: list[Sat], told: Outcome) -> None:
    assert outcome(Eligibility.ELIGIBLE, sittings, PAPERS, MARK) is told


def test_who_may_never_enforce_passes_nothing() -> None:
    assert outcome(Eligibility.INELIGIBLE, [sat("99", "99")], PAPERS, MARK) is Outcome.INELIGIBLE


@pytest.mark.parametrize("text", ["105", "-1", "缺", "", "NaN", "59.55", "1e3", "Infinity"])
def test_what_is_no_score_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="exam_result"):
        score(text)


def test_a_score_is_not_rounded_up() -> None:
    assert score("59.5") == Decimal("59.5") < MARK


@pytest.mark.parametrize(
    ("kind", "sittings", "code"),
    [
        (SessionKind.MAKEUP, [ABSENT], "sitting.absent_not_admitted"),
        (SessionKind.MAKEUP, [sat("1", "1"), makeup("1", "1")], "sitting.retakes_used"),
        (SessionKind.MAKEUP, [], "sitting.not_on_roster"),
        (SessionKind.MAIN, [sat("1", "1")], "sitting.already_registered"),
    ],
)
def test_who_may_not_sit_is_told_why(kind: SessionKind, sittings: list[Sat], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        admit(kind, sittings, retakes=1)


@pytest.mark.parametrize("sittings", [[sat("1", "1")], [EXCUSED], [DEFERRED]])
def test_the_failed_and_the_excused_sit_again(sittings: list[Sat]) -> None:
    admit(SessionKind.MAKEUP, sittings, retakes=1)


def test_an_absent_person_with_a_score_is_a_conflict() -> None:
    with pytest.raises(Refusal, match="exam_result.score_and_absent"):
        consistent(Attendance.ABSENT, {Paper.GENERAL: MARK})


def test_two_people_mark_two_people_watch_and_every_unit_signs() -> None:
    with pytest.raises(Refusal, match="two_markers"):
        marked("a", "a")
    with pytest.raises(Refusal, match="two_invigilators"):
        staffed(["a", "a"])
    with pytest.raises(Refusal, match="roster_not_signed"):
        freeze(["12", "13"], ["12"])


def test_a_remark_needs_its_reason_and_evidence() -> None:
    with pytest.raises(Refusal, match="remark_unfounded"):
        remark("a", "b", " ", "0" * 64)


def test_proof_of_an_excuse_is_taken_to_its_last_day() -> None:
    prove(date(2025, 10, 27), date(2025, 10, 27))
    with pytest.raises(Refusal, match="proof_too_late"):
        prove(date(2025, 10, 28), date(2025, 10, 27))


OPEN_FOR = {  # by hand: what may be done at which stage
    "draft": "schedule",
    "roster_open": "schedule",
    "roster_frozen": "schedule seat",
    "examining": "schedule seat take_attendance enter_scores defer excuse annul remark",
    "marking": "schedule seat take_attendance enter_scores defer excuse annul remark",
    "results_published": "schedule seat take_attendance enter_scores defer excuse annul remark",
    "closed": "",
}


@pytest.mark.parametrize(("stage", "work"), list(product(State, Work)))
def test_each_work_has_its_stages(stage: State, work: Work) -> None:
    if work in OPEN_FOR[stage].split():
        timely(work, stage)
    else:
        with pytest.raises(Refusal, match="work_not_now"):
            timely(work, stage)
