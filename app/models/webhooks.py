"""Where third-party apps are told of changes, and what was said to them and answered.

Instants are whole seconds since 1970 (UTC): both databases compare them alike.
"""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel
from pydantic import Field as Limited
from sqlalchemy import BigInteger, Index, Text, bindparam, select
from sqlmodel import Field, SQLModel, col

from app.listing import Listing, Window
from app.models.api_clients import ApiClient
from app.models.columns import PUBLIC, closed, kept
from app.rules.webhooks import State

Url = Annotated[str, Limited(min_length=1, max_length=500)]
Events = Annotated[
    list[Annotated[str, Limited(min_length=1, max_length=80)]], Limited(min_length=1, max_length=50)
]


class Webhook(SQLModel, table=True):
    """`told_until` is the entry of the ledger up to which deliveries were made out."""

    __table_args__ = (
        closed("state", State),
        Index("ix_webhook_client_id", "client_id", "number"),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=16, unique=True)
    client_id: int = Field(foreign_key="api_client.id")
    url: str = Field(max_length=500)
    events: str = Field(sa_type=Text)
    state: str = Field(max_length=16)
    secret: str = Field(max_length=300)
    old_secret: str | None = Field(default=None, max_length=300)
    old_secret_until: int | None = Field(default=None, sa_type=BigInteger)
    created_on: date
    ended_on: date | None = None
    version: int = 1


class WebhookProgress(SQLModel, table=True):
    """How far an endpoint was told; it moves with every batch, so it is no part of the register."""

    __tablename__ = "webhook_progress"

    webhook_id: int = Field(primary_key=True, foreign_key="webhook.id")
    told_until: int = Field(sa_type=BigInteger)


class WebhookIn(BaseModel, extra="forbid"):
    """`events`: acts as the change feed names them, `credential.*` for all of a kind, `*` for all.

    Deliveries begin with the next entry, or after the entry `after` of the feed.
    """

    url: Url
    events: Events
    after: Annotated[int | None, Limited(ge=0, lt=1 << 63)] = None


class WebhookChange(BaseModel, extra="forbid"):
    url: Url | None = None
    events: Events | None = None
    state: Literal[State.ACTIVE, State.PAUSED] | None = None


class WebhookOut(BaseModel):
    number: str
    client_no: str
    url: str
    events: list[str]
    state: State
    told_until: int
    old_secret_until: str | None
    created_on: date
    ended_on: date | None
    version: int


class SecretOut(WebhookOut):
    """`secret` (`whsec_…`) is told once."""

    secret: str


class WebhookFilter(Window):
    sort: Literal["number"] = "number"


W: Final = Webhook
ENDPOINTS: Final[list[Any]] = [
    col(W.number),
    col(ApiClient.client_no),
    col(W.url),
    kept(col(W.events), "events"),
    col(W.state),
    col(WebhookProgress.told_until),
    col(W.old_secret_until),
    col(W.created_on),
    col(W.ended_on),
    col(W.version),
    col(W.id),
]
OWN: Final = (
    select(*ENDPOINTS)
    .join(ApiClient, col(ApiClient.id) == col(W.client_id))
    .join(WebhookProgress, col(WebhookProgress.webhook_id) == col(W.id))
    .where(col(W.client_id) == bindparam("client_id"))
)
LISTING: Final = Listing(OWN, {}, {"number": (col(W.number),)})
NUMBERED: Final = OWN.where(col(W.number) == bindparam("number"))
