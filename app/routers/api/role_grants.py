"""JSON endpoints for granting roles: one person proposes, another confirms."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from app.acts import role_grants as acts
from app.acts.desk import Desk, DeskDep
from app.db import read_page
from app.deps import SteppedUp, SysAdmin
from app.edge import StrictRoute
from app.listing import Page
from app.models.accounts import Account
from app.models.role_grants import (
    GRANTS,
    RoleGrant,
    RoleGrantFilter,
    RoleGrantIn,
    RoleGrantOut,
)  # fmt: skip
from app.rules.role_grants import Act

router = APIRouter(prefix="/role-grants", tags=["role-grants"], route_class=StrictRoute)
ACT: dict[str, Any] = {"response_model": RoleGrantOut, "status_code": 201}


@router.get("", response_model=Page[RoleGrantOut])
async def list_role_grants(_: SysAdmin, wanted: Annotated[RoleGrantFilter, Query()]) -> Response:
    """List grants of roles, ended and refused ones too.

    列出角色授予记录，含已终止和未获确认的。
    """
    return await read_page(GRANTS, wanted)


@router.post("", **ACT, dependencies=[SteppedUp])
def propose_role_grant(_: SysAdmin, desk: DeskDep, given: RoleGrantIn) -> dict[str, Any]:
    """Propose a role for an account; a second person confirms it.

    提议授予角色，须由另一人确认。
    """
    account = desk.one(Account, username=given.username)
    return shown(desk, acts.propose(desk, account, given.role, given.unit))


@router.post("/{number}/confirmations", **ACT, dependencies=[SteppedUp])
def confirm_role_grant(number: str, _: SysAdmin, desk: DeskDep) -> dict[str, Any]:
    """Confirm a proposed role, as the second person.

    由第二人确认授予。
    """
    return decided(desk, number, Act.CONFIRM)


@router.post("/{number}/refusals", **ACT)
def refuse_role_grant(number: str, _: SysAdmin, desk: DeskDep) -> dict[str, Any]:
    """Refuse a proposed role.

    不同意授予。
    """
    return decided(desk, number, Act.REFUSE)


@router.post("/{number}/endings", **ACT)
def end_role_grant(number: str, _: SysAdmin, desk: DeskDep) -> dict[str, Any]:
    """End a role.

    终止角色。
    """
    return decided(desk, number, Act.END)


def decided(desk: Desk, number: str, act: Act) -> dict[str, Any]:
    return shown(desk, acts.decide(desk, desk.one(RoleGrant, number=number), act))


def shown(desk: Desk, grant: RoleGrant) -> dict[str, Any]:
    account = desk.one(Account, id=grant.account_id)
    return {**grant.model_dump(), "username": account.username, "unit": grant.unit or None}
