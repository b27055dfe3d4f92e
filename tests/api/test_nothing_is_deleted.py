"""What had legal effect is ended, never deleted: there is no door for it."""

import re

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from sqlalchemy import delete, text
from sqlmodel import Session, SQLModel

from app.db import Database
from app.errors import UnrecordedChange
from app.main import api
from app.routers.pages import ROOMS
from tests.staff import EVERYBODY, bearer

THERE = {"{order_no}": "澜执资停〔2025〕1号", "{number}": "EX2025-00226", "{code}": "12"}
TABLES = SQLModel.metadata.tables
PUBLIC = sorted(name for name, table in TABLES.items() if table.info.get("public"))


def addresses() -> list[str]:
    pages = [r.path for room in ROOMS for r in room.router.routes if isinstance(r, APIRoute)]
    found = sorted({*(f"/api/v1{path}" for path in api.openapi()["paths"]), *pages})
    for name, there in THERE.items():
        found = [path.replace(name, there) for path in found]
    return [re.sub(r"\{[a-z_]+\}", "1", path) for path in found]


def head(visitor: TestClient) -> int:
    return int(visitor.get("/api/v1/changes?sort=-seq&limit=1").json()["revision"])


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH"])
def test_nobody_deletes_or_overwrites_through_any_door(visitor: TestClient, method: str) -> None:
    people = [{}, *(bearer(visitor, name) for name in ("hr", "justice", "system"))]
    before, wrong = head(visitor), []
    for path in addresses():
        for headers in people:
            reply = visitor.request(method, path, headers=headers)
            if reply.status_code not in (403, 404, 405):
                wrong.append((path, reply.status_code))
    assert wrong == []
    assert head(visitor) == before


def test_no_operation_is_a_deletion() -> None:
    methods = {m for operations in api.openapi()["paths"].values() for m in operations}
    assert methods == {"get", "post"}
    assert len(EVERYBODY) == len(set(EVERYBODY))


@pytest.mark.parametrize("table", PUBLIC)
def test_a_row_does_not_go_without_an_entry(opened: Database, table: str) -> None:
    """Not even by the code of the register: the transaction is refused, and the rows stay."""
    made = TABLES[table]
    counted = text(f"select count(*) from {table}")  # noqa: S608  a name of ours
    with Session(opened.reader) as session:
        before = session.execute(counted).scalar_one()
    session = Session(opened.writer)
    if session.connection().dialect.name == "sqlite":
        session.connection().exec_driver_sql("pragma defer_foreign_keys = on")
    session.execute(delete(made).where(text("1 = 0")))
    with pytest.raises(UnrecordedChange):
        session.commit()
    session.close()
    with Session(opened.reader) as again:
        assert again.execute(counted).scalar_one() == before
