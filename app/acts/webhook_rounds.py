"""Rounds of delivery: endpoints side by side, each in order, none holding up another."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from app import sending
from app.acts import webhook_deliveries as deliveries
from app.db import Database
from app.models.webhook_deliveries import WebhookDelivery
from app.models.webhooks import Webhook

log = logging.getLogger(__name__)
AT_ONCE: Final = 16  # endpoints
ROUND: Final = 20.0  # seconds after which an endpoint lets others come first
PATIENCE: Final = 2  # tries without any answer, after which it waits for the next round
Job = tuple[int, str, dict[str, str], bytes]


class Rounds:
    """What a clock that reigns does between two looks; it never waits for a receiver."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.threads = ThreadPoolExecutor(AT_ONCE, "deliver")
        self.visited: set[int] = set()
        self.leaving = False

    def step(self) -> None:
        """Make out what is new, and send somebody to each endpoint that waits and is alone."""
        with self.database.reader.connect() as connection:
            behind = deliveries.behind(connection)
        for webhook_id in behind:
            while self.in_transaction(lambda s: deliveries.make_out(s, webhook_id)):  # noqa: B023
                pass
        with self.database.reader.connect() as connection:
            waiting = list(connection.execute(deliveries.due()).scalars())
        for webhook_id in waiting:
            if webhook_id not in self.visited:
                self.visited.add(webhook_id)
                self.threads.submit(self.visit, webhook_id)

    def in_transaction(self, work: Callable[[Session], bool]) -> bool:
        with Session(self.database.writer) as session, session.begin():
            return work(session)

    def visit(self, webhook_id: int) -> None:
        until, silent = monotonic() + ROUND, 0
        try:
            while monotonic() < until and not self.leaving and (jobs := self.jobs_of(webhook_id)):
                for delivery_id, url, headers, body in jobs:
                    if silent >= PATIENCE or self.leaving:
                        return
                    answer = sending.send(url, headers, body)
                    silent = silent + 1 if answer.status is None else 0
                    self.settle(delivery_id, answer)
        except SQLAlchemyError as error:  # nothing is lost: what was sent is sent again
            log.warning("a delivery could not be written down: %s", type(error).__name__)
        finally:
            self.visited.discard(webhook_id)

    def jobs_of(self, webhook_id: int) -> list[Job]:
        """What may be sent now; read and signed, and no transaction held while it is."""
        with Session(self.database.reader) as session:
            webhook = session.get_one(Webhook, webhook_id)
            found: list[WebhookDelivery] = list(session.scalars(deliveries.due(webhook_id)))
            return [
                (each.id or 0, webhook.url, deliveries.headers(webhook, each), each.body.encode())
                for each in found
            ]

    def settle(self, delivery_id: int, answer: sending.Answer) -> None:
        with Session(self.database.writer) as session, session.begin():
            deliveries.settle(session, delivery_id, answer)

    def close(self) -> None:
        self.leaving = True
        self.threads.shutdown(cancel_futures=True)
