"""Staff accounts: who they are, in which post, and how they show it."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel
from pydantic import Field as Limited
from sqlalchemy import bindparam, select
from sqlmodel import Field, SQLModel, col

from app.listing import Listing, Window
from app.models.columns import PUBLIC, closed
from app.models.departments import Department
from app.rules.accounts import Role, State

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
    totp_pending: str | None = Field(default=None, max_length=300)
    subject: str | None = Field(default=None, max_length=300, unique=True)
    state: str = Field(max_length=16)
    created_on: date
    ended_on: date | None = None


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
    single_sign_on: bool
    created_on: date


class AccountDetail(AccountOut):
    roles: list[HeldRole]


class AccountIn(BaseModel, extra="forbid"):
    """`subject` is the person's name at the city's identity provider; it or a password is given."""

    username: Code
    name: Words
    post: Words
    password: Secret | None = None
    subject: Annotated[str | None, Limited(min_length=1, max_length=255)] = None
    department: Annotated[str | None, Limited(max_length=8)] = None
    officer_no: Annotated[str | None, Limited(max_length=32)] = None


class AccountFilter(Window):
    state: State | None = None
    sort: Literal["username"] = "username"


ACCOUNTS: Final[list[Any]] = [
    col(Account.username),
    col(Account.name),
    col(Account.post),
    col(Department.code).label("department"),
    col(Account.state),
    col(Account.totp_since).is_not(None).label("second_factor"),
    col(Account.subject).is_not(None).label("single_sign_on"),
    col(Account.created_on),
]
LISTING: Final = Listing(
    select(*ACCOUNTS).outerjoin(Department, col(Department.id) == col(Account.department_id)),
    {"state": col(Account.state) == bindparam("state")},
    {"username": (col(Account.username),)},
)
