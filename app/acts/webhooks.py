"""Endpoints of third-party apps: made, changed, given a new secret, paused and ended."""

import base64
import secrets as chance
from collections.abc import Mapping
from typing import Any, Final

import orjson
from sqlalchemy import func
from sqlmodel import col, select

from app import secrets, sending
from app.acts.api_keys import seconds
from app.acts.desk import Desk
from app.config import settings
from app.errors import Refusal
from app.models.api_clients import ApiClient
from app.models.changes import LedgerEntry
from app.models.columns import json_text
from app.models.webhooks import Webhook, WebhookProgress
from app.rules import webhooks as rules
from app.rules.webhooks import State

SEAL: Final = "webhooks"
MOST: Final = 20
HOUR: Final = 3600


def create(desk: Desk, client: ApiClient, facts: Mapping[str, Any]) -> tuple[Webhook, str]:
    """An endpoint, and its secret, told once."""
    target(client, facts["url"])
    rules.subscribed(facts["events"])
    held = select(func.count()).where(
        col(Webhook.client_id) == client.id, col(Webhook.state) != State.ENDED
    )
    if desk.session.exec(held).one() >= MOST:
        raise Refusal("webhook.too_many", most=MOST)
    secret = drawn()
    made = desk.add(
        Webhook(
            number=f"W{chance.token_hex(6)}",
            client_id=client.id or 0,
            url=facts["url"],
            events=json_text(sorted(set(facts["events"]))),
            state=State.ACTIVE,
            secret=secrets.seal_text(SEAL, secret),
            created_on=desk.today,
        )
    )
    newest = desk.session.exec(select(func.coalesce(func.max(col(LedgerEntry.seq)), 0))).one()
    begins = newest if facts["after"] is None else min(facts["after"], newest)
    desk.add(WebhookProgress(webhook_id=made.id or 0, told_until=begins))
    desk.note("webhook.created", made.number, client_no=client.client_no)
    return made, secret


def target(client: ApiClient, url: str) -> None:
    """Checked when it is saved, and again whenever we connect."""
    inside = bool(settings().webhook_private_ranges)
    host, port = rules.target(url, orjson.loads(client.webhook_hosts), inside)
    sending.checked(host, port, url.startswith("http:"))


def drawn() -> str:
    return "whsec_" + base64.b64encode(chance.token_bytes(32)).decode()


def change(desk: Desk, client: ApiClient, webhook: Webhook, facts: Mapping[str, Any]) -> Webhook:
    """What is given replaces what was; what waits goes to the new address."""
    rules.changed(State(webhook.state), State(facts.get("state") or webhook.state))
    if (url := facts.get("url")) is not None:
        target(client, url)
        webhook.url = url
    if (events := facts.get("events")) is not None:
        rules.subscribed(events)
        webhook.events = json_text(sorted(set(events)))
    if (state := facts.get("state")) is not None:
        webhook.state = state
    webhook.version += 1
    desk.note("webhook.changed", webhook.number, state=webhook.state)
    return webhook


def rotate(desk: Desk, webhook: Webhook) -> tuple[Webhook, str]:
    """A new secret; for a while every delivery is signed with both."""
    rules.changed(State(webhook.state), State(webhook.state))
    secret = drawn()
    webhook.old_secret = webhook.secret
    webhook.old_secret_until = seconds() + settings().webhook_overlap_hours * HOUR
    webhook.secret = secrets.seal_text(SEAL, secret)
    webhook.version += 1
    desk.note("webhook.rotated", webhook.number)
    return webhook, secret


def end(desk: Desk, webhook: Webhook) -> Webhook:
    """What waits is never sent."""
    webhook.state = rules.changed(State(webhook.state), State.ENDED)
    webhook.ended_on = desk.today
    webhook.version += 1
    desk.note("webhook.ended", webhook.number)
    return webhook


def secrets_of(webhook: Webhook) -> list[str]:
    """Those that sign now, the newest first."""
    found = [webhook.secret]
    if webhook.old_secret is not None and seconds() < (webhook.old_secret_until or 0):
        found.append(webhook.old_secret)
    return [secrets.unseal_text(SEAL, each) for each in found]
