"""Keys of third-party apps. A key is shown once; the register keeps a digest of it.

Instants are whole seconds since 1970 (UTC): both databases compare them alike.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel
from pydantic import Field as Limited
from sqlalchemy import BigInteger, Index, Text, bindparam, select
from sqlmodel import Field, SQLModel, col

from app.listing import Day, Listing, Selection, Window
from app.models.api_clients import ApiClient
from app.models.api_usage import ApiKeyUse
from app.models.columns import PUBLIC, closed, kept
from app.rules.api_clients import Scope
from app.rules.api_keys import Kind

MOST_ADDRESSES: Final = 20


class ApiKey(SQLModel, table=True):
    """`ends_at` is set when another key took its place: until then both work."""

    __tablename__ = "api_key"
    __table_args__ = (
        closed("kind", Kind),
        Index("ix_api_key_client_id", "client_id", "id"),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    key_id: str = Field(max_length=16, unique=True)
    key_hash: str = Field(max_length=64)
    client_id: int = Field(foreign_key="api_client.id")
    kind: str = Field(max_length=8)
    label: str = Field(max_length=100)
    scopes: str = Field(sa_type=Text)
    addresses: str = Field(sa_type=Text)
    created_at: int = Field(sa_type=BigInteger)
    expires_on: date
    ends_at: int | None = Field(default=None, sa_type=BigInteger)
    replaced_by: str | None = Field(default=None, max_length=16)
    revoked_at: int | None = Field(default=None, sa_type=BigInteger)


@dataclass(frozen=True)
class Keyed:
    """Who calls with a key, and what it opens."""

    client_id: int
    client_no: str
    key_id: str
    kind: Kind
    scopes: frozenset[Scope]


class ApiKeyIn(BaseModel, extra="forbid"):
    """`addresses` are those (or networks) that the key works from; everywhere when none is named.

    `expires_on` is its last day, a year from today at most and when absent.
    """

    label: Annotated[str, Limited(min_length=1, max_length=100)]
    kind: Literal[Kind.LIVE, Kind.TEST] = Kind.LIVE
    scopes: Annotated[list[Scope], Limited(min_length=1, max_length=len(Scope))]
    addresses: Annotated[
        list[Annotated[str, Limited(max_length=64)]], Limited(max_length=MOST_ADDRESSES)
    ] = []
    expires_on: Day | None = None


class RotationIn(BaseModel, extra="forbid"):
    """How long the old key goes on working beside the new one; at most a week."""

    overlap_hours: Annotated[int, Limited(ge=0, le=168)] = 24


class ApiKeyOut(BaseModel):
    key_id: str
    client_no: str
    kind: Kind
    label: str
    scopes: list[Scope]
    addresses: list[str]
    created_at: str
    expires_on: date
    ends_at: str | None
    replaced_by: str | None
    revoked_at: str | None
    last_used_at: str | None


class IssuedOut(ApiKeyOut):
    """`key` is told once."""

    key: str


class ApiKeyFilter(Window):
    client_no: Annotated[str | None, Limited(max_length=16)] = None
    sort: Literal["key_id"] = "key_id"


K: Final = ApiKey
KEYS: Final[list[Any]] = [
    col(K.key_id),
    col(ApiClient.client_no),
    col(K.kind),
    col(K.label),
    kept(col(K.scopes), "scopes"),
    kept(col(K.addresses), "addresses"),
    col(K.created_at),
    col(K.expires_on),
    col(K.ends_at),
    col(K.replaced_by),
    col(K.revoked_at),
    col(ApiKeyUse.last_used_at),
]
ALL: Final = (
    select(*KEYS)
    .join(ApiClient, col(ApiClient.id) == col(K.client_id))
    .outerjoin(ApiKeyUse, col(ApiKeyUse.key_id) == col(K.key_id))
)
LISTING: Final = Listing(
    ALL,
    {"client_no": col(ApiClient.client_no) == bindparam("client_no")},
    {"key_id": (col(K.key_id),)},
)
NUMBERED: Final = ALL.where(col(K.key_id) == bindparam("key_id"))
BY_KEY_ID: Final[Selection] = (
    select(
        col(K.key_hash),
        col(K.kind),
        col(K.scopes),
        col(K.addresses),
        col(K.expires_on),
        col(K.ends_at),
        col(K.revoked_at),
        col(ApiClient.id).label("client_id"),
        col(ApiClient.client_no),
        col(ApiClient.state),
        col(ApiClient.scopes).label("client_scopes"),
    )
    .join(ApiClient, col(ApiClient.id) == col(K.client_id))
    .where(col(K.key_id) == bindparam("key_id"))
)
