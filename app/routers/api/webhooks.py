"""JSON endpoints for webhooks: where an app is told of changes, and what became of each."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel
from sqlalchemy import Connection

from app.acts import webhook_deliveries
from app.acts import webhooks as acts
from app.acts.desk import Desk, OutsideDep
from app.acts.sessions import instant
from app.db import answer, one_of, page_of, parsed, read, rows_of
from app.deps import IfMatch, matched, version_tag
from app.edge import StrictRoute
from app.keyed import Webhooking
from app.listing import Page
from app.models.api_clients import ApiClient
from app.models.api_keys import Keyed
from app.models.webhook_deliveries import (
    LISTING as DELIVERIES,
)
from app.models.webhook_deliveries import (
    OF_MESSAGE,
    TRIES,
    DeliveryDetail,
    DeliveryFilter,
    DeliveryOut,
    WebhookDelivery,
)
from app.models.webhooks import (
    LISTING,
    NUMBERED,
    SecretOut,
    Webhook,
    WebhookChange,
    WebhookFilter,
    WebhookIn,
    WebhookOut,
)  # fmt: skip
from app.rules.webhooks import DeliveryState

router = APIRouter(prefix="/webhooks", tags=["webhooks"], route_class=StrictRoute)
PRIVATE: Final = {"Cache-Control": "no-store"}
MADE: Final[dict[str, Any]] = {"response_model": SecretOut, "status_code": 201}
SENT: Final[dict[str, Any]] = {"response_model": DeliveryOut, "status_code": 201}


class Redelivery(BaseModel, extra="forbid"):
    message_id: str


class Alone(BaseModel, extra="forbid"):
    """Nothing narrows it."""


@router.get("", response_model=Page[WebhookOut])
async def list_webhooks(wanted: Annotated[WebhookFilter, Query()], keyed: Webhooking) -> Response:
    """List the endpoints of this app, those that ended too. Scope `webhooks:manage`.

    列出本应用的推送地址，含已终止的；需要权限 `webhooks:manage`。
    """
    of = {"client_id": keyed.client_id}
    page = await read(lambda connection: page_of(connection, LISTING, wanted, **of))
    return private({**page, "items": [told(row) for row in page["items"]]})


@router.post("", **MADE)
def create_webhook(keyed: Webhooking, desk: OutsideDep, given: WebhookIn) -> dict[str, Any]:
    """Name an endpoint. `secret` is told once. The host must be approved, the address public.

    登记推送地址；`secret` 只显示一次。主机须经批准，且只能是公网地址。
    """
    made, secret = acts.create(desk, client_of(desk, keyed), given.model_dump())
    return {**shown(desk, keyed, made), "secret": secret}


@router.get("/{number}", response_model=WebhookOut)
async def read_webhook(number: str, keyed: Webhooking, _: Annotated[Alone, Query()]) -> Response:
    """Read one endpoint; `ETag` is what a change asks for.

    查看一个推送地址；修改时须带上 `ETag`。
    """
    row = await read(lambda connection: own_row(connection, keyed, number))
    reply = private(told(row))
    reply.headers["ETag"] = version_tag(row["version"])
    return reply


@router.post("/{number}/revisions", response_model=WebhookOut, status_code=201)
def change_webhook(
    number: str,
    keyed: Webhooking,
    desk: OutsideDep,
    given: WebhookChange,
    if_match: IfMatch = None,
) -> dict[str, Any]:
    """Change an endpoint's address or events, pause it, or let it go on.

    修改推送地址或事件，暂停或恢复推送。
    """
    webhook = own(desk, keyed, number)
    matched(webhook.version, if_match)
    changes = given.model_dump(exclude_none=True)
    return shown(desk, keyed, acts.change(desk, client_of(desk, keyed), webhook, changes))


@router.post("/{number}/rotations", **MADE)
def rotate_webhook_secret(number: str, keyed: Webhooking, desk: OutsideDep) -> dict[str, Any]:
    """Give an endpoint a new secret; for 24 hours deliveries are signed with both.

    更换签名密钥；24小时内用新旧两个密钥同时签名。
    """
    webhook, secret = acts.rotate(desk, own(desk, keyed, number))
    return {**shown(desk, keyed, webhook), "secret": secret}


@router.post("/{number}/endings", response_model=WebhookOut, status_code=201)
def end_webhook(number: str, keyed: Webhooking, desk: OutsideDep) -> dict[str, Any]:
    """End an endpoint; what waits for it is never sent.

    终止推送地址；尚未送出的不再发送。
    """
    return shown(desk, keyed, acts.end(desk, own(desk, keyed, number)))


@router.post("/{number}/pings", **SENT)
def ping_webhook(number: str, keyed: Webhooking, desk: OutsideDep) -> dict[str, Any]:
    """Have a `webhook.ping` delivered, to see that what is said arrives.

    发送一条 `webhook.ping`，检验能否送达。
    """
    made = webhook_deliveries.ping(desk.session, own(desk, keyed, number))
    desk.session.flush()  # what is shown is read back
    return delivery_shown(desk, made)


@router.post("/{number}/redeliveries", **SENT)
def redeliver_message(
    number: str, keyed: Webhooking, desk: OutsideDep, given: Redelivery
) -> dict[str, Any]:
    """Have a message delivered again, under the same id.

    重新投递一条消息，编号不变。
    """
    webhook = own(desk, keyed, number)
    found = desk.one(WebhookDelivery, webhook_id=webhook.id, message_id=given.message_id)
    again = webhook_deliveries.redeliver(desk.session, found)
    desk.session.flush()  # what is shown is read back
    return delivery_shown(desk, again)


@router.get("/{number}/deliveries", response_model=Page[DeliveryOut])
async def list_deliveries(
    number: str, wanted: Annotated[DeliveryFilter, Query()], keyed: Webhooking
) -> Response:
    """List what was sent to an endpoint or waits, the newest first; `state=dead` was given up.

    列出投递记录，新的在前；`state=dead` 为超时放弃的。
    """

    def work(connection: Connection) -> Any:
        found = own_id(connection, keyed, number)
        return page_of(connection, DELIVERIES, wanted, webhook_id=found)

    page = await read(work)
    return private({**page, "items": [delivered(row) for row in page["items"]]})


@router.get("/{number}/deliveries/{message_id}", response_model=DeliveryDetail)
async def read_delivery(
    number: str, message_id: str, keyed: Webhooking, _: Annotated[Alone, Query()]
) -> Response:
    """Read one message with every try of it, and what was answered.

    查看一条消息的每次尝试和收到的答复。
    """

    def work(connection: Connection) -> dict[str, Any]:
        of = {"webhook_id": own_id(connection, keyed, number), "message_id": message_id}
        row = one_of(connection, OF_MESSAGE, of)
        tries = rows_of(connection, TRIES, {"delivery_id": row["id"]})
        told_of = [{**each, "at": instant(each["at"])} for each in tries]
        return {**delivered(row), "tries": told_of}

    return private(await read(work))


def private(content: Any) -> Response:
    reply = answer(content)
    reply.headers.update(PRIVATE)
    return reply


def client_of(desk: Desk, keyed: Keyed) -> ApiClient:
    return desk.one(ApiClient, id=keyed.client_id)


def own(desk: Desk, keyed: Keyed, number: str) -> Webhook:
    """Another client's endpoint is as good as none."""
    return desk.one(Webhook, number=number, client_id=keyed.client_id)


def own_row(connection: Connection, keyed: Keyed, number: str) -> dict[str, Any]:
    return one_of(connection, NUMBERED, {"client_id": keyed.client_id, "number": number})


def own_id(connection: Connection, keyed: Keyed, number: str) -> int:
    return int(own_row(connection, keyed, number)["id"])


def told(row: dict[str, Any]) -> dict[str, Any]:
    until = row["old_secret_until"]
    shaped = {name: value for name, value in row.items() if name != "id"}
    return {**shaped, "old_secret_until": instant(until) if until is not None else None}


def shown(desk: Desk, keyed: Keyed, webhook: Webhook) -> dict[str, Any]:
    desk.session.flush()  # what is shown is read back
    return told(parsed(own_row(desk.session.connection(), keyed, webhook.number)))


def delivery_shown(desk: Desk, made: WebhookDelivery) -> dict[str, Any]:
    of = {"webhook_id": made.webhook_id, "message_id": made.message_id}
    return delivered(parsed(one_of(desk.session.connection(), OF_MESSAGE, of)))


def delivered(row: dict[str, Any]) -> dict[str, Any]:
    """`next_at` is when it is tried next, as long as it is."""
    waits = row["state"] == DeliveryState.PENDING
    ended = row["ended_at"]
    return {
        **{name: value for name, value in row.items() if name != "id"},
        "created_at": instant(row["created_at"]),
        "next_at": instant(row["next_at"]) if waits else None,
        "ended_at": instant(ended) if ended is not None else None,
    }
