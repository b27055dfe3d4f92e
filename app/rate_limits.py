"""How much a key or an address may ask: the policies, and what is left of them."""

import time
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Annotated, Final

from fastapi import Depends, Request

from app import secrets
from app.config import settings
from app.db import Database
from app.errors import TooMany
from app.models.api_keys import Keyed
from app.rate_counts import Counter, OwnCounter, SharedCounter, Spent
from app.rules.api_clients import COVERS, Scope

API: Final = "/api/v1/"
MINUTE: Final = 60


@dataclass(frozen=True)
class Policy:
    """`quota` in every window of `seconds`; `shared`: counted for all processes together."""

    name: str
    quota: int
    seconds: int = MINUTE
    shared: bool = True


@dataclass(frozen=True)
class Standing:
    """What is left of a policy, as its headers say it (draft-ietf-httpapi-ratelimit-headers)."""

    policy: Policy
    spent: Spent

    @property
    def over(self) -> bool:
        return self.spent.amount > self.policy.quota

    @property
    def reset(self) -> int:
        return max(1, round(self.spent.ends_at - time.time()))

    def raw_headers(self) -> list[tuple[bytes, bytes]]:
        name, left = self.policy.name, max(0, self.policy.quota - self.spent.amount)
        policy = f'"{name}";q={self.policy.quota};w={self.policy.seconds}'
        return [
            (b"ratelimit", f'"{name}";r={left};t={self.reset}'.encode()),
            (b"ratelimit-policy", policy.encode()),
        ]


def reads(keyed: Keyed | None, path: str) -> Policy:
    """A key raises the limit where its scopes reach."""
    needed = COVERS.get(path.removeprefix(API).partition("/")[0])
    if keyed is None or (needed is not None and needed not in keyed.scopes):
        return Policy("reads", settings().limit_reads, shared=False)
    return Policy("keyed-reads", settings().limit_keyed_reads)


def verifications(keyed: Keyed | None) -> Policy:
    """Counted by person, not by request."""
    if keyed is None or Scope.CREDENTIALS_VERIFY not in keyed.scopes:
        return Policy("verifications", settings().limit_verifications)
    return Policy("keyed-verifications", settings().limit_keyed_verifications)


def applications() -> Policy:
    return Policy("applications", settings().limit_applications, seconds=60 * MINUTE)


class Counters:
    """This process's counter, and the one that all processes share where there is one."""

    def __init__(self, opened: Database) -> None:
        self.of = opened
        self.own: Counter = OwnCounter()
        self.shared: Counter = self.own if opened.in_place else SharedCounter(opened.counter)

    async def spend(self, who: str, policy: Policy, cost: int = 1) -> Standing:
        counter = self.shared if policy.shared else self.own
        work = partial(counter.count, f"{policy.name} {who}", policy.seconds, cost)
        counts_elsewhere = isinstance(counter, SharedCounter)
        return Standing(policy, await self.of.count(work) if counts_elsewhere else work())


@dataclass
class Meter:
    """Who asks, and what they have left; endpoints spend what costs more than a read."""

    counters: Counters
    keyed: Keyed | None
    address: str
    standing: Standing | None = None

    @cached_property
    def who(self) -> str:
        return self.keyed.client_no if self.keyed else secrets.pseudonym("address", self.address)

    async def spend(self, policy: Policy, cost: int = 1) -> Standing:
        self.standing = await self.counters.spend(self.who, policy, cost)
        return self.standing

    async def give_back(self) -> None:
        """What was known already, to us or to whoever asks whether it still holds, is free."""
        if self.standing is not None:
            await self.spend(self.standing.policy, -1)

    def admit(self) -> None:
        if self.standing is not None and self.standing.over:
            raise TooMany("limits.exceeded", self.standing.reset, limit=self.standing.policy.name)


def metered(request: Request) -> Meter:
    found: Meter = request.state.meter
    return found


MeterDep = Annotated[Meter, Depends(metered)]


async def admitted(meter: MeterDep) -> None:
    """Applications from one address; a stranger writes into the register here."""
    await meter.spend(applications())
    meter.admit()


Admitted = Annotated[None, Depends(admitted)]
