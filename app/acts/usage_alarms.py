"""Harvesting is noticed by the register and stopped by a person."""

import logging
from datetime import timedelta
from time import monotonic
from typing import Final

from sqlalchemy import Connection, Engine, func
from sqlmodel import Session, col, select
from starlette.concurrency import run_in_threadpool

from app.acts import api_clients
from app.acts.desk import Desk
from app.config import now, settings
from app.db import transaction
from app.models.api_clients import ApiClient
from app.models.usage_alarms import BLOCKED, UsageAlarm
from app.rate_limits import Meter, verifications
from app.rules import usage_alarms as rules
from app.rules.api_clients import Act
from app.rules.api_clients import State as ClientState
from app.rules.api_keys import Elsewhere
from app.rules.usage_alarms import Outcome, State, Subject

log = logging.getLogger(__name__)
SHUT_OUT: Final = timedelta(days=1)
LOOK_AGAIN: Final = 5.0  # seconds


def raise_alarm(session: Session, kind: Subject, key: str, attempts: int) -> None:
    """Once for a window; while an alarm about the same is open, it only grows."""
    same = select(UsageAlarm).where(
        col(UsageAlarm.subject_key) == key, col(UsageAlarm.state) == State.OPEN
    )
    if (found := session.exec(same.with_for_update()).first()) is not None:
        found.attempts += attempts
        return
    moment = now()
    today = select(func.count()).where(col(UsageAlarm.number).like(f"A{moment:%Y%m%d}-%"))
    session.add(
        UsageAlarm(
            number=f"A{moment:%Y%m%d}-{session.exec(today).one() + 1:04}",
            subject_kind=kind,
            subject_key=key,
            raised_on=moment.date(),
            at=moment.isoformat(timespec="seconds"),
            attempts=attempts,
            state=State.OPEN,
        )
    )


async def counted(meter: Meter, persons: int) -> None:
    """Before anybody is verified: so many in a minute and no more, and an alarm at many more."""
    standing = await meter.spend(verifications(meter.keyed), persons)
    attempts, most = standing.spent.amount, settings().harvest_alarm
    if attempts - persons < most <= attempts:
        await run_in_threadpool(alarm, meter, attempts)
    meter.admit()


def alarm(meter: Meter, attempts: int) -> None:
    kind = Subject.ADDRESS if meter.keyed is None else Subject.CLIENT
    log.warning("many verifications by %s %s: %d", kind, meter.who, attempts)
    with transaction() as session:
        raise_alarm(session, kind, meter.who, attempts)


class Blocks:
    """The addresses that were stopped, looked up every few seconds: a verification pays nothing."""

    def __init__(self) -> None:
        self.until: dict[str, int] = {}
        self.read_at = 0.0
        self.of: Engine | None = None

    def let_in(self, connection: Connection, meter: Meter) -> None:
        """An address that a person has stopped verifies nobody until its day is over."""
        if self.of is not connection.engine or monotonic() - self.read_at > LOOK_AGAIN:
            rows = connection.execute(BLOCKED, {"moment": int(now().timestamp())})
            self.until = {key: until or 0 for key, until in rows}
            self.of, self.read_at = connection.engine, monotonic()
        if meter.keyed is None and self.until.get(meter.who, 0) > now().timestamp():
            raise Elsewhere("limits.blocked")


BLOCKS: Final = Blocks()


def close(desk: Desk, alarm: UsageAlarm, stop: bool, reason: str) -> UsageAlarm:
    """Stopped: a client's keys open nothing any more, an address verifies nobody for a day."""
    alarm.outcome = rules.close(State(alarm.state), stop)
    alarm.state, alarm.closed_by = State.CLOSED, desk.actor
    if alarm.outcome == Outcome.STOPPED and alarm.subject_kind == Subject.CLIENT:
        client = desk.one(ApiClient, client_no=alarm.subject_key)
        if client.state == ClientState.ACTIVE:
            api_clients.decide(desk, client, Act.SUSPEND, reason)
    elif alarm.outcome == Outcome.STOPPED:
        alarm.blocked_until = int((now() + SHUT_OUT).timestamp())
        BLOCKS.of = None  # here at once, in other processes within seconds
    desk.note("usage_alarm.closed", alarm.number, private={"reason": reason}, outcome=alarm.outcome)
    return alarm
