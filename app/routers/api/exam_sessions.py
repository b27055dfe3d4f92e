"""JSON endpoints for the sessions of an exam: scheduled, and given seats."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Response

from app.acts import exam_sessions as acts
from app.acts.desk import Desk, DeskDep
from app.db import answer, one_of, page_of, parsed, read
from app.deps import Concerned, HrOffice
from app.edge import StrictRoute
from app.errors import NotFound
from app.listing import Page
from app.models.exam_campaigns import ExamCampaign
from app.models.exam_sessions import (
    CODED,
    LISTING,
    ExamSession,
    ExamSessionFilter,
    ExamSessionIn,
    ExamSessionOut,
    SeatingIn,
)

router = APIRouter(prefix="/exam-sessions", tags=["exam-sessions"], route_class=StrictRoute)
ACT: Final[dict[str, Any]] = {"response_model": ExamSessionOut, "status_code": 201}


@router.get("", response_model=Page[ExamSessionOut])
async def list_exam_sessions(
    wanted: Annotated[ExamSessionFilter, Query()], _: Concerned
) -> Response:
    """List the sessions of exams with how many sat, came and were scored.

    列出各场考试及安排、到考、评分人数。
    """
    return answer(await read(lambda connection: page_of(connection, LISTING, wanted)))


def shown(desk: Desk, code: str) -> dict[str, Any]:
    desk.session.flush()  # the answer is read back in this transaction
    return parsed(one_of(desk.session.connection(), CODED, {"code": code}))


@router.post("", **ACT)
def schedule_exam_session(_: HrOffice, desk: DeskDep, given: ExamSessionIn) -> dict[str, Any]:
    """Schedule a session, with two invigilators at least.

    安排一场考试，监考不少于两人。
    """
    campaign = desk.find(ExamCampaign, code=given.campaign)
    if campaign is None:
        raise NotFound("record.not_found", campaign=given.campaign)
    return shown(desk, acts.schedule(desk, campaign, given.model_dump()).code)


@router.post("/{code}/seatings", **ACT)
def seat_exam_session(
    code: Annotated[str, Path(max_length=32)], _: HrOffice, desk: DeskDep, given: SeatingIn
) -> dict[str, Any]:
    """Give seats to whom the session is for: who is on the roster, failed once or was deferred.

    为应考人员排座：主考、补考或缓考。
    """
    session = desk.one(ExamSession, code=code)
    acts.seat(desk, session, acts.admissible(desk, session, given.departments))
    return shown(desk, code)
