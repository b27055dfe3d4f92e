"""A third-party app applies, is let in by one office or two, stopped, and let go."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import func
from sqlmodel import col, select

from app.acts import api_keys
from app.acts.desk import Desk
from app.models.api_clients import ApiClient
from app.models.columns import json_text
from app.rules import api_clients as rules
from app.rules.api_clients import Act, Scope, State
from app.rules.api_keys import Kind

LOCK: Final = 7004  # one application is numbered at a time


def apply(desk: Desk, facts: Mapping[str, Any]) -> tuple[ApiClient, str]:
    """The application, and the key to its own page, told once."""
    contact = {f"contact_{name}": value for name, value in facts["contact"].items()}
    client = desk.add(
        ApiClient(
            client_no=numbered(desk),
            organisation=facts["organisation"],
            purpose=facts["purpose"],
            scopes=json_text(sorted(set(facts["scopes"]))),
            webhook_hosts=json_text(hosts(facts["webhook_hosts"])),
            state=State.APPLIED,
            applied_on=desk.today,
            **contact,
        )
    )
    desk.note("api_client.applied", client.client_no, scopes=sorted(set(facts["scopes"])))
    _, key = api_keys.issue(desk, client, Kind.OWN, {"label": "own page"})
    return client, key


def numbered(desk: Desk) -> str:
    if desk.session.connection().dialect.name == "postgresql":
        desk.session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    of_year = select(func.count()).where(col(ApiClient.client_no).like(f"C{desk.today.year}-%"))
    return f"C{desk.today.year}-{desk.session.exec(of_year).one() + 1:03}"


def hosts(given: Sequence[str]) -> list[str]:
    return sorted({each.lower().rstrip(".") for each in given})


def scopes_of(client: ApiClient) -> set[Scope]:
    return {Scope(each) for each in orjson.loads(client.scopes)}


def decide(desk: Desk, client: ApiClient, act: Act, reason: str | None = None) -> ApiClient:
    """One step; who confirms a personal scope is not who approved it, in person or in post."""
    if act is Act.CONFIRM and client.maker is not None:
        desk.checks(client.maker, client.maker_post)
        client.checker = desk.actor
    if act is Act.APPROVE:
        client.maker, client.maker_post = desk.actor, desk.on_behalf_of
    client.state = rules.after(act, State(client.state), scopes_of(client))
    client.version += 1
    client.reason = reason
    if client.state == State.ENDED:
        client.ended_on = desk.today
    else:
        client.decided_on = desk.today
    known: dict[str, Any] = (
        {"organisation": client.organisation} if client.state == State.ACTIVE else {}
    )
    past = rules.PAST[act]
    desk.note(f"api_client.{past}", client.client_no, state=client.state, **known)
    return client


def allow_hosts(desk: Desk, client: ApiClient, given: Sequence[str]) -> ApiClient:
    """The hosts that deliveries may go to; an endpoint elsewhere is refused when it is sent to."""
    client.webhook_hosts = json_text(hosts(given))
    client.version += 1
    desk.note("api_client.hosts_allowed", client.client_no)
    return client
