"""What a key or an address has spent of a limit: in this process, or in PostgreSQL for several."""

import time
from collections.abc import Callable
from typing import Final, NamedTuple, Protocol

from sqlalchemy import Engine, case, delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from app.models.api_usage import RateCount

SWEEP: Final = 60.0  # seconds between two looks for windows that are over
R: Final = RateCount


class Spent(NamedTuple):
    """How much, refused attempts included, and when the window ends (seconds since 1970)."""

    amount: int
    ends_at: float


class Counter(Protocol):
    def count(self, key: str, seconds: int, cost: int) -> Spent: ...


class OwnCounter:
    """One process counts for itself."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.windows: dict[str, Spent] = {}
        self.swept = 0.0

    def count(self, key: str, seconds: int, cost: int) -> Spent:
        moment = self.clock()
        if moment - self.swept > SWEEP:
            self.windows = {k: each for k, each in self.windows.items() if each.ends_at > moment}
            self.swept = moment
        found = self.windows.get(key)
        if found is None or found.ends_at <= moment:
            found = Spent(0, moment + seconds)
        spent = self.windows[key] = Spent(found.amount + cost, found.ends_at)
        return spent


class SharedCounter:
    """One row a window; what several processes count, the database adds up."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        self.engine = engine
        self.clock = clock
        self.swept = 0.0

    def count(self, key: str, seconds: int, cost: int) -> Spent:
        moment = self.clock()
        over = col(R.ends_at) <= moment
        fresh = insert(R).values(key=key, spent=cost, ends_at=moment + seconds)
        counted = fresh.on_conflict_do_update(
            index_elements=[col(R.key)],
            set_={
                "spent": case((over, fresh.excluded.spent), else_=col(R.spent) + cost),
                "ends_at": case((over, fresh.excluded.ends_at), else_=col(R.ends_at)),
            },
        ).returning(col(R.spent), col(R.ends_at))
        with self.engine.connect() as connection:
            if moment - self.swept > SWEEP:
                connection.execute(delete(R).where(col(R.ends_at) < moment))
                self.swept = moment
            return Spent(*connection.execute(counted).one())
