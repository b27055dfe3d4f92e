"""Opening and closing accounts, their passwords and second factors."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from app import secrets, single_sign_on
from app.acts.desk import Desk
from app.acts.sessions import TOTP, instant, open_sessions, seconds, signed_in_before, unsealed
from app.config import settings
from app.errors import Refusal
from app.models.accounts import Account
from app.models.departments import Department
from app.models.officers import Officer
from app.models.role_grants import RoleGrant
from app.models.sessions import StaffSession
from app.rules import accounts as rules
from app.rules.accounts import State
from app.rules.role_grants import State as GrantState


def create(desk: Desk, facts: Mapping[str, Any]) -> Account:
    password, subject = facts.get("password"), known_as(desk, facts.get("subject"))
    rules.provable(password, subject)
    if password is not None:
        rules.password(password, facts["username"])
    if desk.find(Account, username=facts["username"]) is not None:
        raise Refusal("account.name_taken", username=facts["username"])
    made = desk.add(
        Account(
            username=facts["username"],
            name=facts["name"],
            post=facts["post"],
            department_id=unit_id(desk, facts.get("department")),
            officer_id=officer_id(desk, facts.get("officer_no")),
            password_hash=secrets.hash_password(password) if password is not None else None,
            subject=subject,
            state=State.ACTIVE,
            created_on=desk.today,
        )
    )
    desk.note("account.created", made.username, private={"name": made.name, "post": made.post})
    return made


def known_as(desk: Desk, name: str | None) -> str | None:
    """Whom the city's provider means; nobody has two accounts by one name there."""
    if name is None:
        return None
    if not settings().oidc_issuer:
        raise Refusal("sign_on.not_offered", subject=name)
    whole = single_sign_on.subject(settings().oidc_issuer, name)
    if desk.find(Account, subject=whole) is not None:
        raise Refusal("account.subject_taken", subject=name)
    return whole


def unit_id(desk: Desk, code: str | None) -> int | None:
    division = settings().division
    return desk.one(Department, division_code=division, code=code).id if code else None


def officer_id(desk: Desk, number: str | None) -> int | None:
    return desk.one(Officer, officer_no=number).id if number else None


def end(desk: Desk, account: Account) -> None:
    """The account signs in no more; what it did stays its own."""
    account.state, account.ended_on = State.ENDED, desk.today
    for session in open_sessions(desk, account):
        session.ended_at = seconds()
    desk.note("account.ended", account.username)


def profile(session: Session, account: Account) -> dict[str, Any]:
    """An account as it is told: no hash, no secret."""
    unit = session.get(Department, account.department_id) if account.department_id else None
    active = select(RoleGrant).where(
        col(RoleGrant.account_id) == account.id, col(RoleGrant.state) == GrantState.ACTIVE
    )
    return {
        "username": account.username,
        "name": account.name,
        "post": account.post,
        "department": unit.code if unit else None,
        "state": account.state,
        "second_factor": account.totp_since is not None,
        "single_sign_on": account.subject is not None,
        "created_on": account.created_on,
        "roles": [{"role": each.role, "unit": each.unit or None} for each in session.exec(active)],
    }


def opened(session: Session, token: str, made: int) -> dict[str, Any]:
    """A session as it is told to who opened it."""
    own = session.get_one(StaffSession, made)
    return {
        "token": token,
        "key": own.key,
        "ends_at": instant(own.ends_at),
        "account": profile(session, session.get_one(Account, own.account_id)),
        "last_signed_in_at": signed_in_before(session, own),
    }


def enrol_second_factor(desk: Desk, account: Account) -> str:
    """A new secret, not in force until a code of it is shown; until then the old one is."""
    secret = secrets.new_totp()
    account.totp_pending = secrets.seal_text(TOTP, secret)
    desk.note("account.second_factor_begun", account.username)
    return secret


def confirm_second_factor(desk: Desk, account: Account, code: str, key: str) -> None:
    """The code counts for this session too; the others have to sign in again."""
    if account.totp_pending is None:
        raise Refusal("account.no_second_factor")
    step = secrets.totp_step(unsealed(account.totp_pending), code, seconds())
    if step is None:
        raise Refusal("account.wrong_code")
    account.totp_secret, account.totp_pending = account.totp_pending, None
    account.totp_since = desk.today
    own = end_others(desk, account, key)
    own.totp_step, own.second_factor_at = step, seconds()
    desk.note("account.second_factor_confirmed", account.username)


def change_password(desk: Desk, account: Account, new: str, key: str) -> None:
    """A new password; whoever came in with the old one elsewhere is out."""
    rules.password(new, account.username)
    account.password_hash = secrets.hash_password(new)
    end_others(desk, account, key)
    desk.note("account.password_changed", account.username)


def end_others(desk: Desk, account: Account, key: str) -> StaffSession:
    """End every session of the account but this one."""
    for each in open_sessions(desk, account):
        if each.key != key:
            each.ended_at = seconds()
    return desk.one(StaffSession, key=key)
