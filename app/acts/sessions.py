"""Signing in and out: few tries, two factors, and nothing told to a stranger."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from app import secrets
from app.acts.desk import Desk
from app.config import now, settings, zone
from app.errors import Refusal, Unavailable
from app.models.accounts import Account
from app.models.sessions import SignInFailure, StaffSession
from app.rules.accounts import State

TOTP: Final = "second factor"
STEP: Final = 30  # seconds that a code stands for
WINDOW: Final = 900  # seconds over which failures are counted


class Denied(Refusal):
    status = 401


class TooMany(Refusal):
    status = 429


def seconds() -> int:
    return int(now().timestamp())


def sign_in(desk: Desk, given: Mapping[str, Any], address: str, agent: str) -> tuple[str, int]:
    """A token, told once, and the id of its session. A wrong name and a wrong word read alike."""
    account = desk.find(Account, username=given["username"])
    known = account if account is not None and account.state == State.ACTIVE else None
    hashed = known.password_hash if known is not None else None
    right = secrets.password_matches(given["password"], hashed)
    if known is None or not right:
        raise Denied("sign_in.refused")
    second = check_code(desk, known, given.get("code"))
    return open_session(desk, known, address, agent, second=second)


def check_code(desk: Desk, account: Account, code: str | None) -> bool:
    """Whether a second factor was given; a wrong one is refused, a missing one too if enrolled."""
    if account.totp_secret is None or account.totp_since is None:
        return False
    if code is None:
        raise Denied("sign_in.code_missing")
    secret = opened(account.totp_secret)
    if not fresh_code(desk, account, secret, code):
        raise Denied("sign_in.refused")
    return True


def opened(sealed: str) -> str:
    try:
        return secrets.unseal_text(TOTP, sealed)
    except ValueError:  # the secret key was changed: an administrator must enrol people anew
        raise Unavailable("account.sealed_otherwise") from None


def fresh_code(desk: Desk, account: Account, secret: str, code: str) -> bool:
    """A code counts once: who looked over a shoulder comes too late (RFC 6238, 5.2)."""
    last = select(func.max(StaffSession.second_factor_at))
    used = desk.session.exec(last.where(col(StaffSession.account_id) == account.id)).one()
    if used is not None and used // STEP >= seconds() // STEP:
        return False
    return secrets.totp_matches(secret, code, seconds())


def open_session(
    desk: Desk, account: Account, address: str, agent: str, *, second: bool
) -> tuple[str, int]:
    token, moment = secrets.new_token(), seconds()
    made = desk.add(
        StaffSession(
            key=secrets.digest(token + "key")[:16],
            token_hash=secrets.digest(token),
            account_id=account.id or 0,
            opened_at=moment,
            seen_at=moment,
            ends_at=moment + settings().session_hours * 3600,
            second_factor_at=moment if second else None,
            stepped_up_at=moment,
            address=address[:64],
            agent=agent[:200],
        )
    )
    gone = delete(SignInFailure).where(col(SignInFailure.username) == account.username)
    desk.session.execute(gone)
    return token, made.id or 0


def allow(desk: Desk, username: str, address: str) -> None:
    """Few failures for one name and not many from one address, counted for every process."""
    since = seconds() - WINDOW
    for column, value, most in (
        (SignInFailure.username, username, settings().sign_in_failures),
        (SignInFailure.address, address, settings().sign_in_failures_per_address),
    ):
        recent = select(func.count()).where(col(column) == value, col(SignInFailure.at) > since)
        if desk.session.exec(recent).one() >= most:
            raise TooMany("sign_in.too_many")


def count_failure(desk: Desk, username: str, address: str) -> None:
    desk.session.add(SignInFailure(username=username[:64], address=address[:64], at=seconds()))
    old = delete(SignInFailure).where(col(SignInFailure.at) < seconds() - 2 * WINDOW)
    desk.session.execute(old)


def open_sessions(desk: Desk, account: Account) -> list[StaffSession]:
    found = select(StaffSession).where(
        col(StaffSession.account_id) == account.id, col(StaffSession.ended_at).is_(None)
    )
    return list(desk.session.exec(found))


def instant(moment: int) -> str:
    return datetime.fromtimestamp(moment, zone(settings().time_zone)).isoformat()


def signed_in_before(session: Session, own: StaffSession) -> str | None:
    """When this account was signed in to before, so that a stranger's visit is noticed."""
    earlier = (
        select(col(StaffSession.opened_at))
        .where(col(StaffSession.account_id) == own.account_id, col(StaffSession.id) != own.id)
        .order_by(col(StaffSession.opened_at).desc())
    )
    found = session.exec(earlier).first()
    return instant(found) if found else None


def confirm_identity(desk: Desk, account: Account, password: str, code: str | None) -> None:
    """The password again, and the second factor where there is one."""
    if not secrets.password_matches(password, account.password_hash):
        raise Denied("sign_in.refused")
    check_code(desk, account, code)
