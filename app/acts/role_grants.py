"""Granting roles: one person proposes, another confirms."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import func
from sqlmodel import col, select

from app.acts import accounts
from app.acts.desk import Desk
from app.models.accounts import Account
from app.models.role_grants import RoleGrant
from app.rules import accounts as staff
from app.rules import role_grants as rules
from app.rules.accounts import Role
from app.rules.role_grants import Act, State

CONSOLE: Final = "console"


def held(desk: Desk, account: Account) -> set[Role]:
    """Active roles, and those that wait for the second person."""
    found = select(col(RoleGrant.role)).where(
        col(RoleGrant.account_id) == account.id,
        col(RoleGrant.state).in_([State.ACTIVE, State.PROPOSED]),
    )
    return {Role(each) for each in desk.session.exec(found)}


def found(desk: Desk, facts: Mapping[str, Any]) -> Account:
    """The first two administrators come from the console; they grant each later role together."""
    active = select(func.count()).where(
        col(RoleGrant.role) == Role.SYSADMIN, col(RoleGrant.state) == State.ACTIVE
    )
    staff.founding(desk.session.exec(active).one())
    account = accounts.create(desk, facts)
    grant = propose(desk, account, Role.SYSADMIN, None)
    grant.checker, grant.decided_on = CONSOLE, desk.today
    grant.state = rules.after(Act.CONFIRM, State.PROPOSED)
    desk.note(f"role_grant.{grant.state}", grant.number, role=grant.role)
    return account


def propose(desk: Desk, account: Account, role: Role, unit: str | None) -> RoleGrant:
    rules.scoped(role, unit)
    rules.together(held(desk, account), role)
    accounts.unit_id(desk, unit)  # it exists
    count = select(func.count()).where(col(RoleGrant.account_id) == account.id)
    number = f"{account.username}-{desk.session.exec(count).one() + 1}"
    made = RoleGrant(
        number=number,
        account_id=account.id or 0,
        role=role,
        unit=unit or "",
        maker=desk.actor,
        state=State.PROPOSED,
        proposed_on=desk.today,
    )
    desk.note("role_grant.proposed", number, role=role)
    return desk.add(made)


def decide(desk: Desk, grant: RoleGrant, act: Act) -> RoleGrant:
    """The second person confirms or refuses; either of two may end it later."""
    if act is not Act.END:
        desk.checks(grant.maker)
        grant.checker, grant.decided_on = desk.actor, desk.today
    else:
        grant.ended_on = desk.today
    account = desk.one(Account, id=grant.account_id)
    if act is Act.CONFIRM:
        rules.not_oneself(desk.actor, account.username)
    grant.state = rules.after(act, State(grant.state))
    desk.note(f"role_grant.{grant.state}", grant.number, role=grant.role)
    return grant
