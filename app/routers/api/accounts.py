"""JSON endpoints for staff accounts, their passwords and second factors."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel

from app import secrets
from app.acts import accounts as acts
from app.acts.desk import Desk, DeskDep
from app.acts.sessions import forgive, proven
from app.config import legal_day
from app.db import read_page, transaction
from app.deps import Caller, CallerDep, Forbidden, SteppedUp, SysAdmin
from app.edge import StrictRoute, address_of
from app.i18n import visit
from app.listing import Page
from app.models.accounts import (
    LISTING,
    Account,
    AccountDetail,
    AccountFilter,
    AccountIn,
    AccountOut,
    Digits,
    Secret,
)  # fmt: skip
from app.rules.accounts import Role

router = APIRouter(prefix="/accounts", tags=["accounts"], route_class=StrictRoute)
AddressDep = Annotated[str, Depends(address_of)]


class PasswordIn(BaseModel, extra="forbid"):
    old: Secret
    new: Secret


class CodeIn(BaseModel, extra="forbid"):
    code: Digits


class SecondFactorOut(BaseModel):
    """`secret` and its `address` for an authenticator app are told once."""

    secret: str
    address: str


@router.get("", response_model=Page[AccountOut])
async def list_accounts(_: SysAdmin, wanted: Annotated[AccountFilter, Query()]) -> Response:
    """List staff accounts.

    列出工作人员账号。
    """
    return await read_page(LISTING, wanted)


@router.post("", response_model=AccountDetail, status_code=201, dependencies=[SteppedUp])
def create_account(_: SysAdmin, desk: DeskDep, given: AccountIn) -> dict[str, Any]:
    """Open an account; it may do nothing until two people have granted it a role.

    开立账号；经两人授予角色后方可办理业务。
    """
    return acts.profile(desk.session, acts.create(desk, given.model_dump()))


@router.get("/{username}", response_model=AccountDetail)
def read_account(username: str, caller: CallerDep, desk: DeskDep) -> dict[str, Any]:
    """Read one account: one's own, or any for the administrator.

    查看账号：本人的，或由系统管理员查看。
    """
    if username != caller.username and Role.SYSADMIN not in caller.roles:
        raise Forbidden("auth.role_missing", role=Role.SYSADMIN)
    return acts.profile(desk.session, desk.one(Account, username=username))


@router.post(
    "/{username}/endings", response_model=AccountDetail, status_code=201, dependencies=[SteppedUp]
)
def end_account(username: str, _: SysAdmin, desk: DeskDep) -> dict[str, Any]:
    """Close an account; it is kept with all it did.

    停用账号；账号及其办理记录永久保留。
    """
    account = desk.one(Account, username=username)
    acts.end(desk, account)
    return acts.profile(desk.session, account)


def mine(username: str, caller: Caller) -> None:
    """Nobody sets another's password or second factor."""
    if username != caller.username:
        raise Forbidden("auth.not_yours", username=username)


def own(username: str, caller: Caller, desk: Desk) -> Account:
    mine(username, caller)
    return desk.one(Account, username=username)


@router.post("/{username}/passwords", response_model=AccountDetail, status_code=201)
def change_password(
    username: str, caller: CallerDep, address: AddressDep, given: PasswordIn
) -> dict[str, Any]:
    """Change my password.

    修改本人密码。
    """
    mine(username, caller)
    proven(username, given.old, address)
    with transaction() as session:
        desk = Desk(session, username, legal_day(), request_id=visit().request_id)
        account = desk.one(Account, username=username)
        acts.change_password(desk, account, given.new, caller.session)
        forgive(session, username=username)
        return acts.profile(session, account)


@router.post(
    "/{username}/second-factors",
    response_model=SecondFactorOut,
    status_code=201,
    dependencies=[SteppedUp],
)
def enrol_second_factor(username: str, caller: CallerDep, desk: DeskDep) -> dict[str, str]:
    """Begin to use a second factor: a secret for an authenticator app, told once.

    启用第二因子：返回动态口令密钥，仅告知一次。
    """
    secret = acts.enrol_second_factor(desk, own(username, caller, desk))
    return {"secret": secret, "address": secrets.totp_address(secret, username)}


@router.post(
    "/{username}/second-factors/confirmations", response_model=AccountDetail, status_code=201
)
def confirm_second_factor(
    username: str, caller: CallerDep, desk: DeskDep, given: CodeIn
) -> dict[str, Any]:
    """Show a code of the new second factor; from now on every sign-in asks for one.

    输入动态口令确认启用；此后每次登录都须提供。
    """
    account = own(username, caller, desk)
    acts.confirm_second_factor(desk, account, given.code, caller.session)
    return acts.profile(desk.session, account)
