"""When a delivery is tried again, and what may be subscribed to (Standard Webhooks)."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from app.errors import Refusal


class State(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class DeliveryState(StrEnum):
    PENDING = "pending"
    DELIVERED = "delivered"
    DEAD = "dead"


# Seconds after the first, second … try; the last one goes on until the days of trying are over.
WAITS: Final = (5, 30, 120, 300, 900, 1800, 3600)
EVENT: Final = re.compile(r"\*|[a-z_]{1,32}\.(\*|[a-z_]{1,40})")
PING: Final = "webhook.ping"
PORTS: Final = frozenset({443, 8443})
GONE: Final = 410


def wait(attempts: int) -> int:
    """Seconds from a failed try, the `attempts`-th, to the next one."""
    return WAITS[min(attempts, len(WAITS)) - 1]


def wanted(act: str, events: Sequence[str]) -> bool:
    """Whether an act is among those subscribed to: itself, all of its kind, or all there are."""
    return act in events or "*" in events or f"{act.split('.')[0]}.*" in events


def subscribed(events: Sequence[str]) -> None:
    for each in events:
        if not EVENT.fullmatch(each):
            raise Refusal("webhook.event_unknown", events=each)


def changed(state: State, wanted: State) -> State:
    """An endpoint may be paused and go on; ended is ended."""
    if state is State.ENDED:
        raise Refusal("webhook.ended", state=state)
    return wanted


def redelivered(state: DeliveryState) -> None:
    """What is still on its way is not sent a second time beside it."""
    if state is DeliveryState.PENDING:
        raise Refusal("webhook.delivery_pending", state=state)


def target(url: str, hosts: Sequence[str], plain_allowed: bool) -> tuple[str, int]:
    """The host and port of an address that deliveries may go to; or the refusal.

    Only `https`, only a host that was approved for the client, and nothing in the address that
    two readers could understand differently.
    """
    if any(c <= " " or c in "\\\x7f" for c in url) or not url.isascii():
        raise Refusal("webhook.url_invalid", url=None)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refusal("webhook.url_invalid", url=None) from None
    host = (parts.hostname or "").rstrip(".")
    if parts.username is not None or parts.password is not None or parts.fragment or not host:
        raise Refusal("webhook.url_invalid", url=None)
    if parts.scheme != "https" and not (plain_allowed and parts.scheme == "http"):
        raise Refusal("webhook.https_required", url=None)
    if host not in {each.lower().rstrip(".") for each in hosts}:
        raise Refusal("webhook.host_not_listed", host=host)
    if not plain_allowed and port is not None and port not in PORTS:
        raise Refusal("webhook.port_not_allowed", port=port)
    return host, port or (443 if parts.scheme == "https" else 80)
