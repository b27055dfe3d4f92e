"""Running the acts that make the demo city, day by day, on a clock of its own."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine
from sqlmodel import Session

from app.acts.desk import Desk
from app.models.departments import Department
from app.models.enterprises import Enterprise
from app.models.leaders import Leader

FILES: Final = Path(__file__).parent / "lanchuan"
CHINA: Final = timezone(timedelta(hours=8))
DIVISION: Final = "990181"
Progress = Callable[[], None]
DayOfActs = tuple[date, Callable[[], None]]


def read(name: str) -> Any:
    return json.loads((FILES / name).read_text(encoding="utf-8"))


class City:
    """The data, a desk for each day, and what has been made so far."""

    def __init__(self, engine: Engine, progress: Progress, scale: int = 0) -> None:
        self.engine = engine
        self.progress = progress
        self.scale = scale
        self.minute = 0
        self.salts = 0
        self.units: dict[str, Department] = {}
        self.leaders: dict[int, Leader] = {}
        self.firms: dict[int, Enterprise] = {}

    @cached_property
    def data(self) -> Any:
        return read("city.json")

    @cached_property
    def more(self) -> Any:
        """Names, addresses and duties of units, leaders, townships and firms."""
        return read("units.json")

    @cached_property
    def power_items(self) -> Any:
        return read("power_items.json")

    @cached_property
    def permits(self) -> dict[str, Any]:
        """What each permit takes, by its code."""
        found: dict[str, Any] = {}
        for path in sorted((FILES / "permits").glob("*.json")):
            found |= read(f"permits/{path.name}")
        return found

    @cached_property
    def revisions(self) -> Any:
        """How permits got better: the day, its public note, and what was so before."""
        return read("revisions.json")

    @contextmanager
    def day(self, on: date, actor: str, opens: int = 9) -> Iterator[Desk]:
        """One transaction of one official; its instants are settled, so loads can be compared."""
        with Session(self.engine) as session, session.begin():
            session.expire_on_commit = False  # what a day made is used on later days
            session.info["clock"] = lambda: self.at(on, opens)
            session.info["salt"] = self.salt
            yield Desk(session, actor, on)

    def at(self, on: date, hour: int) -> datetime:
        """The office opens at nine and enters one act a minute; the clock works at midnight."""
        opens = datetime(on.year, on.month, on.day, hour, tzinfo=CHINA)
        self.minute = (self.minute + 1) % 400 if hour else 0
        return opens + timedelta(minutes=self.minute)

    def salt(self, _: int) -> str:
        self.salts += 1
        return f"{self.salts:032x}"
