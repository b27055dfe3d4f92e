"""JSON endpoints for liaison pairs: who answers for which enterprise."""

from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from sqlalchemy import Connection

from app.config import legal_day, settings
from app.db import answer, one_of, page_of, paged, read, rows_of
from app.deps import calendar, period
from app.edge import StrictRoute
from app.i18n import gettext as _
from app.listing import OnDay
from app.models import enterprises
from app.models.enterprises import EnterpriseFilter
from app.models.liaison_pairs import (
    INDUSTRY,
    LISTING,
    NUMBERED,
    LiaisonPage,
    LiaisonPairFilter,
    LiaisonPairOut,
    Why,
)

router = APIRouter(prefix="/liaison-pairs", tags=["liaison-pairs"], route_class=StrictRoute)
STANDINGS: Final = {"deregistered": Why.DEREGISTERED, "moved_out": Why.MOVED_OUT}


@router.get("", response_model=LiaisonPage)
async def list_liaison_pairs(wanted: Annotated[LiaisonPairFilter, Query()]) -> Response:
    """Find the leader who answers for an enterprise, by credit code or name.

    An empty answer gives its reason and whom to call instead.
    按统一社会信用代码或名称查联系领导；查不到时说明原因，并给出其他联系方式。
    """
    wanted.values()  # a wrong credit code is refused before any query

    def work(connection: Connection) -> Any:
        page = page_of(connection, LISTING, wanted)
        for pair in page["items"]:
            pair.update(in_handover(connection, pair))
        return {**page, **explained(connection, page["items"], wanted)}

    return paged(await read(work))


@router.get("/{pair_no}", response_model=LiaisonPairOut)
async def read_liaison_pair(pair_no: str, wanted: Annotated[OnDay, Query()]) -> Response:
    """Read one pair, also when it is in handover or has ended.

    查看一条对口联系，交接中和已结束的也能查。
    """
    values = {"pair_no": pair_no, "as_of": wanted.as_of or legal_day()}

    def work(connection: Connection) -> Any:
        pair = one_of(connection, NUMBERED, values)
        return {**pair, **in_handover(connection, pair)}

    return answer(await read(work))


def in_handover(connection: Connection, pair: dict[str, Any]) -> dict[str, Any]:
    """Whom to call while no leader answers, and how the handover's last day was counted."""
    if pair["state"] == "active":
        return {"fallback": None, "handover_sum": None}
    if pair["state"] != "handover":
        return {"fallback": office(), "handover_sum": None}
    since: date = pair["handover_since"]
    days = calendar(connection)
    counted = days.due(since, *period(connection, "liaison.handover", since))
    return {"fallback": office(), "handover_sum": counted}


def office() -> dict[str, Any]:
    chosen = settings()
    return {
        "kind": "enterprise_office",
        "name": chosen.liaison_office,
        "phone": chosen.liaison_phone,
        "hours": chosen.liaison_hours,
    }


def hotline() -> dict[str, Any]:
    return {
        "kind": "hotline",
        "name": _("Government hotline"),
        "phone": settings().hotline,
        "hours": None,
    }


def explained(connection: Connection, found: list[Any], wanted: LiaisonPairFilter) -> Any:
    """Why the answer is empty, and the next door."""
    if found:
        return {"reason": None, "fallback": [], "successor": None}
    doors = [hotline(), office()]
    if wanted.uscc is None:
        return {"reason": unnamed(connection, wanted), "fallback": doors, "successor": None}
    known = rows_of(connection, enterprises.KNOWN, wanted.values())
    if not known or known[0]["liaison_opt_out"]:  # the two read alike
        return {"reason": Why.NOT_ON_LIST, "fallback": doors, "successor": None}
    unit = {"code": known[0]["industry_department"], "division": settings().division}
    doors += rows_of(connection, INDUSTRY, {**wanted.values(), **unit})
    reason, successor = standing(connection, known[0])
    return {"reason": reason, "fallback": doors, "successor": successor}


def unnamed(connection: Connection, wanted: LiaisonPairFilter) -> Why:
    """Asked by name or by leader: whether an enterprise of the list was meant."""
    if wanted.q is None:
        return Why.UNPAIRED
    listed = page_of(connection, enterprises.LISTING, EnterpriseFilter(q=wanted.q, limit=1))
    return Why.UNPAIRED if listed["items"] else Why.NOT_ON_LIST


def standing(connection: Connection, known: dict[str, Any]) -> tuple[Why, dict[str, Any] | None]:
    if next_one := known["successor_uscc"]:
        heirs = rows_of(connection, enterprises.KNOWN, {"uscc": next_one})
        return Why.MERGED, {"uscc": next_one, "name": heirs[0]["name"] if heirs else next_one}
    if gone := STANDINGS.get(known["standing"]):
        return gone, None
    return (Why.UNPAIRED if known["list_state"] == "active_key" else Why.NOT_ON_LIST), None
