"""Enterprises on the list of key ones: admitted, removed, gone, or unwilling."""

from sqlmodel import col, select

from app.acts import liaison_pairs
from app.acts.desk import Desk
from app.models.enterprises import Enterprise
from app.models.liaison_pairs import LiaisonPair
from app.rules import enterprises as rules
from app.rules.enterprises import Act, ListState, Standing
from app.rules.liaison_pairs import EndReason, State

OPEN = (State.PROPOSED, State.ACTIVE, State.HANDOVER)


def move(desk: Desk, firm: Enterprise, act: Act) -> None:
    firm.list_state = rules.after(act, ListState(firm.list_state))
    firm.updated_on = desk.today
    if act is Act.ADMIT and not firm.liaison_opt_out:
        desk.note("enterprise.listed", firm.uscc, name=firm.name, category=firm.category)
    else:
        desk.note("enterprise.recorded", "-")


def is_key(firm: Enterprise) -> bool:
    return firm.list_state == ListState.ACTIVE_KEY


def admit(desk: Desk, firm: Enterprise) -> None:
    move(desk, firm, Act.ADMIT)


def remove(desk: Desk, firm: Enterprise, standing: Standing | None = None) -> None:
    """Off the list; whoever answered for the firm does so no more."""
    move(desk, firm, Act.REMOVE)
    firm.standing = standing or firm.standing
    end_pairs(desk, firm, EndReason.LEFT_THE_LIST)


def deregister(desk: Desk, firm: Enterprise) -> None:
    """A firm that is no more; if it was on the list, it first leaves it."""
    if firm.list_state == ListState.ACTIVE_KEY:
        remove(desk, firm)
    move(desk, firm, Act.DEREGISTER)
    firm.standing = Standing.DEREGISTERED


def opt_out(desk: Desk, firm: Enterprise, reason: str) -> None:
    """The firm does not want a leader (条例 48): the entry says neither which nor why."""
    rules.opt_out(reason)
    firm.liaison_opt_out, firm.opt_out_reason = True, reason
    firm.updated_on = desk.today
    desk.note("enterprise.recorded", "-")
    end_pairs(desk, firm, EndReason.OPTED_OUT)


def end_pairs(desk: Desk, firm: Enterprise, reason: EndReason) -> None:
    held = select(LiaisonPair).where(
        col(LiaisonPair.enterprise_id) == firm.id, col(LiaisonPair.state).in_(OPEN)
    )
    for each in desk.session.exec(held.order_by(col(LiaisonPair.id)).with_for_update()):
        liaison_pairs.end(desk, each, reason)
