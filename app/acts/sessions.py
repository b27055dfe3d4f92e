"""Signing in and out: few tries, two factors, and nothing told to a stranger."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from app import secrets
from app.acts.desk import Desk
from app.config import now, settings, zone
from app.db import transaction
from app.errors import Refusal, TooMany, Unavailable
from app.models.accounts import Account
from app.models.sessions import SignInFailure, StaffSession
from app.rules.accounts import State
from app.single_sign_on import Identity

TOTP: Final = "second factor"
WINDOW: Final = 900  # seconds over which failures are counted
LOCK: Final = 7003  # one counts at a time


class Denied(Refusal):
    status = 401


def seconds() -> int:
    return int(now().timestamp())


def proven(username: str, password: str, address: str) -> tuple[int, str]:
    """The try's id and the hash that the password fits; or the refusal, the same for everybody.

    A try is counted before it is made, so that many at once are no more than few, and the slow
    comparison holds no transaction.
    """
    with transaction() as session:
        tried, hashed = attempt(session, username, address)
    if not secrets.password_matches(password, hashed) or hashed is None:
        raise Denied("sign_in.refused")
    return tried, hashed


def attempt(session: Session, username: str, address: str) -> tuple[int, str | None]:
    """Few failures for one name and not many from one address, counted for every process."""
    if session.connection().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    since = seconds() - WINDOW
    for column, value, most in (
        (SignInFailure.username, username[:64], settings().sign_in_failures),
        (SignInFailure.address, address[:64], settings().sign_in_failures_per_address),
    ):
        recent = select(func.count()).where(col(column) == value, col(SignInFailure.at) > since)
        if session.exec(recent).one() >= most:
            raise TooMany("sign_in.too_many", WINDOW)
    session.execute(delete(SignInFailure).where(col(SignInFailure.at) <= since))
    made = SignInFailure(username=username[:64], address=address[:64], at=seconds())
    session.add(made)
    session.flush()  # its id names this try
    known = select(Account).where(
        col(Account.username) == username, col(Account.state) == State.ACTIVE
    )
    account = session.exec(known).one_or_none()
    return made.id or 0, account.password_hash if account else None


def forgive(session: Session, *, username: str = "", tried: int = 0) -> None:
    """Forget the failures of who got in, or one try that was no failure."""
    mine = col(SignInFailure.username) == username if username else col(SignInFailure.id) == tried
    session.execute(delete(SignInFailure).where(mine))


def sign_in(desk: Desk, username: str, hashed: str, code: str | None) -> tuple[Account, int | None]:
    """The account, as it still is, and the step of the code that was given."""
    account = desk.find(Account, username=username, state=State.ACTIVE, password_hash=hashed)
    if account is None:
        raise Denied("sign_in.refused")
    return account, check_code(desk, account, code)


@dataclass(frozen=True)
class Proof:
    """When, and how well, somebody showed who they are; `step` is that of a code of ours."""

    at: int
    two_factors: bool
    step: int | None = None


def proof(step: int | None) -> Proof:
    """By a password of ours, now, and by the code that came with it."""
    return Proof(seconds(), step is not None, step)


def vouched_for(identity: Identity) -> Proof:
    """As well, and as lately, as the provider says."""
    return Proof(min(identity.proven_at, seconds()), identity.second_factor)


def sign_on(desk: Desk, vouched: Identity) -> Account:
    """The account of somebody whom the city's provider vouches for."""
    account = desk.find(Account, subject=vouched.subject, state=State.ACTIVE)
    if account is None:
        raise Denied("sign_on.no_account")
    return account


def check_code(desk: Desk, account: Account, code: str | None) -> int | None:
    """The step of a second factor; a wrong one is refused, a missing one too if enrolled.

    A code counts once: who looked over a shoulder comes too late (RFC 6238, 5.2).
    """
    desk.one(Account, id=account.id)  # of two who show one code at once, one waits here
    if account.totp_secret is None or account.totp_since is None:
        return None
    if code is None:
        raise Denied("sign_in.code_missing")
    step = secrets.totp_step(unsealed(account.totp_secret), code, seconds())
    last = select(func.max(StaffSession.totp_step))
    used = desk.session.exec(last.where(col(StaffSession.account_id) == account.id)).one()
    if step is None or (used is not None and step <= used):
        raise Denied("sign_in.refused")
    return step


def unsealed(sealed: str) -> str:
    try:
        return secrets.unseal_text(TOTP, sealed)
    except ValueError:  # the secret key was changed: an administrator must enrol people anew
        raise Unavailable("account.sealed_otherwise") from None


def open_session(
    desk: Desk, account: Account, address: str, agent: str, how: Proof
) -> tuple[str, int]:
    """A token, told once, and the id of its session."""
    token, moment = secrets.new_token(), seconds()
    made = desk.add(
        StaffSession(
            key=secrets.digest(token + "key")[:16],
            token_hash=secrets.digest(token),
            account_id=account.id or 0,
            opened_at=moment,
            seen_at=moment,
            ends_at=moment + settings().session_hours * 3600,
            second_factor_at=how.at if how.two_factors else None,
            totp_step=how.step,
            stepped_up_at=how.at,
            address=address[:64],
            agent=agent[:200],
        )
    )
    forgive(desk.session, username=account.username)
    return token, made.id or 0


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


def step_up(desk: Desk, key: str, step: int | None) -> StaffSession:
    """From now on, and for some minutes, the session may do what asks for the password."""
    found = desk.one(StaffSession, key=key)
    found.stepped_up_at = seconds()
    if step is not None:
        found.totp_step, found.second_factor_at = step, found.stepped_up_at
    forgive(desk.session, username=desk.actor)
    return found
