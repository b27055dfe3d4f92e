"""JSON endpoints for signing in at the city's identity provider."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from app import single_sign_on
from app.acts import accounts
from app.acts import sessions as acts
from app.acts.desk import Desk
from app.config import legal_day
from app.db import transaction
from app.edge import StrictRoute, address_of
from app.models.sessions import Opened
from app.models.sign_ons import CompletionIn, SignOnIn, SignOnOut

router = APIRouter(prefix="/sign-ons", tags=["sessions"], route_class=StrictRoute)


@router.post("", response_model=SignOnOut, status_code=201)
def begin_sign_on(given: SignOnIn) -> dict[str, Any]:
    """Begin to sign in at the city's identity provider (OpenID Connect, PKCE and nonce).

    到本市统一身份认证登录：先取得跳转地址。
    """
    address, journey = single_sign_on.begin(fresh=given.fresh)
    return {
        "authorization_url": address,
        "sealed": single_sign_on.sealed(journey),
        "ends_at": acts.instant(journey.ends_at),
    }


@router.post("/completions", response_model=Opened, status_code=201)
def complete_sign_on(
    given: CompletionIn, request: Request, address: Annotated[str, Depends(address_of)]
) -> dict[str, Any]:
    """Open a session with what the provider sent back; the account is linked by an administrator.

    凭统一身份认证返回的结果登录；账号须由管理员事先关联。
    """
    journey = single_sign_on.unsealed(given.sealed, given.state)
    vouched = single_sign_on.finish(journey, given.code, given.iss)
    agent = request.headers.get("user-agent", "")
    with transaction() as session:
        desk = Desk(session, vouched.subject[-64:], legal_day())
        account = acts.sign_on(desk, vouched)
        how = acts.vouched_for(vouched)
        token, made = acts.open_session(desk, account, address, agent, how)
        return accounts.opened(session, token, made)
