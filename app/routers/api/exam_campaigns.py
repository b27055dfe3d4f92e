"""JSON endpoints for exam campaigns, from their notice to their published results."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy import Connection

from app.acts import exam_campaigns as acts
from app.acts.desk import Desk, DeskDep
from app.config import legal_day, settings
from app.db import answer, one_of, page_of, parsed, read, read_one, read_page
from app.deps import (
    Concerned,
    DeptAdmin,
    Forbidden,
    HrOffice,
    IfMatch,
    SteppedUp,
    matched,
    own_units,
)
from app.edge import StrictRoute
from app.listing import Page
from app.models.departments import Department
from app.models.exam_campaigns import (
    CODED,
    LISTING,
    ExamCampaign,
    ExamCampaignFilter,
    ExamCampaignIn,
    ExamCampaignOut,
    RosterSignatureIn,
    UnitRosterOut,
)  # fmt: skip
from app.models.exam_rosters import OWN_ROSTERS, ROSTERS, RosterOut, RosterWindow
from app.rules.accounts import Role
from app.rules.exam_campaigns import Act

Code = Annotated[str, Path(max_length=32)]
router = APIRouter(prefix="/exam-campaigns", tags=["exam-campaigns"], route_class=StrictRoute)
ACT: Final[dict[str, Any]] = {"response_model": ExamCampaignOut, "status_code": 201}


@router.get("", response_model=Page[ExamCampaignOut])
async def list_exam_campaigns(wanted: Annotated[ExamCampaignFilter, Query()]) -> Response:
    """List exams of enforcement officers with how many passed, failed or did not come.

    列出执法人员资格考核及合格、不合格、未参加人数；个人成绩不公开。
    """
    return await read_page(LISTING, wanted)


@router.get("/{code}", response_model=ExamCampaignOut)
async def read_exam_campaign(code: Code) -> Response:
    """Read one exam: subjects, pass mark, counts. No person's result is public.

    查看一次考核：科目、合格线和人数。
    """
    return await read_one(CODED, code=code, as_of=legal_day())


def shown(desk: Desk, code: str) -> dict[str, Any]:
    desk.session.flush()  # the answer is read back in this transaction
    return parsed(one_of(desk.session.connection(), CODED, {"code": code}))


@router.post("", **ACT)
def create_exam_campaign(_: HrOffice, desk: DeskDep, given: ExamCampaignIn) -> dict[str, Any]:
    """Announce an exam, under the marks and periods in force today.

    发布考核通知，合格线和各项期限按现行规定确定。
    """
    facts = given.model_dump(exclude_none=True)
    return shown(desk, acts.create(desk, settings().division, facts).code)


def moved(desk: Desk, code: str, tag: str | None, act: Act) -> dict[str, Any]:
    campaign = desk.one(ExamCampaign, code=code)
    matched(campaign.version, tag)
    acts.advance(desk, campaign, act)
    return shown(desk, code)


@router.get("/{code}/rosters", response_model=Page[RosterOut])
async def list_rosters(
    code: Code, wanted: Annotated[RosterWindow, Query()], caller: Concerned
) -> Response:
    """List how many officers each unit has on the roster, and who signed it.

    列出各单位名册人数和签认情况；单位管理员只看本单位。
    """
    units = own_units(caller)
    of: dict[str, Any] = {"code": code} if units is None else {"code": code, "units": units}
    listing = ROSTERS if units is None else OWN_ROSTERS

    def work(connection: Connection) -> Any:
        one_of(connection, CODED, {"code": code})  # of an exam that there is
        return page_of(connection, listing, wanted, **of)

    return answer(await read(work))


@router.post("/{code}/roster-openings", **ACT)
def open_exam_roster(code: str, _: HrOffice, desk: DeskDep, tag: IfMatch = None) -> dict[str, Any]:
    """Open the roster to the units.

    开放名册报送。
    """
    return moved(desk, code, tag, Act.OPEN_ROSTER)


@router.post("/{code}/roster-signatures", response_model=UnitRosterOut, status_code=201)
def sign_unit_roster(
    code: str, given: RosterSignatureIn, caller: DeptAdmin, desk: DeskDep
) -> dict[str, Any]:
    """Sign a unit's roster, for its first responsible person.

    单位第一责任人签认本单位名册。
    """
    if not caller.of_unit(Role.DEPT_ADMIN, given.department):
        raise Forbidden("auth.not_your_unit", department=given.department)
    campaign = desk.one(ExamCampaign, code=code)
    unit = desk.one(Department, division_code=campaign.division_code, code=given.department)
    made = acts.sign_roster(desk, campaign, unit, given.signed_by)
    return {**made.model_dump(), "campaign": code, "department": unit.code}


@router.post("/{code}/roster-freezings", **ACT)
def freeze_exam_roster(
    code: str, _: HrOffice, desk: DeskDep, tag: IfMatch = None
) -> dict[str, Any]:
    """Freeze the roster, once every unit has signed it as it stands.

    各单位签认后冻结名册。
    """
    return moved(desk, code, tag, Act.FREEZE_ROSTER)


@router.post("/{code}/beginnings", **ACT)
def begin_exam(code: str, _: HrOffice, desk: DeskDep, tag: IfMatch = None) -> dict[str, Any]:
    """Begin the sessions.

    开始考核。
    """
    return moved(desk, code, tag, Act.BEGIN)


@router.post("/{code}/markings", **ACT)
def begin_exam_marking(
    code: str, _: HrOffice, desk: DeskDep, tag: IfMatch = None
) -> dict[str, Any]:
    """Begin the marking.

    开始阅卷。
    """
    return moved(desk, code, tag, Act.MARK)


@router.post("/{code}/publications", **ACT, dependencies=[SteppedUp])
def publish_exam_results(
    code: str, _: HrOffice, desk: DeskDep, tag: IfMatch = None
) -> dict[str, Any]:
    """Compute every outcome and publish the counts.

    计算结果并公布人数。
    """
    return moved(desk, code, tag, Act.PUBLISH_RESULTS)


@router.post("/{code}/closings", **ACT)
def close_exam(code: str, _: HrOffice, desk: DeskDep, tag: IfMatch = None) -> dict[str, Any]:
    """Close the exam.

    结束本次考核。
    """
    return moved(desk, code, tag, Act.CLOSE)
