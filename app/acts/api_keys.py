"""Keys are made, replaced with an overlap, and taken away at once."""

import secrets as chance
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import orjson
from sqlalchemy import func
from sqlmodel import col, select

from app import secrets
from app.acts.desk import Desk
from app.config import now, settings
from app.errors import Refusal
from app.models.api_clients import ApiClient
from app.models.api_keys import ApiKey
from app.models.columns import json_text
from app.rules import api_clients, api_keys
from app.rules.api_keys import DIGITS, ID_LENGTH, RANDOM_LENGTH, Kind

MOST_KEYS = 20
HOUR = 3600


def issue(
    desk: Desk, client: ApiClient, kind: Kind, facts: Mapping[str, Any]
) -> tuple[ApiKey, str]:
    """A key, and its text, which nobody can be told again."""
    key_id, secret = drawn(ID_LENGTH), drawn(RANDOM_LENGTH)
    text = api_keys.written(kind, key_id, secret)
    last = desk.today + timedelta(days=365 * 10)  # the door to its own page outlasts its keys
    if kind is not Kind.OWN:
        last = api_keys.lasts(desk.today, facts.get("expires_on"), settings().api_key_days)
    made = desk.add(
        ApiKey(
            key_id=key_id,
            key_hash=secrets.digest(text),
            client_id=client.id or 0,
            kind=kind,
            label=facts["label"],
            scopes=json_text(sorted(set(facts.get("scopes", ())))),
            addresses=json_text(api_keys.networks(facts.get("addresses", ()))),
            created_at=seconds(),
            expires_on=last,
        )
    )
    scopes = sorted(set(facts.get("scopes", ())))
    desk.note("api_key.issued", key_id, client_no=client.client_no, kind=kind, scopes=scopes)
    return made, text


def drawn(length: int) -> str:
    return "".join(chance.choice(DIGITS) for _ in range(length))


def seconds() -> int:
    return int(now().timestamp())


def request(desk: Desk, client: ApiClient, facts: Mapping[str, Any]) -> tuple[ApiKey, str]:
    """A client makes a key for itself, within what it was given."""
    api_clients.may_use_keys(api_clients.State(client.state))
    wanted = {api_clients.Scope(each) for each in facts["scopes"]}
    approved = {api_clients.Scope(each) for each in orjson.loads(client.scopes)}
    api_clients.granted(wanted, approved)
    if facts["kind"] is Kind.TEST and not has_sandbox():
        raise Refusal("api_key.no_sandbox", kind=facts["kind"])
    held = select(func.count()).where(
        col(ApiKey.client_id) == client.id,
        col(ApiKey.revoked_at).is_(None),
        col(ApiKey.expires_on) >= desk.today,
    )
    if desk.session.exec(held).one() >= MOST_KEYS:
        raise Refusal("api_key.too_many", most=MOST_KEYS)
    return issue(desk, client, facts["kind"], facts)


def has_sandbox() -> bool:
    """The demo city itself, or a database that holds it."""
    return settings().demo or bool(settings().sandbox_database_url)


def rotate(desk: Desk, old: ApiKey, client: ApiClient, overlap_hours: int) -> tuple[ApiKey, str]:
    """A new key of the same kind; the old one works until the overlap is over."""
    if old.kind != Kind.OWN:
        api_clients.may_use_keys(api_clients.State(client.state))
    ended = old.ends_at is not None or desk.today > old.expires_on
    if old.revoked_at is not None or ended:
        raise Refusal("api_key.over", key_id=old.key_id)
    kept = {name: orjson.loads(getattr(old, name)) for name in ("scopes", "addresses")}
    made, text = issue(desk, client, Kind(old.kind), {"label": old.label, **kept})
    old.ends_at, old.replaced_by = seconds() + overlap_hours * HOUR, made.key_id
    desk.note("api_key.rotated", old.key_id, client_no=client.client_no, replaced_by=made.key_id)
    return made, text


def revoke(desk: Desk, key: ApiKey, client: ApiClient) -> ApiKey:
    """From the next request on it opens nothing."""
    if key.revoked_at is not None:
        raise Refusal("api_key.over", key_id=key.key_id)
    key.revoked_at = seconds()
    desk.note("api_key.revoked", key.key_id, client_no=client.client_no)
    return key
