"""JSON endpoints for municipal leaders."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlalchemy import Connection

from app.config import legal_day
from app.db import answer, one_of, page_of, read, read_page
from app.edge import StrictRoute
from app.listing import OnDay, Page
from app.models.leaders import LeaderDetail, LeaderFilter, LeaderOut, coded, listing
from app.models.liaison_pairs import LISTING as PAIRS
from app.models.liaison_pairs import LiaisonPairFilter

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


def led(pair: dict[str, Any]) -> dict[str, Any]:
    return {
        "pair_no": pair["pair_no"],
        "enterprise": pair["enterprise"]["name"],
        "uscc": pair["enterprise"]["uscc"],
        "category": pair["category"],
        "since": pair["valid_from"],
    }
