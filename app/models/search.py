"""Search keys: every suffix of every name, codes, pinyin and initials, found by a range scan.

Substring search for two Chinese characters is a prefix search on suffixes; trigram indexes find
nothing that short. Written in the same transaction as the noun it belongs to.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Annotated, Any, Final

from pydantic import Field as Limited
from pydantic import field_validator
from pydantic_core import PydanticCustomError
from pypinyin import Style, lazy_pinyin, pinyin
from sqlalchemy import bindparam, delete, insert, select
from sqlmodel import Field, Session, SQLModel, col

from app.listing import Counted
from app.models.columns import binary

LONGEST: Final = 64
LAST: Final = "\U0010ffff"


class SearchKey(SQLModel, table=True):
    __tablename__ = "search_key"

    kind: str = Field(primary_key=True, max_length=16)
    key: str = Field(primary_key=True, sa_type=binary(LONGEST))
    subject_id: int = Field(primary_key=True)


KEYS: Final[Any] = SearchKey.__table__  # type: ignore[attr-defined]


class Searched(Counted):
    """A list that can be searched by `q`."""

    q: Annotated[str | None, Limited(min_length=1, max_length=100)] = None

    @field_validator("q")
    @classmethod
    def not_blank(cls, typed: str | None) -> str | None:
        """Spaces alone would find everything."""
        if typed is not None and not folded(typed):
            raise PydanticCustomError("string_too_short", "nothing to look for")
        return typed

    def values(self) -> dict[str, Any]:
        found = super().values()
        if self.q is not None:
            found["q"] = folded(self.q)[:LONGEST]
            found["q_end"] = found["q"] + LAST
        return found


def folded(text: str) -> str:
    """Full width to half, capitals to small, no spaces, no middle dots."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in text if not c.isspace() and c not in "·•・‧")


@lru_cache(maxsize=4096)
def readings(character: str) -> tuple[str, ...]:
    found = pinyin(character, style=Style.NORMAL, heteronym=True)
    return tuple(found[0]) if found else ()


def keys_of(names: Iterable[str], codes: Iterable[str] = ()) -> set[str]:
    """Every key under which a subject is found."""
    found = {folded(code)[:LONGEST] for code in codes}
    for name in names:
        text = folded(name)
        sounds = lazy_pinyin(text, errors=lambda rest: list(rest))  # type: ignore[arg-type,return-value]
        for start in range(len(text)):
            found.add(text[start:][:LONGEST])
            for first in readings(text[start]):
                rest = sounds[start + 1 :]
                found.add("".join([first, *rest])[:LONGEST])
                found.add("".join([first[0], *(sound[0] for sound in rest)])[:LONGEST])
    return found - {""}


def index(
    session: Session, kind: str, subject_id: int, names: Iterable[str], codes: Iterable[str] = ()
) -> None:
    """Replace the keys of one subject, in the caller's transaction."""
    session.execute(delete(KEYS).where(KEYS.c.kind == kind, KEYS.c.subject_id == subject_id))
    index_new(session, kind, [(subject_id, names, codes)])


def index_new(
    session: Session, kind: str, subjects: Iterable[tuple[int, Iterable[str], Iterable[str]]]
) -> None:
    """Enter the keys of subjects that have none yet: id, names, codes."""
    rows = [
        {"kind": kind, "key": key, "subject_id": subject}
        for subject, names, codes in subjects
        for key in sorted(keys_of(names, codes))
    ]
    session.execute(insert(KEYS), rows)


def found_by(kind: str, subject_id: Any) -> Any:
    """The condition that `q` sets on a list of `kind`."""
    keys = select(col(SearchKey.subject_id)).where(
        col(SearchKey.kind) == kind,
        col(SearchKey.key) >= bindparam("q"),
        col(SearchKey.key) < bindparam("q_end"),
    )
    return subject_id.in_(keys)
