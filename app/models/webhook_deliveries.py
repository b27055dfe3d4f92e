"""What was sent to an endpoint, every try of it, and what came back.

Instants are whole seconds since 1970 (UTC): both databases compare them alike.
"""

from typing import Any, Final, Literal

from pydantic import BaseModel
from sqlalchemy import BigInteger, Index, Integer, Text, bindparam, select
from sqlmodel import Field, SQLModel, col

from app.listing import AnyOf, Listing, Window, among
from app.models.columns import closed, kept
from app.rules.webhooks import DeliveryState

MOST_ANSWER: Final = 1000
LARGE: Final = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers INTEGER keys only


class WebhookDelivery(SQLModel, table=True):
    """`message_id` is the `webhook-id` of every try: who got it once knows it again."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        closed("state", DeliveryState),
        Index("ix_webhook_delivery_webhook_id", "webhook_id", "id"),
        Index("ix_webhook_delivery_due", "state", "next_at"),
        Index("ix_webhook_delivery_subject", "webhook_id", "subject", "state", "id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=LARGE)
    message_id: str = Field(max_length=64, unique=True)
    webhook_id: int = Field(foreign_key="webhook.id")
    seq: int | None = Field(default=None, sa_type=BigInteger)
    act: str = Field(max_length=64)
    subject: str = Field(max_length=100)
    body: str = Field(sa_type=Text)
    state: str = Field(max_length=16)
    attempts: int = 0
    created_at: int = Field(sa_type=BigInteger)
    next_at: int = Field(sa_type=BigInteger)
    ended_at: int | None = Field(default=None, sa_type=BigInteger)


class WebhookAttempt(SQLModel, table=True):
    __tablename__ = "webhook_attempt"
    __table_args__ = (Index("ix_webhook_attempt_delivery_id", "delivery_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    delivery_id: int = Field(foreign_key="webhook_delivery.id", sa_type=BigInteger)
    at: int = Field(sa_type=BigInteger)
    milliseconds: int
    status: int | None = None
    error: str | None = Field(default=None, max_length=64)
    answer: str = Field(default="", max_length=MOST_ANSWER)


class AttemptOut(BaseModel):
    """`error` is a code when no answer came: the address refused, a certificate, a timeout."""

    at: str
    milliseconds: int
    status: int | None
    error: str | None
    answer: str


class DeliveryOut(BaseModel):
    message_id: str
    seq: int | None
    type: str
    body: dict[str, Any]
    state: DeliveryState
    attempts: int
    created_at: str
    next_at: str | None
    ended_at: str | None


class DeliveryDetail(DeliveryOut):
    tries: list[AttemptOut]


class DeliveryFilter(Window):
    state: AnyOf[DeliveryState] | None = None
    sort: Literal["id", "-id"] = "-id"


D: Final = WebhookDelivery
ROWS: Final[list[Any]] = [
    col(D.id),
    col(D.message_id),
    col(D.seq),
    col(D.act).label("type"),
    kept(col(D.body), "body"),
    col(D.state),
    col(D.attempts),
    col(D.created_at),
    col(D.next_at),
    col(D.ended_at),
]
LISTING: Final = Listing(
    select(*ROWS).where(col(D.webhook_id) == bindparam("webhook_id")),
    {"state": among(col(D.state), "state")},
    {"id": (col(D.id),)},
)
OF_MESSAGE: Final = select(*ROWS).where(
    col(D.webhook_id) == bindparam("webhook_id"), col(D.message_id) == bindparam("message_id")
)
TRIES: Final = (
    select(
        col(WebhookAttempt.at),
        col(WebhookAttempt.milliseconds),
        col(WebhookAttempt.status),
        col(WebhookAttempt.error),
        col(WebhookAttempt.answer),
    )
    .where(col(WebhookAttempt.delivery_id) == bindparam("delivery_id"))
    .order_by(col(WebhookAttempt.id))
)
