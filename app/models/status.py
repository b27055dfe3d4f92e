"""How this installation stands: versions, the ledger's head, what waits to be delivered."""

from datetime import date, datetime
from typing import Final

from pydantic import BaseModel
from sqlalchemy import func, select
from sqlmodel import col

from app.listing import Selection
from app.models.changes import LedgerEntry
from app.models.webhook_deliveries import WebhookDelivery
from app.rules.webhooks import DeliveryState


class HeadOut(BaseModel):
    seq: int
    hash: str
    at: datetime


class BacklogOut(BaseModel):
    """Deliveries to third-party apps: on their way, tried already and waiting, and given up."""

    pending: int
    retrying: int
    dead: int


class StatusOut(BaseModel):
    """`anchor_age` is in seconds, null where no anchor can be read from here."""

    status: str
    version: str
    schema_version: str
    legal_day: date
    checked_at: datetime
    ledger: HeadOut | None
    anchored_seq: int | None
    anchor_age: int | None
    deliveries: BacklogOut


D: Final = WebhookDelivery
HEAD: Final[Selection] = (
    select(col(LedgerEntry.seq), col(LedgerEntry.hash), col(LedgerEntry.at))
    .order_by(col(LedgerEntry.seq).desc())
    .limit(1)
)
PENDING: Final = col(D.state) == DeliveryState.PENDING
BACKLOG: Final[Selection] = select(
    func.count().filter(PENDING).label("pending"),
    func.count().filter(PENDING, col(D.attempts) > 0).label("retrying"),
    func.count().filter(col(D.state) == DeliveryState.DEAD).label("dead"),
).where(col(D.state) != DeliveryState.DELIVERED)
