"""A writer in a process of its own, which may be killed at any instant."""

from multiprocessing.connection import Connection

from sqlmodel import Session

from app.db import Database
from tests.factories import a_division


def write_on(url: str, name: str, count: int, acknowledged: Connection) -> None:
    """Change the register `count` times; say which changes were committed."""
    database = Database(url)
    for n in range(count):
        code = f"{name}{n}"
        with Session(database.writer) as session, session.begin():
            a_division(session, code)
        acknowledged.send(code)
    database.close()
    acknowledged.close()
