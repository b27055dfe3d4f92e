"""JSON endpoints for signing in and out."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from app.acts import accounts
from app.acts import sessions as acts
from app.acts.desk import Desk, DeskDep
from app.acts.sessions import Denied
from app.config import legal_day, now
from app.db import transaction
from app.deps import CallerDep
from app.edge import StrictRoute, address_of
from app.models.accounts import Account
from app.models.sessions import (
    OWN_SESSIONS,
    Opened,
    SessionIn,
    SessionOut,
    SessionsOut,
    StaffSession,
    StepUpIn,
)  # fmt: skip

router = APIRouter(tags=["sessions"], route_class=StrictRoute)
AddressDep = Annotated[str, Depends(address_of)]


@router.post("/sessions", response_model=Opened, status_code=201)
def open_session(given: SessionIn, request: Request, address: AddressDep) -> dict[str, Any]:
    """Sign in with a name and a password, and a second factor where one is enrolled.

    用户名、密码登录；已启用第二因子的还须提供动态口令。令牌只告知一次。
    """
    tried, hashed = acts.proven(given.username, given.password, address)
    agent = request.headers.get("user-agent", "")
    try:
        with transaction() as session:
            desk = Desk(session, given.username, legal_day())
            account, step = acts.sign_in(desk, given.username, hashed, given.code)
            token, made = acts.open_session(desk, account, address, agent, acts.proof(step))
            return accounts.opened(session, token, made)
    except Denied as denied:
        if denied.code == "sign_in.code_missing":
            with transaction() as session:
                acts.forgive(session, tried=tried)  # the password was right
        raise


@router.get("/sessions", response_model=SessionsOut)
def list_sessions(caller: CallerDep, desk: DeskDep) -> dict[str, Any]:
    """List my sessions, and who I am here.

    列出本人的登录会话、账号和角色。
    """
    account = desk.one(Account, username=caller.username)
    found = desk.session.execute(OWN_SESSIONS, {"account_id": account.id}).scalars().all()
    own = next(each for each in found if each.key == caller.session)
    return {
        "items": [shown(each, caller.session) for each in found],
        "account": accounts.profile(desk.session, account),
        "last_signed_in_at": acts.signed_in_before(desk.session, own),
    }


def shown(each: StaffSession, current: str) -> dict[str, Any]:
    return {
        "key": each.key,
        "opened_at": acts.instant(each.opened_at),
        "seen_at": acts.instant(each.seen_at),
        "ends_at": acts.instant(each.ends_at),
        "ended_at": acts.instant(each.ended_at) if each.ended_at else None,
        "second_factor": each.second_factor_at is not None,
        "address": each.address,
        "agent": each.agent,
        "current": each.key == current,
    }


@router.post("/sessions/{key}/endings", response_model=SessionOut, status_code=201)
def end_session(key: str, caller: CallerDep, desk: DeskDep) -> dict[str, Any]:
    """Sign out: end one of my sessions.

    退出登录：结束本人的一个会话。
    """
    found = desk.one(StaffSession, key=key, account_id=caller.account_id)
    found.ended_at = found.ended_at or int(now().timestamp())
    return shown(found, caller.session)


@router.post("/step-ups", response_model=SessionOut, status_code=201)
def step_up(given: StepUpIn, caller: CallerDep, address: AddressDep) -> dict[str, Any]:
    """Give the password again before an act that asks for it.

    重要操作前再次验证身份。
    """
    _, hashed = acts.proven(caller.username, given.password, address)
    with transaction() as session:
        desk = Desk(session, caller.username, legal_day())
        _account, step = acts.sign_in(desk, caller.username, hashed, given.code)
        return shown(acts.step_up(desk, caller.session, step), caller.session)
