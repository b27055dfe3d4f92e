"""What is told to endpoints: made out from the ledger, tried for days, in order per subject."""

import secrets as chance
from datetime import UTC, datetime
from typing import Any, Final

import orjson
from sqlalchemy import func, insert, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col
from standardwebhooks import Webhook as Signer

from app.acts.api_keys import seconds
from app.acts.webhooks import secrets_of
from app.config import now, settings
from app.ledger import record
from app.models.api_clients import ApiClient
from app.models.changes import LedgerEntry
from app.models.columns import json_text
from app.models.webhook_deliveries import MOST_ANSWER, WebhookAttempt, WebhookDelivery
from app.models.webhooks import Webhook, WebhookProgress
from app.rules import api_clients, webhooks
from app.rules.webhooks import DeliveryState, State
from app.sending import Answer

BATCH: Final = 500
HOUR: Final = 3600
D: Final = WebhookDelivery
E: Final = LedgerEntry
ACTOR: Final = "登记系统"


def make_out(session: Session, webhook_id: int) -> bool:
    """Deliveries for a batch of new entries; whether there may be more."""
    progress = session.get_one(WebhookProgress, webhook_id, with_for_update=True)
    events = orjson.loads(session.get_one(Webhook, webhook_id).events)
    fresh = select(E).where(col(E.seq) > progress.told_until).order_by(col(E.seq)).limit(BATCH)
    entries = list(session.scalars(fresh))
    rows = [made_out(webhook_id, each) for each in entries if webhooks.wanted(each.act, events)]
    if rows:
        session.execute(insert(D), rows)
    if entries:
        progress.told_until = entries[-1].seq
    return len(entries) == BATCH


def made_out(webhook_id: int, entry: LedgerEntry) -> dict[str, Any]:
    data = {"subject_kind": entry.subject_kind, "subject_key": entry.subject_key}
    facts = {**orjson.loads(entry.public), **data}
    body = {"type": entry.act, "timestamp": entry.at, "data": facts, "seq": entry.seq}
    subject = f"{entry.subject_kind}:{entry.subject_key}"
    return written(webhook_id, f"msg_{webhook_id}_{entry.seq}", entry.act, subject, body)


def written(webhook_id: int, message_id: str, act: str, subject: str, body: Any) -> dict[str, Any]:
    moment = seconds()
    return {
        "message_id": message_id,
        "webhook_id": webhook_id,
        "seq": body["seq"],
        "act": act,
        "subject": subject[:100],
        "body": json_text(body),
        "state": DeliveryState.PENDING,
        "attempts": 0,
        "created_at": moment,
        "next_at": moment,
    }


def ping(session: Session, webhook: Webhook) -> WebhookDelivery:
    """Says nothing; shows that what is said arrives."""
    at = now().isoformat(timespec="seconds")
    body = {"type": webhooks.PING, "timestamp": at, "data": {"webhook": webhook.number}}
    name = f"msg_{webhook.id}_{chance.token_hex(8)}"
    subject = f"webhook:{chance.token_hex(8)}"
    made = D(**written(webhook.id or 0, name, webhooks.PING, subject, {**body, "seq": None}))
    session.add(made)
    return made


def behind(connection: Any) -> list[int]:
    """Active endpoints that were not told of everything yet."""
    newest = select(func.coalesce(func.max(col(E.seq)), 0)).scalar_subquery()
    wanted = (
        select(col(Webhook.id))
        .join(WebhookProgress)
        .where(col(Webhook.state) == State.ACTIVE, col(WebhookProgress.told_until) < newest)
    )
    return list(connection.execute(wanted).scalars())


def due(webhook_id: int | None = None) -> Any:
    """What may be tried now: of one subject only the oldest that waits."""
    older = aliased(D)
    first = ~(
        select(col(older.id))
        .where(
            col(older.webhook_id) == col(D.webhook_id),
            col(older.subject) == col(D.subject),
            col(older.state) == DeliveryState.PENDING,
            col(older.id) < col(D.id),
        )
        .exists()
    )
    waiting = (col(D.state) == DeliveryState.PENDING, col(D.next_at) <= seconds(), first)
    chosen: Any = select(col(D.webhook_id)).distinct() if webhook_id is None else select(D)
    allowed = (
        col(Webhook.state) == State.ACTIVE,
        col(ApiClient.state) == api_clients.State.ACTIVE,
    )
    joined = chosen.join(Webhook, col(Webhook.id) == col(D.webhook_id)).join(
        ApiClient, col(ApiClient.id) == col(Webhook.client_id)
    )
    if webhook_id is None:
        return joined.where(*waiting, *allowed)
    one = joined.where(*waiting, *allowed, col(D.webhook_id) == webhook_id)
    return one.order_by(col(D.next_at), col(D.id)).limit(50)


def headers(webhook: Webhook, delivery: WebhookDelivery) -> dict[str, str]:
    """Standard Webhooks; the time is the machine's own, for receivers refuse what is old."""
    at = datetime.now(UTC)
    signed = [
        Signer(each).sign(delivery.message_id, at, delivery.body) for each in secrets_of(webhook)
    ]
    return {
        "content-type": "application/json",
        "user-agent": "Mingbai-Webhooks/1",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signed),
    }


def settle(session: Session, delivery_id: int, answer: Answer) -> None:
    """Keep the try; go on, try again later, or give up when the days of trying are over."""
    delivery = session.get_one(D, delivery_id, with_for_update=True)
    moment = seconds()
    session.add(
        WebhookAttempt(
            delivery_id=delivery_id,
            at=moment,
            milliseconds=answer.milliseconds,
            status=answer.status,
            error=answer.error,
            answer=answer.text.replace("\x00", "\ufffd")[:MOST_ANSWER],
        )
    )
    delivery.attempts += 1
    if answer.status is not None and 200 <= answer.status < 300:
        delivery.state, delivery.ended_at = DeliveryState.DELIVERED, moment
        return
    delivery.next_at = moment + webhooks.wait(delivery.attempts)
    if delivery.next_at > delivery.created_at + settings().webhook_retry_hours * HOUR:
        delivery.state, delivery.ended_at = DeliveryState.DEAD, moment
    if answer.status == webhooks.GONE:
        pause(session, delivery.webhook_id)


def pause(session: Session, webhook_id: int) -> None:
    """Who answers 410 wants no more; the endpoint's owner can let it go on."""
    webhook = session.get_one(Webhook, webhook_id, with_for_update=True)
    if webhook.state == State.ACTIVE:
        webhook.state = State.PAUSED
        webhook.version += 1
        record(session, ACTOR, "webhook.paused", webhook.number, public={"state": webhook.state})


def redeliver(session: Session, delivery: WebhookDelivery) -> WebhookDelivery:
    """The same message again, under the same id, with its own days of trying."""
    webhooks.redelivered(DeliveryState(delivery.state))
    delivery.state, delivery.ended_at = DeliveryState.PENDING, None
    delivery.created_at = delivery.next_at = seconds()
    delivery.attempts = 0
    return delivery
