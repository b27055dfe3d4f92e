"""Who may do what, by role; who may hold which roles together; how a role is granted (model B1)."""

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from app.errors import Refusal


class Role(StrEnum):
    ENTERPRISE = "enterprise"
    WINDOW_CLERK = "window_clerk"
    HANDLER = "handler"
    DEPT_APPROVER = "dept_approver"
    DEPT_ADMIN = "dept_admin"
    HR_OFFICE = "hr_office"
    LEGAL_SUPERVISOR = "legal_supervisor"
    APPEAL_PANEL = "appeal_panel"
    LIAISON_OFFICE = "liaison_office"
    LEADER = "leader"
    LEADER_STAFF = "leader_staff"
    IMPROVEMENT_OFFICE = "improvement_office"
    DISCIPLINE = "discipline"
    AUDITOR = "auditor"
    SYSADMIN = "sysadmin"


class State(StrEnum):
    ACTIVE = "active"
    ENDED = "ended"


class GrantState(StrEnum):
    PROPOSED = "proposed"
    ACTIVE = "active"
    REFUSED = "refused"
    ENDED = "ended"


class GrantAct(StrEnum):
    CONFIRM = "confirm"
    REFUSE = "refuse"
    END = "end"


OUTCOMES: Final = {
    (GrantState.PROPOSED, GrantAct.CONFIRM): GrantState.ACTIVE,
    (GrantState.PROPOSED, GrantAct.REFUSE): GrantState.REFUSED,
    (GrantState.ACTIVE, GrantAct.END): GrantState.ENDED,
}
# Whoever confirms what another made signs in with two factors.
CONFIRMING: Final = frozenset(
    {Role.LEGAL_SUPERVISOR, Role.APPEAL_PANEL, Role.DEPT_APPROVER, Role.SYSADMIN}
)
# No account holds two of these; nor does one make and confirm a suspension.
APART: Final = (
    frozenset({Role.SYSADMIN, Role.HR_OFFICE, Role.AUDITOR}),
    frozenset({Role.HR_OFFICE, Role.LEGAL_SUPERVISOR, Role.APPEAL_PANEL}),
    frozenset({Role.AUDITOR, Role.LEGAL_SUPERVISOR}),
)
# These act for one unit, and the grant names it.
OF_A_UNIT: Final = frozenset({Role.WINDOW_CLERK, Role.HANDLER, Role.DEPT_APPROVER, Role.DEPT_ADMIN})
FOUNDERS: Final = 2
SHORTEST: Final = 12  # characters of a password (NIST SP 800-63B-4 wants at least 8)


def after(act: GrantAct, state: GrantState) -> GrantState:
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


def password(text: str, username: str) -> None:
    if len(text) < SHORTEST or username.casefold() in text.casefold():
        raise Refusal("account.password_weak", password=None)


def founding(administrators: int) -> None:
    """Two, so that neither can grant a role alone."""
    if administrators >= FOUNDERS:
        raise Refusal("account.administrators_exist", administrators=administrators)


def may_act(held: Collection[Role], wanted: Collection[Role]) -> bool:
    return bool(set(held) & set(wanted))


def needs_second_factor(held: Collection[Role]) -> bool:
    return bool(CONFIRMING.intersection(held))


def not_oneself(actor: str, account: str) -> None:
    """Nobody confirms a role for themselves."""
    if actor == account:
        raise Refusal("act.concerns_yourself", actor=None)
