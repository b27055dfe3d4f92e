"""Who outside may ask for more than the public may, and who lets them (model B1)."""

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from app.errors import Refusal


class Scope(StrEnum):
    DEPARTMENTS_READ = "departments:read"
    PERMITS_READ = "permits:read"
    LIAISON_READ = "liaison:read"
    CREDENTIALS_VERIFY = "credentials:verify"
    CREDENTIALS_SYNC = "credentials:sync"
    WEBHOOKS_MANAGE = "webhooks:manage"
    REQUESTS_WRITE = "requests:write"


class State(StrEnum):
    APPLIED = "applied"
    ENDORSED = "endorsed"
    ACTIVE = "active"
    REFUSED = "refused"
    SUSPENDED = "suspended"
    ENDED = "ended"


class Act(StrEnum):
    APPROVE = "approve"
    CONFIRM = "confirm"
    REFUSE = "refuse"
    SUSPEND = "suspend"
    RESUME = "resume"
    END = "end"


# What these open concerns persons: one office endorses, another confirms.
PERSONAL: Final = frozenset(
    {Scope.CREDENTIALS_VERIFY, Scope.CREDENTIALS_SYNC, Scope.REQUESTS_WRITE}
)
S = State
OUTCOMES: Final = {
    (S.APPLIED, Act.APPROVE): S.ACTIVE,
    (S.ENDORSED, Act.CONFIRM): S.ACTIVE,
    (S.APPLIED, Act.REFUSE): S.REFUSED,
    (S.ENDORSED, Act.REFUSE): S.REFUSED,
    (S.ACTIVE, Act.SUSPEND): S.SUSPENDED,
    (S.SUSPENDED, Act.RESUME): S.ACTIVE,
    (S.ACTIVE, Act.END): S.ENDED,
    (S.SUSPENDED, Act.END): S.ENDED,
}
PAST: Final = {
    Act.APPROVE: "approved",
    Act.CONFIRM: "confirmed",
    Act.REFUSE: "refused",
    Act.SUSPEND: "suspended",
    Act.RESUME: "resumed",
    Act.END: "ended",
}
# Which part of the public register a scope raises the limit of; other addresses need none.
COVERS: Final = {
    "departments": Scope.DEPARTMENTS_READ,
    "permits": Scope.PERMITS_READ,
    "power-items": Scope.PERMITS_READ,
    "leaders": Scope.LIAISON_READ,
    "enterprises": Scope.LIAISON_READ,
    "liaison-pairs": Scope.LIAISON_READ,
}


def personal(scopes: Collection[Scope]) -> bool:
    return bool(PERSONAL.intersection(scopes))


def after(act: Act, state: State, scopes: Collection[Scope]) -> State:
    """The state that an act leads to; with a personal scope the approval waits for a second one."""
    if (outcome := OUTCOMES.get((state, act))) is None:
        raise Refusal("api_client.act_not_allowed", act=act, state=state)
    return S.ENDORSED if act is Act.APPROVE and personal(scopes) else outcome


def may_use_keys(state: State) -> None:
    """Keys are made and work while the client is active."""
    if state is not State.ACTIVE:
        raise Refusal("api_client.not_active", state=state)


def granted(wanted: Collection[Scope], approved: Collection[Scope]) -> None:
    """A key opens no more than its client was given."""
    if more := set(wanted) - set(approved):
        raise Refusal("api_key.scope_not_granted", scopes=",".join(sorted(more)))
