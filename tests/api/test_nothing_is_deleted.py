"""What had legal effect is ended, never deleted: there is no door for it."""

import re
from itertools import product

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


def test_nobody_deletes_or_overwrites_through_any_door(visitor: TestClient) -> None:
    people = [{}, *(bearer(visitor, name) for name in ("hr", "justice", "system"))]
    before, wrong = head(visitor), []
    for method, path, headers in product(("DELETE", "PUT", "PATCH"), addresses(), people):
        reply = visitor.request(method, path, headers=headers)
        if reply.status_code not in (403, 404, 405):
            wrong.append((method, path, reply.status_code))
    assert wrong == []
    assert head(visitor) == before


def test_no_operation_is_a_deletion() -> None:
    methods = {m for operations in api.openapi()["paths"].values() for m in operations}
    assert methods == {"get", "post"}
    assert len(EVERYBODY) == len(set(EVERYBODY))


def test_no_row_goes_without_an_entry(opened: Database) -> None:
    """Not even by the code of the register: each transaction is refused before it commits."""
    for table in PUBLIC:
        with Session(opened.writer) as session:
            session.execute(delete(TABLES[table]).where(text("1 = 0")))
            with pytest.raises(UnrecordedChange):
                session.commit()
