"""Roles that one person proposed and another confirmed."""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import BaseModel
from pydantic import Field as Limited
from sqlalchemy import Index, bindparam, select, text
from sqlmodel import Field, SQLModel, col

from app.listing import Listing, Selection, Window
from app.models.accounts import Account, Code
from app.models.columns import PUBLIC, closed
from app.rules.accounts import Role
from app.rules.role_grants import State

HELD = text("state in ('proposed', 'active')")


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
        closed("state", State),
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


class RoleGrantIn(BaseModel, extra="forbid"):
    username: Code
    role: Role
    unit: Annotated[str | None, Limited(max_length=8)] = None


class RoleGrantOut(BaseModel):
    number: str
    username: str
    role: Role
    unit: str | None
    state: State
    maker: str
    checker: str | None
    proposed_on: date
    decided_on: date | None
    ended_on: date | None


class RoleGrantFilter(Window):
    state: State | None = None
    username: Annotated[str | None, Limited(max_length=64)] = None
    sort: Literal["number"] = "number"


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
ROLES: Final[Selection] = (
    select(col(RoleGrant.role), col(RoleGrant.unit))
    .join(Account, col(Account.id) == col(RoleGrant.account_id))
    .where(col(Account.username) == bindparam("username"))
    .where(col(RoleGrant.state) == State.ACTIVE)
    .order_by(col(RoleGrant.role))
)
