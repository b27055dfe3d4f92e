"""The liaison office at work: pairs by their numbers, leaders and firms by their codes."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from app.acts import enterprises, liaison_pairs
from app.acts.desk import Desk
from app.acts.posts import holdings
from app.config import settings
from app.models.departments import Department
from app.models.divisions import AdministrativeDivision
from app.models.enterprises import Enterprise
from app.models.leaders import Leader
from app.models.liaison_pairs import LiaisonPair
from app.models.posts import Post, PostHolding
from app.rules import leaders as leadership
from app.rules import liaison_pairs as rules
from app.rules import uscc
from app.rules.enterprises import ListState, Standing
from app.rules.liaison_pairs import EndReason, State

OF_THE_PAIR = ("liaison_officer", "contact_line", "contact_hours")


def next_number(desk: Desk) -> str:
    """`L2026-003`; two at one instant take the same, and the unique key lets one through."""
    begin = f"L{desk.today.year}-"
    newest = select(func.max(LiaisonPair.pair_no)).where(col(LiaisonPair.pair_no).like(f"{begin}%"))
    last = desk.session.exec(newest).one()
    return f"{begin}{int(last.removeprefix(begin)) + 1 if last else 1:03}"


def leader_in_post(desk: Desk, code: str) -> Leader:
    leader = desk.one(Leader, code=code)
    held = select(col(PostHolding.id)).where(
        col(PostHolding.person_code) == code, col(PostHolding.valid_to).is_(None)
    )
    leadership.in_post(desk.session.exec(held).first() is not None)
    return leader


def unit(desk: Desk, code: str) -> Department:
    return desk.one(Department, code=code, division_code=settings().division)


def draw_up(desk: Desk, given: Mapping[str, Any]) -> LiaisonPair:
    firm = desk.one(Enterprise, uscc=uscc.check(given["uscc"]))
    facts = {name: given[name] for name in OF_THE_PAIR}
    leader, support = leader_in_post(desk, given["leader"]), unit(desk, given["support_department"])
    facts["pair_no"] = next_number(desk)
    made = liaison_pairs.propose(desk, leader, firm, support, facts)
    desk.note("liaison_pair.proposed", made.pair_no, private={"uscc": firm.uscc})
    return made


def issue(desk: Desk, pair: LiaisonPair, given: Mapping[str, Any]) -> LiaisonPair:
    rules.inform(given["enterprise_informed"])
    pair.document_no, pair.document_title = given["document_no"], given["document_title"]
    firm = desk.one(Enterprise, id=pair.enterprise_id)
    rules.propose(enterprises.is_key(firm), firm.liaison_opt_out)  # it may have changed its mind
    leader = leader_in_post(desk, desk.one(Leader, id=pair.leader_id).code)
    return liaison_pairs.issue(desk, pair, leader, firm)


def drop(desk: Desk, pair: LiaisonPair) -> None:
    """A proposal that is not wanted after all; what was issued ends by an act on the firm."""
    rules.unissued(State(pair.state))
    liaison_pairs.end(desk, pair, EndReason.LEFT_THE_LIST)


def hand_over(desk: Desk, old: LiaisonPair, given: Mapping[str, Any]) -> LiaisonPair:
    rules.inform(given["enterprise_informed"])
    facts = {name: given[name] for name in (*OF_THE_PAIR, "document_no", "document_title")}
    facts["pair_no"] = next_number(desk)
    leader, support = leader_in_post(desk, given["leader"]), unit(desk, given["support_department"])
    firm = desk.one(Enterprise, id=old.enterprise_id)
    return liaison_pairs.reassign(desk, old, leader, firm, support, facts)


def enter(desk: Desk, given: Mapping[str, Any]) -> Leader:
    post = desk.one(Post, code=given["post"])
    leadership.vacant(post.is_leader, [each.person_code for each in holdings(desk, post)])
    return liaison_pairs.enter_leader(desk, settings().division, given, post)


def depart(desk: Desk, code: str) -> dict[str, Any]:
    """Who left, and what waits for a successor until when."""
    leader = leader_in_post(desk, code)
    liaison_pairs.leave_post(desk, leader)
    desk.session.flush()  # what went to handover is read back in this transaction
    waiting = select(col(LiaisonPair.pair_no), col(LiaisonPair.handover_due)).where(
        col(LiaisonPair.leader_id) == leader.id, col(LiaisonPair.state) == State.HANDOVER
    )
    rows = desk.session.exec(waiting.order_by(col(LiaisonPair.pair_no))).all()
    due = max((each for _, each in rows if each), default=None)
    told = {"handovers": [number for number, _ in rows], "due": due}
    return {"code": leader.code, "name": leader.name, **told}


def list_firm(desk: Desk, given: Mapping[str, Any]) -> dict[str, Any]:
    """On the list of key enterprises, for the first time or again by its own record."""
    known = desk.find(Enterprise, uscc=uscc.check(given["uscc"]))
    if known is not None:
        enterprises.admit(desk, known)
        return kept(known)
    if given["township_code"] is not None:
        desk.one(AdministrativeDivision, code=given["township_code"])
    begun = {"standing": Standing.IN_BUSINESS, "list_state": ListState.ACTIVE_KEY}
    facts = {**given, **begun, "categories": [given["category"]], "former_names": []}
    return kept(liaison_pairs.list_enterprise(desk, settings().division, facts))


def remove(desk: Desk, code: str, standing: Standing | None) -> dict[str, Any]:
    firm = desk.one(Enterprise, uscc=uscc.check(code))
    if standing is Standing.DEREGISTERED:
        enterprises.deregister(desk, firm)
    else:
        enterprises.remove(desk, firm, standing)
    return kept(firm)


def opt_out(desk: Desk, code: str, reason: str) -> dict[str, Any]:
    firm = desk.one(Enterprise, uscc=uscc.check(code))
    enterprises.opt_out(desk, firm, reason)
    return kept(firm)


def kept(firm: Enterprise) -> dict[str, Any]:
    standing = {"list_state": firm.list_state, "status": firm.standing}
    return {"uscc": firm.uscc, "name": firm.name, **standing, "opted_out": firm.liaison_opt_out}
