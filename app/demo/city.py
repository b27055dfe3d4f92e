"""Running the acts that make the demo city, day by day, on a clock of its own."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine
from sqlmodel import Session

from app.acts.desk import Desk

DATA: Final = Path(__file__).with_name("lanchuan.json")
CHINA: Final = timezone(timedelta(hours=8))
DIVISION: Final = "990181"
Progress = Callable[[str], None]


class City:
    """The data, and a desk for each day."""

    def __init__(self, engine: Engine, progress: Progress) -> None:
        self.engine = engine
        self.progress = progress
        self.minute = 0
        self.salts = 0

    @cached_property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
        return found

    @contextmanager
    def day(self, on: date, actor: str) -> Iterator[Desk]:
        """One transaction of one official; its instants are settled, so loads can be compared."""
        with Session(self.engine) as session, session.begin():
            session.info["clock"] = lambda: self.at(on)
            session.info["salt"] = self.salt
            yield Desk(session, actor, on)

    def at(self, on: date) -> datetime:
        opens = datetime(on.year, on.month, on.day, 9, tzinfo=CHINA)
        self.minute = (self.minute + 1) % 400
        return opens + timedelta(minutes=self.minute)

    def salt(self, _: int) -> str:
        self.salts += 1
        return f"{self.salts:032x}"


__all__ = ["UTC", "City"]
