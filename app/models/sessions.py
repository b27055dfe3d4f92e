"""Who is signed in, and who failed to.

Instants are whole seconds since 1970 (UTC): both databases compare them alike.
"""

from typing import Final

from pydantic import BaseModel
from sqlalchemy import BigInteger, Index, bindparam, select
from sqlmodel import Field, SQLModel, col

from app.listing import Selection
from app.models.accounts import ACCOUNTS, Account, AccountDetail, Digits, Secret
from app.models.departments import Department


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
    totp_step: int | None = Field(default=None, sa_type=BigInteger)
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
OWN_SESSIONS: Final[Selection] = (
    select(StaffSession)
    .where(col(StaffSession.account_id) == bindparam("account_id"))
    .order_by(col(StaffSession.opened_at).desc())
    .limit(50)
)
