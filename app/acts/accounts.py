"""Opening accounts, granting roles by two people, signing in and out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from app import secrets
from app.acts.desk import Desk
from app.config import now, settings, zone
from app.errors import Refusal, Unavailable
from app.models.accounts import Account, RoleGrant, SignInFailure, StaffSession
from app.models.departments import Department
from app.models.officers import Officer
from app.rules import accounts as rules
from app.rules.accounts import GrantAct, GrantState, Role, State

TOTP: Final = "second factor"
CONSOLE: Final = "console"
STEP: Final = 30  # seconds that a code stands for
WINDOW: Final = 900  # seconds over which failures are counted


class Denied(Refusal):
    status = 401


class TooMany(Refusal):
    status = 429


def seconds() -> int:
    return int(now().timestamp())


def create(desk: Desk, facts: Mapping[str, Any]) -> Account:
    rules.password(facts["password"], facts["username"])
    if desk.find(Account, username=facts["username"]) is not None:
        raise Refusal("account.name_taken", username=facts["username"])
    made = desk.add(
        Account(
            username=facts["username"],
            name=facts["name"],
            post=facts["post"],
            department_id=unit_id(desk, facts.get("department")),
            officer_id=officer_id(desk, facts.get("officer_no")),
            password_hash=secrets.hash_password(facts["password"]),
            state=State.ACTIVE,
            created_on=desk.today,
        )
    )
    desk.note("account.created", made.username, private={"name": made.name, "post": made.post})
    return made


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


def held(desk: Desk, account: Account) -> set[Role]:
    """Active roles, and those that wait for the second person."""
    found = select(col(RoleGrant.role)).where(
        col(RoleGrant.account_id) == account.id,
        col(RoleGrant.state).in_([GrantState.ACTIVE, GrantState.PROPOSED]),
    )
    return {Role(each) for each in desk.session.exec(found)}


def found(desk: Desk, facts: Mapping[str, Any]) -> Account:
    """The first two administrators come from the console; they grant each later role together."""
    active = select(func.count()).where(
        col(RoleGrant.role) == Role.SYSADMIN, col(RoleGrant.state) == GrantState.ACTIVE
    )
    rules.founding(desk.session.exec(active).one())
    account = create(desk, facts)
    grant = propose(desk, account, Role.SYSADMIN, None)
    grant.checker, grant.decided_on = CONSOLE, desk.today
    grant.state = rules.after(GrantAct.CONFIRM, GrantState.PROPOSED)
    desk.note(f"role_grant.{grant.state}", grant.number, role=grant.role)
    return account


def propose(desk: Desk, account: Account, role: Role, unit: str | None) -> RoleGrant:
    rules.scoped(role, unit)
    rules.together(held(desk, account), role)
    unit_id(desk, unit)  # it exists
    count = select(func.count()).where(col(RoleGrant.account_id) == account.id)
    number = f"{account.username}-{desk.session.exec(count).one() + 1}"
    made = RoleGrant(
        number=number,
        account_id=account.id or 0,
        role=role,
        unit=unit or "",
        maker=desk.actor,
        state=GrantState.PROPOSED,
        proposed_on=desk.today,
    )
    desk.note("role_grant.proposed", number, role=role)
    return desk.add(made)


def decide(desk: Desk, grant: RoleGrant, act: GrantAct) -> RoleGrant:
    """The second person confirms or refuses; either of two may end it later."""
    if act is not GrantAct.END:
        desk.checks(grant.maker)
        grant.checker, grant.decided_on = desk.actor, desk.today
    else:
        grant.ended_on = desk.today
    account = desk.one(Account, id=grant.account_id)
    if act is GrantAct.CONFIRM:
        rules.not_oneself(desk.actor, account.username)
    grant.state = rules.after(act, GrantState(grant.state))
    desk.note(f"role_grant.{grant.state}", grant.number, role=grant.role)
    return grant


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
        "created_on": account.created_on,
        "roles": [{"role": each.role, "unit": each.unit or None} for each in session.exec(active)],
    }


def confirm_identity(desk: Desk, account: Account, password: str, code: str | None) -> None:
    """The password again, and the second factor where there is one."""
    if not secrets.password_matches(password, account.password_hash):
        raise Denied("sign_in.refused")
    check_code(desk, account, code)


def enrol_second_factor(desk: Desk, account: Account) -> str:
    """A new secret, not in force until a code of it is shown."""
    secret = secrets.new_totp()
    account.totp_secret, account.totp_since = secrets.seal_text(TOTP, secret), None
    desk.note("account.second_factor_begun", account.username)
    return secret


def confirm_second_factor(desk: Desk, account: Account, code: str) -> None:
    if account.totp_secret is None:
        raise Refusal("account.no_second_factor")
    secret = opened(account.totp_secret)
    if not secrets.totp_matches(secret, code, seconds()):
        raise Refusal("account.wrong_code")
    account.totp_since = desk.today
    desk.note("account.second_factor_confirmed", account.username)


def change_password(desk: Desk, account: Account, old: str, new: str) -> None:
    if not secrets.password_matches(old, account.password_hash):
        raise Denied("sign_in.refused")
    rules.password(new, account.username)
    account.password_hash = secrets.hash_password(new)
    desk.note("account.password_changed", account.username)
