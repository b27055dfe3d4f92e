"""The same request twice has one effect, and both times the same answer.

The answer is kept in the transaction of the effect: either both are there or neither. A refusal
is not kept, so that what was refused may be tried again.
"""

import hmac
from dataclasses import dataclass
from typing import Annotated, Final

import orjson
from fastapi import Depends, Header, Request, Response
from sqlalchemy import ColumnElement, delete, func
from sqlmodel import Session, col, select
from starlette.datastructures import UploadFile

from app import secrets
from app.config import now, settings
from app.edge import Answered
from app.errors import Refusal
from app.models.idempotency import LONGEST, IdempotencyRecord

SEAL: Final = "answers"
PIECE: Final = 1 << 20
KEPT_HEADERS: Final = ("content-type", "location")
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=LONGEST,
        pattern=r"^[\x21-\x7e]+$",
        description="Send the same request again under the same key: it has one effect.",
    ),
]


class InProgress(Refusal):
    status = 409
    retry_after = 1


class Reused(Refusal):
    status = 422


@dataclass(frozen=True)
class Intent:
    """One request that its sender has marked, so that it may come again."""

    route: str
    key: str
    request_digest: str


async def intended(request: Request, idempotency_key: Key = None) -> Intent | None:
    if idempotency_key is None or request.method != "POST":
        return None
    return Intent(request.url.path[-400:], idempotency_key, await digest_of(request))


async def digest_of(request: Request) -> str:
    """A digest of what was sent; of a form, the fields and the content of the files.

    Keyed, for a body may hold a password that could be guessed from a plain digest.
    """
    found = hmac.new(secrets.key(SEAL), digestmod="sha256")
    if not request.headers.get("content-type", "").startswith("multipart/"):
        found.update(await request.body())
        return found.hexdigest()
    for name, value in (await request.form()).multi_items():
        found.update(f"{len(name)}:{name}".encode())
        if not isinstance(value, UploadFile):
            found.update(value.encode())
            continue
        while piece := await value.read(PIECE):
            found.update(piece)
        await value.seek(0)
    return found.hexdigest()


IntentDep = Annotated[Intent | None, Depends(intended)]


def once(session: Session, request: Request, caller: str, intent: Intent) -> None:
    """Answer as before when this was done; else have the answer kept with the effect."""
    claim(session, caller, intent)
    wanted = (
        col(IdempotencyRecord.caller) == caller,
        col(IdempotencyRecord.route) == intent.route,
        col(IdempotencyRecord.key) == intent.key,
    )
    session.execute(delete(IdempotencyRecord).where(*wanted, expired()))
    found = session.exec(select(IdempotencyRecord).where(*wanted)).one_or_none()
    if found is not None:
        if found.request_digest != intent.request_digest:
            raise Reused("idempotency.other_request", key=intent.key)
        raise Answered(replayed(found))
    request.state.keep = lambda answer: session.add(record_of(caller, intent, answer))


def claim(session: Session, caller: str, intent: Intent) -> None:
    """Of requests at once, one works; SQLite lets no second one write in the meantime."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        name = f"{caller} {intent.route} {intent.key}"
        number = func.hashtextextended(name, 0)
        if not session.exec(select(func.pg_try_advisory_xact_lock(number))).one():
            raise InProgress("idempotency.in_progress", key=intent.key)


def record_of(caller: str, intent: Intent, answer: Response) -> IdempotencyRecord:
    headers = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
    content = orjson.dumps({"headers": headers, "body": bytes(answer.body).decode()})
    return IdempotencyRecord(
        caller=caller,
        route=intent.route,
        key=intent.key,
        request_digest=intent.request_digest,
        status=answer.status_code,
        answer=secrets.seal(SEAL, content),
        at=int(now().timestamp()),
    )


def replayed(found: IdempotencyRecord) -> Response:
    content = orjson.loads(secrets.unseal(SEAL, found.answer))
    headers = {**content["headers"], "idempotency-replayed": "true"}
    return Response(content["body"], found.status, headers)


def expired() -> ColumnElement[bool]:
    days = settings().idempotency_days
    return col(IdempotencyRecord.at) < int(now().timestamp()) - days * 24 * 3600


def forget(session: Session) -> None:
    session.execute(delete(IdempotencyRecord).where(expired()))
