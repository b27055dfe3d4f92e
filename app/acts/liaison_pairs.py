"""Leaders in post, enterprises on the list, and who answers for whom."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from app.acts import calendars
from app.acts.desk import Desk
from app.acts.officers import inserted
from app.models.columns import json_text
from app.models.departments import Department
from app.models.enterprises import Enterprise
from app.models.leaders import Leader
from app.models.liaison_pairs import LiaisonPair
from app.models.posts import Post, PostHolding
from app.models.search import index, index_new
from app.rules import liaison_pairs as rules
from app.rules import uscc
from app.rules.enterprises import ListState
from app.rules.liaison_pairs import Act, EndReason, Role, State
from app.rules.workdays import due


def take_post(desk: Desk, post: Post, person_code: str, person_name: str) -> None:
    """One formal holder at a time (a unique index says so too)."""
    desk.session.add(
        PostHolding(
            post_id=post.id or 0,
            person_code=person_code,
            person_name=person_name,
            valid_from=desk.today,
        )
    )
    desk.note("post.taken", post.code, title=post.title, holder=person_name)


def enter_leader(desk: Desk, division: str, facts: Mapping[str, Any], post: Post) -> Leader:
    names = ("code", "name", "organ", "portfolio", "portfolio_en", "office_phone", "rank_order")
    known: dict[str, Any] = {name: facts.get(name) for name in names}
    leader = desk.add(Leader(division_code=division, **known))
    index(desk.session, "leader", leader.id or 0, [leader.name], [leader.code])
    desk.note("leader.entered", leader.code, name=leader.name, organ=leader.organ)
    take_post(desk, post, leader.code, leader.name)
    return leader


def list_enterprise(desk: Desk, division: str, facts: Mapping[str, Any]) -> Enterprise:
    checked = uscc.check(facts["uscc"])
    former = facts.get("former_names", [])
    lists = {"former_names": json_text(former), "categories": json_text(facts["categories"])}
    fixed = {"uscc": checked, "listed_on": desk.today, "updated_on": desk.today}
    firm = desk.add(Enterprise(**{**facts, **lists, **fixed, "division_code": division}))
    index(desk.session, "enterprise", firm.id or 0, [firm.name, *former], [checked])
    if firm.list_state == ListState.ACTIVE_KEY and not firm.liaison_opt_out:
        desk.note("enterprise.listed", checked, name=firm.name, category=firm.category)
    else:  # an opt-out is nobody else's business: the entry says nothing
        desk.note("enterprise.recorded", "-")
    return firm


def list_enterprises(desk: Desk, division: str, many: Sequence[Mapping[str, Any]]) -> None:
    """Put many firms on the list at once, each with its entry and its search keys."""
    rows = [
        {
            **facts,
            "uscc": uscc.check(facts["uscc"]),
            "division_code": division,
            "list_state": ListState.ACTIVE_KEY,
            "liaison_opt_out": False,
            "former_names": json_text([]),
            "categories": json_text([facts["category"]]),
            "listed_on": desk.today,
            "updated_on": desk.today,
        }
        for facts in many
    ]
    ids = inserted(desk, Enterprise, rows)
    named = zip(ids, rows, strict=True)
    index_new(desk.session, "enterprise", ((n, [r["name"]], [r["uscc"]]) for n, r in named))
    for row in rows:
        desk.note("enterprise.listed", row["uscc"], name=row["name"], category=row["category"])


def pair(
    desk: Desk, leader: Leader, firm: Enterprise, support: Department, facts: Mapping[str, Any]
) -> LiaisonPair:
    """Propose and issue a lead pair; the enterprise is informed by the same document."""
    return issue(desk, propose(desk, leader, firm, support, facts), leader, firm)


def propose(
    desk: Desk, leader: Leader, firm: Enterprise, support: Department, facts: Mapping[str, Any]
) -> LiaisonPair:
    """Draw a pair up; it binds nobody before it is issued."""
    firm = desk.one(Enterprise, id=firm.id)  # locked before any row points to it
    rules.propose(firm.list_state == ListState.ACTIVE_KEY, firm.liaison_opt_out)
    return desk.add(
        LiaisonPair(
            **facts,
            division_code=firm.division_code,
            leader_id=leader.id or 0,
            enterprise_id=firm.id or 0,
            support_department_id=support.id or 0,
            category=firm.category,
            state=State.PROPOSED,
            valid_from=desk.today,
            updated_on=desk.today,
        )
    )


def issue(desk: Desk, made: LiaisonPair, leader: Leader, firm: Enterprise) -> LiaisonPair:
    """INV-L1 is asked with the enterprise's row locked: of two at one instant one is told no."""
    rules.issue(made.document_no)
    desk.one(Enterprise, id=firm.id)
    held = select(col(LiaisonPair.valid_from), col(LiaisonPair.valid_to)).where(
        col(LiaisonPair.enterprise_id) == firm.id,
        col(LiaisonPair.role) == Role.LEAD,
        col(LiaisonPair.state) != State.PROPOSED,
    )
    rules.one_lead([(begun, over) for begun, over in desk.session.exec(held)], (desk.today, None))
    made.state = rules.after(Act.ISSUE, State(made.state))
    made.valid_from = made.updated_on = desk.today
    desk.note(
        "liaison_pair.issued", made.pair_no, uscc=firm.uscc, enterprise=firm.name,
        leader=leader.name, document_no=made.document_no,
    )  # fmt: skip
    return made


def leave_post(desk: Desk, leader: Leader) -> None:
    """A leader leaves: in one transaction every active pair goes to handover, with a due date."""
    holdings = select(PostHolding).where(
        col(PostHolding.person_code) == leader.code, col(PostHolding.valid_to).is_(None)
    )
    for holding in desk.session.exec(holdings):
        holding.valid_to = desk.today
    desk.note("leader.left_post", leader.code, name=leader.name)
    limit = calendars.limit(desk, "liaison.handover")
    last_day = due(desk.today, limit, calendars.workdays(desk))
    pairs = select(LiaisonPair).where(
        col(LiaisonPair.leader_id) == leader.id, col(LiaisonPair.state) == State.ACTIVE
    )
    for each in desk.session.exec(pairs):
        begin_handover(desk, each, last_day)


def begin_handover(desk: Desk, each: LiaisonPair, last_day: date) -> None:
    each.state = rules.after(Act.LEAVE, State(each.state))
    each.handover_since, each.handover_due = desk.today, last_day
    each.updated_on = desk.today
    desk.note("liaison_pair.handover_begun", each.pair_no, due=last_day.isoformat())


def reassign(
    desk: Desk,
    old: LiaisonPair,
    leader: Leader,
    firm: Enterprise,
    support: Department,
    facts: Mapping[str, Any],
) -> LiaisonPair:
    """End a pair in handover and open the next one on the same day: never an empty page."""
    rules.end(old.valid_from, desk.today)
    old.state = rules.after(Act.REASSIGN, State(old.state))
    old.valid_to = old.updated_on = desk.today
    old.end_reason = EndReason.HANDED_OVER
    desk.session.flush()  # one open lead an enterprise: end the old one first
    made = pair(desk, leader, firm, support, facts)
    desk.note("liaison_pair.handed_over", old.pair_no, successor=made.pair_no, leader=leader.name)
    return made


def end(desk: Desk, each: LiaisonPair, reason: EndReason) -> None:
    """The firm left the list or opted out. A proposal that was never issued is dropped."""
    if each.state == State.PROPOSED:
        desk.session.delete(each)
        desk.note("liaison_pair.dropped", each.pair_no)
        return
    rules.end(each.valid_from, desk.today)
    each.state = rules.after(Act.END, State(each.state))
    each.valid_to = each.updated_on = desk.today
    each.end_reason = reason
    said = reason if reason is EndReason.LEFT_THE_LIST else None  # an opt-out is the firm's own
    desk.note("liaison_pair.ended", each.pair_no, reason=said)
