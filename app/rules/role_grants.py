"""How a role is granted, by two people, and which roles exclude each other (model B1)."""

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from app.errors import Refusal
from app.rules.accounts import Role


class State(StrEnum):
    PROPOSED = "proposed"
    ACTIVE = "active"
    REFUSED = "refused"
    ENDED = "ended"


class Act(StrEnum):
    CONFIRM = "confirm"
    REFUSE = "refuse"
    END = "end"


OUTCOMES: Final = {
    (State.PROPOSED, Act.CONFIRM): State.ACTIVE,
    (State.PROPOSED, Act.REFUSE): State.REFUSED,
    (State.ACTIVE, Act.END): State.ENDED,
}
# No account holds two of these; nor does one make and confirm a suspension.
APART: Final = (
    frozenset({Role.SYSADMIN, Role.HR_OFFICE, Role.AUDITOR}),
    frozenset({Role.HR_OFFICE, Role.LEGAL_SUPERVISOR, Role.APPEAL_PANEL}),
    frozenset({Role.AUDITOR, Role.LEGAL_SUPERVISOR}),
)
# These act for one unit, and the grant names it.
OF_A_UNIT: Final = frozenset({Role.WINDOW_CLERK, Role.HANDLER, Role.DEPT_APPROVER, Role.DEPT_ADMIN})


def after(act: Act, state: State) -> State:
    if (outcome := OUTCOMES.get((state, act))) is None:
        raise Refusal("role_grant.act_not_allowed", act=act, state=state)
    return outcome


def together(held: Collection[Role], wanted: Role) -> None:
    """A role that another one excludes is refused."""
    for group in APART:
        if wanted in group and (clash := (group - {wanted}).intersection(held)):
            raise Refusal("role_grant.roles_exclude", role=wanted, held=",".join(sorted(clash)))


def scoped(role: Role, unit: str | None) -> None:
    if (role in OF_A_UNIT) != (unit is not None):
        raise Refusal("role_grant.unit_missing", role=role)


def not_oneself(actor: str, account: str) -> None:
    """Nobody confirms a role for themselves."""
    if actor == account:
        raise Refusal("act.concerns_yourself", actor=None)
