"""Staff accounts, the roles that two people granted, and who is signed in.

Instants are whole seconds since 1970 (UTC): both databases compare them alike.
"""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel
from pydantic import Field as Limited
from sqlalchemy import BigInteger, Index, bindparam, select, text
from sqlmodel import Field, SQLModel, col

from app.listing import Listing, Selection, Window
from app.models.columns import PUBLIC, closed
from app.models.departments import Department
from app.rules.accounts import GrantState, Role, State

HELD = text("state in ('proposed', 'active')")
Code = Annotated[str, Limited(min_length=1, max_length=64, pattern=r"^[a-z0-9][a-z0-9._-]*$")]
Words = Annotated[str, Limited(min_length=1, max_length=100)]
Secret = Annotated[str, Limited(min_length=1, max_length=200)]
Digits = Annotated[str, Limited(pattern=r"^[0-9]{6}$")]


class Account(SQLModel, table=True):
    """`officer_id` says whose matters this person may not decide: their own."""

    __table_args__ = (closed("state", State), PUBLIC)

    id: int | None = Field(default=None, primary_key=True)
    username: str = Field(max_length=64, unique=True)
    name: str = Field(max_length=100)
    post: str = Field(max_length=100)
    department_id: int | None = Field(default=None, foreign_key="department.id")
    officer_id: int | None = Field(default=None, foreign_key="officer.id")
    password_hash: str | None = Field(default=None, max_length=200)
    totp_secret: str | None = Field(default=None, max_length=300)
    totp_since: date | None = None
    subject: str | None = Field(default=None, max_length=300, unique=True)
    state: str = Field(max_length=16)
    created_on: date
    ended_on: date | None = None


class RoleGrant(SQLModel, table=True):
    __tablename__ = "role_grant"
    __table_args__ = (
        Index(
            "uq_role_grant_held",
            "account_id",
            "role",
            "unit",
            unique=True,
            sqlite_where=HELD,
            postgresql_where=HELD,
        ),
        closed("role", Role),
        closed("state", GrantState),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=100, unique=True)
    account_id: int = Field(foreign_key="account.id")
    role: str = Field(max_length=24)
    unit: str = Field(default="", max_length=8)
    maker: str = Field(max_length=100)
    checker: str | None = Field(default=None, max_length=100)
    state: str = Field(max_length=16)
    proposed_on: date
    decided_on: date | None = None
    ended_on: date | None = None


class StaffSession(SQLModel, table=True):
    __tablename__ = "staff_session"
    __table_args__ = (Index("ix_staff_session_account_id", "account_id", "opened_at"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=32, unique=True)
    token_hash: str = Field(max_length=64, unique=True)
    account_id: int = Field(foreign_key="account.id")
    opened_at: int = Field(sa_type=BigInteger)
    seen_at: int = Field(sa_type=BigInteger)
    ends_at: int = Field(sa_type=BigInteger)
    ended_at: int | None = Field(default=None, sa_type=BigInteger)
    second_factor_at: int | None = Field(default=None, sa_type=BigInteger)
    stepped_up_at: int | None = Field(default=None, sa_type=BigInteger)
    address: str = Field(max_length=64)
    agent: str = Field(max_length=200)


class SignInFailure(SQLModel, table=True):
    """Counted by name and by address, for every process alike; never told which was wrong."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (
        Index("ix_sign_in_failure_username", "username", "at"),
        Index("ix_sign_in_failure_address", "address", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    username: str = Field(max_length=64)
    address: str = Field(max_length=64)
    at: int = Field(sa_type=BigInteger)


class HeldRole(BaseModel):
    role: Role
    unit: str | None


class AccountOut(BaseModel):
    username: str
    name: str
    post: str
    department: str | None
    state: State
    second_factor: bool
    created_on: date


class AccountDetail(AccountOut):
    roles: list[HeldRole]


class AccountIn(BaseModel, extra="forbid"):
    username: Code
    name: Words
    post: Words
    password: Secret
    department: Annotated[str | None, Limited(max_length=8)] = None
    officer_no: Annotated[str | None, Limited(max_length=32)] = None


class AccountFilter(Window):
    state: State | None = None
    sort: Literal["username"] = "username"


class RoleGrantIn(BaseModel, extra="forbid"):
    username: Code
    role: Role
    unit: Annotated[str | None, Limited(max_length=8)] = None


class RoleGrantOut(BaseModel):
    number: str
    username: str
    role: Role
    unit: str | None
    state: GrantState
    maker: str
    checker: str | None
    proposed_on: date
    decided_on: date | None
    ended_on: date | None


class RoleGrantFilter(Window):
    state: GrantState | None = None
    username: Annotated[str | None, Limited(max_length=64)] = None
    sort: Literal["number"] = "number"


class SessionIn(BaseModel, extra="forbid"):
    username: Secret
    password: Secret
    code: Digits | None = None


class StepUpIn(BaseModel, extra="forbid"):
    password: Secret
    code: Digits | None = None


class SessionOut(BaseModel):
    key: str
    opened_at: str
    seen_at: str
    ends_at: str
    ended_at: str | None
    second_factor: bool
    address: str
    agent: str
    current: bool


class Opened(BaseModel):
    """`token` is told once; the register keeps a digest of it."""

    token: str
    key: str
    ends_at: str
    account: AccountDetail
    last_signed_in_at: str | None


class SessionsOut(BaseModel):
    items: list[SessionOut]
    account: AccountDetail
    last_signed_in_at: str | None


ACCOUNTS: Final[list[Any]] = [
    col(Account.username),
    col(Account.name),
    col(Account.post),
    col(Department.code).label("department"),
    col(Account.state),
    col(Account.totp_since).is_not(None).label("second_factor"),
    col(Account.created_on),
]
LISTING: Final = Listing(
    select(*ACCOUNTS).outerjoin(Department, col(Department.id) == col(Account.department_id)),
    {"state": col(Account.state) == bindparam("state")},
    {"username": (col(Account.username),)},
)
GRANTS: Final = Listing(
    select(
        col(RoleGrant.number),
        col(Account.username),
        col(RoleGrant.role),
        col(RoleGrant.unit),
        col(RoleGrant.state),
        col(RoleGrant.maker),
        col(RoleGrant.checker),
        col(RoleGrant.proposed_on),
        col(RoleGrant.decided_on),
        col(RoleGrant.ended_on),
    ).join(Account, col(Account.id) == col(RoleGrant.account_id)),
    {
        "state": col(RoleGrant.state) == bindparam("state"),
        "username": col(Account.username) == bindparam("username"),
    },
    {"number": (col(RoleGrant.number),)},
)
BY_TOKEN: Final[Selection] = (
    select(
        *ACCOUNTS,
        col(Account.id),
        col(Account.officer_id),
        col(StaffSession.key),
        col(StaffSession.seen_at),
        col(StaffSession.ends_at),
        col(StaffSession.ended_at),
        col(StaffSession.second_factor_at),
        col(StaffSession.stepped_up_at),
    )
    .join(StaffSession, col(StaffSession.account_id) == col(Account.id))
    .outerjoin(Department, col(Department.id) == col(Account.department_id))
    .where(col(StaffSession.token_hash) == bindparam("token_hash"))
)
ROLES: Final[Selection] = (
    select(col(RoleGrant.role), col(RoleGrant.unit))
    .join(Account, col(Account.id) == col(RoleGrant.account_id))
    .where(col(Account.username) == bindparam("username"))
    .where(col(RoleGrant.state) == GrantState.ACTIVE)
    .order_by(col(RoleGrant.role))
)
OWN_SESSIONS: Final[Selection] = (
    select(StaffSession)
    .where(col(StaffSession.account_id) == bindparam("account_id"))
    .order_by(col(StaffSession.opened_at).desc())
    .limit(50)
)
