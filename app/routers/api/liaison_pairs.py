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
from app.models.liaison_pairs import (
    LISTING,
    NUMBERED,
    LiaisonPage,
    LiaisonPairFilter,
    LiaisonPairOut,
)

router = APIRouter(prefix="/liaison-pairs", tags=["liaison-pairs"], route_class=StrictRoute)
STANDINGS: Final = {"deregistered": "deregistered", "moved_out": "moved_out"}


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
    reason, successor = "not_on_list", None
    if wanted.uscc is not None:
        reason, successor = standing(connection, wanted.values()["uscc"])
    return {"reason": reason, "fallback": [hotline(), office()], "successor": successor}


def standing(connection: Connection, uscc: str) -> tuple[str, dict[str, Any] | None]:
    """An enterprise that opted out reads like one that was never listed."""
    known = rows_of(connection, enterprises.KNOWN, {"uscc": uscc})
    if not known or known[0]["liaison_opt_out"]:
        return "not_on_list", None
    if next_one := known[0]["successor_uscc"]:
        heir = rows_of(connection, enterprises.KNOWN, {"uscc": next_one})[0]
        return "merged", {"uscc": heir["uscc"], "name": heir["name"]}
    if gone := STANDINGS.get(known[0]["standing"]):
        return gone, None
    return ("unpaired" if known[0]["list_state"] == "active_key" else "not_on_list"), None
