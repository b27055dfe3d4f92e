"""JSON endpoints for liaison pairs: who answers for which enterprise."""

from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy import Connection

from app.acts import liaison_upkeep as acts
from app.acts.desk import Desk, DeskDep
from app.config import legal_day, settings
from app.db import answer, one_of, page_of, paged, read, rows_of
from app.deps import LiaisonOffice, calendar, period
from app.edge import StrictRoute
from app.i18n import gettext as _
from app.listing import OnDay, Page
from app.models import enterprises
from app.models.enterprises import EnterpriseFilter
from app.models.liaison_pairs import (
    ANY_NUMBERED,
    INDUSTRY,
    LISTING,
    NUMBERED,
    PROPOSALS,
    LiaisonPage,
    LiaisonPair,
    LiaisonPairFilter,
    LiaisonPairOut,
    Why,
)
from app.models.liaison_upkeep import DroppedOut, HandoverIn, PairIn, PairIssueIn, ProposalWindow

router = APIRouter(prefix="/liaison-pairs", tags=["liaison-pairs"], route_class=StrictRoute)
ACT: Final[dict[str, Any]] = {"response_model": LiaisonPairOut, "status_code": 201}
PairNo = Annotated[str, Path(max_length=32)]
UNISSUED: Final = {"fallback": None, "handover_sum": None}
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


@router.get("/proposals", response_model=Page[LiaisonPairOut])
async def list_liaison_proposals(
    wanted: Annotated[ProposalWindow, Query()], _: LiaisonOffice
) -> Response:
    """List pairs that are drawn up and not issued; they bind nobody and are not public.

    列出已拟定、尚未印发的对口联系，不公开。
    """
    page = await read(lambda connection: page_of(connection, PROPOSALS, wanted))
    page["items"] = [{**each, **UNISSUED} for each in page["items"]]
    reply = answer(page)
    reply.headers["Cache-Control"] = "no-store"
    return reply


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


def shown(desk: Desk, pair_no: str) -> dict[str, Any]:
    desk.session.flush()  # the answer is read back in this transaction
    values = {"pair_no": pair_no, "as_of": legal_day()}
    return {**one_of(desk.session.connection(), ANY_NUMBERED, values), **UNISSUED}


@router.post("", **ACT)
def propose_liaison_pair(given: PairIn, _: LiaisonOffice, desk: DeskDep) -> dict[str, Any]:
    """Draw up who is to answer for a key enterprise that did not opt out.

    拟定对口联系：企业须在名单内且未声明不参加。
    """
    return shown(desk, acts.draw_up(desk, given.model_dump()).pair_no)


@router.post("/{pair_no}/issuances", **ACT)
def issue_liaison_pair(
    pair_no: PairNo, given: PairIssueIn, _: LiaisonOffice, desk: DeskDep
) -> dict[str, Any]:
    """Issue a proposal by its document, once the firm was informed. One lead at any instant.

    印发：写明文号，并已告知企业；同一企业任何时刻只有一位联系领导。
    """
    pair = desk.one(LiaisonPair, pair_no=pair_no)
    return shown(desk, acts.issue(desk, pair, given.model_dump()).pair_no)


@router.post("/{pair_no}/handovers", **ACT)
def hand_over_liaison_pair(
    pair_no: PairNo, given: HandoverIn, _: LiaisonOffice, desk: DeskDep
) -> dict[str, Any]:
    """Settle a handover: the old pair ends and the next begins on the same day.

    办结交接：原对口联系结束，新的同日生效，页面不留空白。
    """
    old = desk.one(LiaisonPair, pair_no=pair_no)
    return shown(desk, acts.hand_over(desk, old, given.model_dump()).pair_no)


@router.post("/{pair_no}/discards", response_model=DroppedOut, status_code=201)
def drop_liaison_proposal(pair_no: PairNo, _: LiaisonOffice, desk: DeskDep) -> dict[str, str]:
    """Drop a proposal that was never issued.

    撤销尚未印发的拟定。
    """
    acts.drop(desk, desk.one(LiaisonPair, pair_no=pair_no))
    return {"pair_no": pair_no}


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
