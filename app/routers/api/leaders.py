"""JSON endpoints for municipal leaders."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy import Connection

from app.acts import liaison_upkeep as acts
from app.acts.desk import DeskDep
from app.config import legal_day
from app.db import answer, one_of, page_of, read, read_page
from app.deps import LiaisonOffice
from app.edge import StrictRoute
from app.listing import OnDay, Page
from app.models.leaders import LeaderDetail, LeaderFilter, LeaderOut, coded, listing
from app.models.liaison_pairs import LISTING as PAIRS
from app.models.liaison_pairs import LiaisonPairFilter
from app.models.liaison_upkeep import DepartedOut, LeaderIn

router = APIRouter(prefix="/leaders", tags=["leaders"], route_class=StrictRoute)
LISTING, CODED = listing(), coded()


@router.get("", response_model=Page[LeaderOut])
async def list_leaders(wanted: Annotated[LeaderFilter, Query()]) -> Response:
    """List municipal leaders in post, with the number of enterprises each answers for.

    列出在任市级领导、分工、办公电话和联系企业数。
    """
    return await read_page(LISTING, wanted)


@router.get("/{code}", response_model=LeaderDetail)
async def read_leader(code: str, wanted: Annotated[OnDay, Query()]) -> Response:
    """Read one leader and the enterprises that he or she answers for.

    查看一位市级领导和所联系的企业。
    """
    day = wanted.as_of or legal_day()

    def work(connection: Connection) -> Any:
        found = one_of(connection, CODED, {"code": code, "as_of": day})
        window = LiaisonPairFilter(leader=(code,), as_of=day, limit=200)
        pairs = page_of(connection, PAIRS, window)["items"]
        return {**found, "pairs": [led(pair) for pair in pairs], "as_of": day}

    return answer(await read(work))


@router.post("", response_model=LeaderOut, status_code=201)
def enter_leader(given: LeaderIn, _: LiaisonOffice, desk: DeskDep) -> dict[str, Any]:
    """Enter a person who takes a vacant municipal post.

    登记就任市级领导职务的人员。
    """
    code = acts.enter(desk, given.model_dump()).code
    desk.session.flush()  # the answer is read back in this transaction
    return one_of(desk.session.connection(), CODED, {"code": code, "as_of": legal_day()})


@router.post("/{code}/departures", response_model=DepartedOut, status_code=201)
def leave_post(
    code: Annotated[str, Path(max_length=32)], _: LiaisonOffice, desk: DeskDep
) -> dict[str, Any]:
    """A leader leaves: every pair goes to handover in the same transaction, with its last day.

    领导离任：名下对口联系同时转入交接，并按工作日计算交接期限。
    """
    return acts.depart(desk, code)


def led(pair: dict[str, Any]) -> dict[str, Any]:
    return {
        "pair_no": pair["pair_no"],
        "enterprise": pair["enterprise"]["name"],
        "uscc": pair["enterprise"]["uscc"],
        "category": pair["category"],
        "since": pair["valid_from"],
    }
