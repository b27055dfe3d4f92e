"""An exam of enforcement officers: its course, and what each person's outcome is (model B4.10)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.errors import Refusal
from app.rules.officers import ELIGIBLE, EmploymentType


class State(StrEnum):
    DRAFT = "draft"
    ROSTER_OPEN = "roster_open"
    ROSTER_FROZEN = "roster_frozen"
    EXAMINING = "examining"
    MARKING = "marking"
    RESULTS_PUBLISHED = "results_published"
    CLOSED = "closed"


class Act(StrEnum):
    OPEN_ROSTER = "open_roster"
    FREEZE_ROSTER = "freeze_roster"
    BEGIN = "begin"
    MARK = "mark"
    PUBLISH_RESULTS = "publish_results"
    CLOSE = "close"


class SessionKind(StrEnum):
    MAIN = "main"
    MAKEUP = "makeup"
    DEFERRED = "deferred"


class Paper(StrEnum):
    GENERAL = "general"
    SPECIAL = "special"


class Attendance(StrEnum):
    REGISTERED = "registered"
    PRESENT = "present"
    ABSENT = "absent"
    DEFERRED = "deferred"
    EXCUSED = "excused"


class AttendanceAct(StrEnum):
    ATTEND = "attend"
    MISS = "miss"
    DEFER = "defer"
    EXCUSE = "excuse"


class Excuse(StrEnum):
    HOSPITAL = "hospital"
    MATERNITY = "maternity"
    OFFICIAL_MISSION = "official_mission"
    FORCE_MAJEURE = "force_majeure"


class Eligibility(StrEnum):
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"


class Outcome(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    ABSENT = "absent"
    DEFERRED = "deferred"
    INELIGIBLE = "ineligible"
    PENDING = "pending"


OUTCOMES: Final = {
    (State.DRAFT, Act.OPEN_ROSTER): State.ROSTER_OPEN,
    (State.ROSTER_OPEN, Act.FREEZE_ROSTER): State.ROSTER_FROZEN,
    (State.ROSTER_FROZEN, Act.BEGIN): State.EXAMINING,
    (State.EXAMINING, Act.MARK): State.MARKING,
    (State.MARKING, Act.PUBLISH_RESULTS): State.RESULTS_PUBLISHED,
    (State.RESULTS_PUBLISHED, Act.CLOSE): State.CLOSED,
}
ATTENDANCES: Final = {
    (Attendance.REGISTERED, AttendanceAct.ATTEND): Attendance.PRESENT,
    (Attendance.REGISTERED, AttendanceAct.MISS): Attendance.ABSENT,
    (Attendance.REGISTERED, AttendanceAct.DEFER): Attendance.DEFERRED,
    (Attendance.ABSENT, AttendanceAct.EXCUSE): Attendance.EXCUSED,
}


class Work(StrEnum):
    """What is done within a campaign; each has its stages."""

    SCHEDULE = "schedule"
    SEAT = "seat"
    TAKE_ATTENDANCE = "take_attendance"
    ENTER_SCORES = "enter_scores"
    DEFER = "defer"
    EXCUSE = "excuse"
    ANNUL = "annul"
    REMARK = "remark"


# whoever was deferred sits later, and what comes to light is put right, until the exam is closed
HELD: Final = frozenset({State.EXAMINING, State.MARKING, State.RESULTS_PUBLISHED})
STAGES: Final[Mapping[Work, frozenset[State]]] = {
    **dict.fromkeys(Work, HELD),
    Work.SCHEDULE: frozenset({State.DRAFT, State.ROSTER_OPEN, State.ROSTER_FROZEN, *HELD}),
    Work.SEAT: frozenset({State.ROSTER_FROZEN, *HELD}),
}
WAITING: Final = {Attendance.DEFERRED, Attendance.EXCUSED}
LOWEST, HIGHEST = Decimal(0), Decimal(100)
MARKERS: Final = 2
INVIGILATORS: Final = 2


def after(act: Act, state: State) -> State:
    if (outcome := OUTCOMES.get((state, act))) is None:
        raise Refusal("exam_campaign.act_not_allowed", act=act, state=state)
    return outcome


def timely(work: Work, state: State) -> None:
    """A closed exam is closed: its results have become the ground of what followed."""
    if state not in STAGES[work]:
        raise Refusal("exam_campaign.work_not_now", work=work, state=state)


def attendance_after(act: AttendanceAct, attendance: Attendance) -> Attendance:
    if (outcome := ATTENDANCES.get((attendance, act))) is None:
        raise Refusal("sitting.act_not_allowed", act=act, attendance=attendance)
    return outcome


def freeze(units: Collection[str], signed: Collection[str]) -> None:
    """Every unit's first responsible person has signed its roster."""
    if missing := sorted(set(units) - set(signed)):
        raise Refusal("exam_campaign.roster_not_signed", units=",".join(missing))


def eligible(employment: EmploymentType) -> Eligibility:
    """On establishment, or never an enforcement officer (model B2 officer.eligible)."""
    return Eligibility.ELIGIBLE if employment in ELIGIBLE else Eligibility.INELIGIBLE


def staffed(invigilators: Collection[str]) -> None:
    if len(set(invigilators)) < INVIGILATORS:
        raise Refusal("exam_session.two_invigilators", invigilators=len(set(invigilators)))


def score(text: str) -> Decimal:
    """0 to 100 with one decimal; never rounded, so 59.5 stays under 60."""
    try:
        found = Decimal(text.strip())
    except ArithmeticError:
        raise Refusal("exam_result.not_a_score", score=None) from None
    if not found.is_finite() or not LOWEST <= found <= HIGHEST:
        raise Refusal("exam_result.out_of_range", score=None)
    if found != found.quantize(Decimal("0.1")):
        raise Refusal("exam_result.too_fine", score=None)
    return found


def marked(first: str, second: str) -> None:
    """EX4: two markers, not one person twice."""
    if not first or not second or first == second:
        raise Refusal("exam_result.two_markers", marker=second)


def remark(first: str, second: str, reason: str, evidence: str) -> None:
    """EX4: a score changes only by a re-mark with two markers, a reason and evidence."""
    marked(first, second)
    if not reason.strip() or not evidence.strip():
        raise Refusal("exam_result.remark_unfounded", reason=bool(reason.strip()))


def defer(asked_on: date, held_on: date) -> None:
    """A deferral is approved before the day; from then on there is only the proof of an excuse."""
    if asked_on >= held_on:
        raise Refusal("sitting.deferral_too_late", held_on=held_on.isoformat())


def prove(handed_in: date, last_day: date) -> None:
    """EX3: proof of an excuse is taken within the window after the session."""
    if handed_in > last_day:
        raise Refusal("sitting.proof_too_late", last_day=last_day.isoformat())


@dataclass(frozen=True)
class Sat:
    """One person at one session: whether they came, and what each paper gave."""

    kind: SessionKind
    attendance: Attendance
    scores: Mapping[Paper, Decimal] = field(default_factory=dict)
    annulled: bool = False


def passed(sat: Sat, papers: Sequence[Paper], mark: Decimal) -> bool:
    """Every paper reaches the mark, and nothing was annulled for cheating."""
    came = sat.attendance is Attendance.PRESENT and not sat.annulled
    return came and all(sat.scores.get(paper, Decimal(-1)) >= mark for paper in papers)


def unmarked(sat: Sat, papers: Sequence[Paper]) -> bool:
    """Came, and a paper is not marked yet: nobody has failed on half a result."""
    came = sat.attendance is Attendance.PRESENT and not sat.annulled
    return came and any(paper not in sat.scores for paper in papers)


def outcome(
    eligibility: Eligibility, sittings: Sequence[Sat], papers: Sequence[Paper], mark: Decimal
) -> Outcome:
    """Computed, never typed: what the sittings in their order come to (EX1, EX2, EX5)."""
    if eligibility is Eligibility.INELIGIBLE:
        return Outcome.INELIGIBLE
    if any(passed(sat, papers, mark) for sat in sittings):
        return Outcome.PASSED
    if any(unmarked(sat, papers) for sat in sittings):
        return Outcome.PENDING
    if any(sat.attendance is Attendance.PRESENT for sat in sittings):
        return Outcome.FAILED
    if not sittings or sittings[-1].attendance is Attendance.REGISTERED:
        return Outcome.DEFERRED if len(sittings) > 1 else Outcome.PENDING
    return Outcome.DEFERRED if sittings[-1].attendance in WAITING else Outcome.ABSENT


def admit(kind: SessionKind, sittings: Sequence[Sat], retakes: int) -> None:
    """Who may sit a later session: EX1 the failed once more, EX2 never the unexcused absent."""
    last = sittings[-1] if sittings else None
    if kind is SessionKind.MAIN:
        if last is not None:
            raise Refusal("sitting.already_registered", kind=kind)
        return
    if last is None:
        raise Refusal("sitting.not_on_roster", kind=kind)
    if any(sat.attendance is Attendance.REGISTERED for sat in sittings):
        raise Refusal("sitting.already_registered", kind=kind)  # one chance is not sat twice
    if last.attendance is Attendance.ABSENT:
        raise Refusal("sitting.absent_not_admitted", kind=kind)
    attempts = sum(sat.attendance is Attendance.PRESENT for sat in sittings)
    if attempts > retakes:
        raise Refusal("sitting.retakes_used", retakes=retakes)


def consistent(attendance: Attendance, scores: Mapping[Paper, Decimal]) -> None:
    """A person cannot be absent and have a score: one of the two is wrong, a person decides."""
    if scores and attendance is not Attendance.PRESENT:
        raise Refusal("exam_result.score_and_absent", attendance=attendance)


def capacity(persons: int, seats: int) -> None:
    if persons > seats:
        raise Refusal("exam_session.too_small", seats=seats)


def annul(attendance: Attendance, reason: str) -> None:
    """Only what was sat can be annulled, and never without saying why."""
    if attendance is not Attendance.PRESENT or not reason.strip():
        raise Refusal("sitting.cannot_annul", attendance=attendance)
