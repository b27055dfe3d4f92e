"""Whether this installation may be relied on: the promises a register cannot keep without."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from app import metrics, secrets, sqlite
from app.config import DEMO_ACCOUNTS, DEMO_PASSWORD, legal_day, settings
from app.db import Database
from app.models.accounts import Account
from app.rules.accounts import State

ALEMBIC: Final = Path(__file__).parents[1] / "alembic.ini"
SHORT_KEY: Final = 32  # characters; NIST SP 800-107 wants a key as long as the digest
FULL: Final = 2
OFFICIAL: Final = text("select count(*) from calendar_year where year = :y and status = 'official'")
RIGHTS: Final = text(
    "select rolsuper or rolbypassrls from pg_catalog.pg_roles where rolname = current_user"
)
CALENDAR: Final = "this year's working days are official"
WARNINGS: Final = {CALENDAR}  # may not hold yet: due dates then say that they are provisional
Finding = tuple[str, bool]


@cache
def newest_schema() -> str:
    """The migration at the head of those shipped with this code."""
    return str(ScriptDirectory.from_config(Config(ALEMBIC)).get_current_head())


def examine(database: Database) -> Iterator[Finding]:
    """Every promise with whether it holds; what cannot be asked does not hold."""
    yield from examine_settings()
    yield from examine_sandbox()
    try:
        with database.reader.connect() as connection:
            yield "the database answers", True
            yield from examine_database(connection)
        with database.writer.connect() as connection:
            yield from examine_writer(connection)
    except DBAPIError:
        yield "the database answers", False


def examine_sandbox() -> Iterator[Finding]:
    """The demo city that test keys read."""
    if not (url := settings().sandbox_database_url):
        return
    told = "the city of the test keys answers at this schema"
    beside = Database(url)
    try:
        with beside.reader.connect() as connection:
            schema = connection.exec_driver_sql("select version_num from alembic_version").scalar()
            yield told, schema == newest_schema()
    except DBAPIError:
        yield told, False
    finally:
        beside.close()


def examine_settings() -> Iterator[Finding]:
    found = settings()
    yield "the secret key is set and 32 characters or longer", len(found.secret_key) >= SHORT_KEY
    yield "the clock is the machine's own", not found.now or found.demo
    yield "people reach us over https, or from this machine only", reached_safely(found.public_url)
    asked = not found.oidc_issuer or reached_safely(found.oidc_issuer)
    yield "the identity provider is asked over https", asked
    yield "what metrics need is installed", not found.metrics or metrics.installed()
    yield "the anchors can be written", writable(found.anchor_file.parent)


def writable(folder: Path) -> bool:
    """Now, or once it is made."""
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    return nearest.is_dir() and os.access(nearest, os.W_OK)


def reached_safely(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or parts.hostname in ("127.0.0.1", "::1", "localhost")


def examine_database(connection: Connection) -> Iterator[Finding]:
    schema = connection.exec_driver_sql("select version_num from alembic_version").scalar()
    yield "the schema is the one this code was written for", schema == newest_schema()
    year = connection.execute(OFFICIAL, {"y": legal_day().year}).scalar_one()
    yield CALENDAR, bool(year)
    yield (
        "no account opens with the demonstration's password",
        settings().demo or sealed(connection),
    )


def sealed(connection: Connection) -> bool:
    """Whether nobody can sign in with what the demonstration shows to everybody."""
    usernames = [name for name, _ in DEMO_ACCOUNTS]
    kept = select(col(Account.password_hash)).where(
        col(Account.username).in_(usernames), col(Account.state) == State.ACTIVE
    )
    return not any(
        secrets.password_matches(DEMO_PASSWORD, each) for each in connection.execute(kept).scalars()
    )


def examine_writer(connection: Connection) -> Iterator[Finding]:
    if connection.dialect.name == "postgresql":
        barred = not connection.execute(RIGHTS).scalar_one()
        yield "the role is no superuser and obeys row security", barred
        yield "PostgreSQL confirms a commit when it is on disk", safe_commits(connection)
        return
    found = {
        name: connection.exec_driver_sql(f"pragma {name}").scalar()
        for name in ("journal_mode", "synchronous", "foreign_keys")
    }
    yield "SQLite has no WAL-reset bug", not sqlite.has_wal_reset_bug(sqlite.version())
    yield "SQLite keeps a write-ahead log", found["journal_mode"] == "wal"
    yield "SQLite syncs every commit", found["synchronous"] == FULL
    yield "SQLite checks foreign keys", found["foreign_keys"] == 1


def safe_commits(connection: Connection) -> bool:
    names = ("fsync", "full_page_writes", "synchronous_commit")
    return all(connection.exec_driver_sql(f"show {each}").scalar() != "off" for each in names)
