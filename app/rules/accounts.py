"""The roles of staff, who signs in with two factors, and what a password is (model B1)."""

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


# Whoever confirms what another made signs in with two factors.
CONFIRMING: Final = frozenset(
    {Role.LEGAL_SUPERVISOR, Role.APPEAL_PANEL, Role.DEPT_APPROVER, Role.SYSADMIN}
)
FOUNDERS: Final = 2
SHORTEST: Final = 12  # characters of a password (NIST SP 800-63B-4 wants at least 8)


def provable(password: str | None, subject: str | None) -> None:
    """Somebody who can show nothing signs in never."""
    if password is None and subject is None:
        raise Refusal("account.nothing_to_show", password=None)


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
