"""Who may ask for what: every role is asked at every door, as authorisation.csv says.

`public` needs no session, `staff` any; a role with `:own` only for what is its own. Whatever is
not listed for a role is refused to it. `act` is the last part of a form's address, where one
route serves several.
"""

import csv
import re
from pathlib import Path
from typing import Any, Final

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from app import secrets
from app.acts import accounts, role_grants
from app.acts.desk import Desk
from app.acts.sessions import TOTP
from app.config import DEMO_PASSWORD, DEMO_TOTP, legal_day
from app.db import transaction
from app.main import api
from app.models.accounts import Account
from app.models.role_grants import RoleGrant
from app.routers.pages import ROOMS
from app.rules.accounts import Role
from app.rules.role_grants import OF_A_UNIT, Act
from tests.conftest import NewDatabase
from tests.staff import code, ours, sign_in

Row = dict[str, str]
TABLE: Final[list[Row]] = list(
    csv.DictReader((Path(__file__).parents[1] / "authorisation.csv").read_text().splitlines())
)
OWN, FOREIGN = "12", "20"
THERE: Final = {"{order_no}": "澜执资停〔2025〕1号", "{seq}": "1"}
BODIES: Final[dict[str, dict[str, Any]]] = {
    "/accounts/{username}/passwords": {"old": "wrong", "new": "wrong"},
    "/accounts/{username}/second-factors/confirmations": {"code": "000000"},
    "/exam-campaigns/{code}/roster-signatures": {"department": OWN, "signed_by": "x"},
}


def operations() -> set[tuple[str, str, str]]:
    found = {
        ("api", method.upper(), path)
        for path, methods in api.openapi()["paths"].items()
        for method in methods
    }
    routes = [each for room in ROOMS for each in room.router.routes]
    assert all(isinstance(each, APIRoute) for each in routes)
    return found | {
        ("page", m, r.path) for r in routes if isinstance(r, APIRoute) for m in r.methods or ()
    }


def test_every_operation_has_its_row_and_every_row_its_operation() -> None:
    listed = [(row["door"], row["method"], row["path"], row["act"]) for row in TABLE]
    assert len(listed) == len(set(listed))
    assert {each[:3] for each in listed} ^ operations() == set()


def allowed(row: Row, role: Role | None, mine: bool) -> bool:
    who = set(row["who"].split())
    if role is None:
        return "public" in who
    if who & {"public", "staff", role}:
        return True
    return mine and bool(who & {"staff:own", f"{role}:own"})


def username(role: Role) -> str:
    return f"role.{role}"


@pytest.fixture
def new_database(new_sqlite: NewDatabase) -> NewDatabase:
    """One database: who may is decided before any is asked for more than the session."""
    return new_sqlite


@pytest.fixture
def staff(visitor: TestClient) -> TestClient:
    """An account for every role that there is, a demo's or not."""
    with transaction() as session:
        maker, checker = (Desk(session, name, legal_day()) for name in ("system", "system2"))
        for role in Role:
            facts = {"username": username(role), "name": "x", "post": "x"}
            account = accounts.create(maker, {**facts, "password": DEMO_PASSWORD})
            grant = role_grants.propose(maker, account, role, OWN if role in OF_A_UNIT else None)
            role_grants.decide(checker, checker.one(RoleGrant, number=grant.number), Act.CONFIRM)
            enrol(account)
    return visitor


def enrol(account: Account) -> None:
    account.totp_secret = secrets.seal_text(TOTP, DEMO_TOTP)
    account.totp_since = legal_day()


def enter(visitor: TestClient, role: Role | None) -> None:
    """For the register the token, for the site the cookie: one session for both."""
    if role is None:
        return
    token = sign_in(visitor, username(role), code=code()).json()["token"]
    visitor.headers["Authorization"] = f"Bearer {token}"
    visitor.cookies.set("token", token)


def ask(visitor: TestClient, row: Row, role: Role | None, mine: bool) -> Any:
    itself = mine and role is not None and not row["path"].endswith("/endings")
    path = row["path"].replace("{username}", username(role) if itself and role else "hr")
    path = re.sub(r"\{(done|step|decision)\}", row["act"], path)
    for name, there in THERE.items():
        path = path.replace(name, there)
    path = re.sub(r"\{[a-z_]+\}", "x", path)
    if row["door"] == "page":
        form = ours(visitor) if role and row["method"] == "POST" else {}
        upload = (row["method"], path) == ("POST", "/imports")
        files = [("files", ("x.csv", b"x"))] if upload else None
        return visitor.request(row["method"], path, data=form or None, files=files)
    body = dict(BODIES.get(row["path"], {}))
    if "department" in body and not mine:
        body["department"] = FOREIGN
    return visitor.request(row["method"], f"/api/v1{path}", json=body or None)


def let_in(row: Row, reply: Any) -> bool:
    """Past the door; what is found behind it is another matter."""
    assert reply.status_code < 500, (row, reply.text)
    if row["door"] == "page":
        if row["path"].startswith("/sign-in"):
            return True  # the door itself: whoever shows nothing stays before it
        away = reply.headers.get("location", "").startswith("/sign-in")
        return reply.status_code not in (401, 403) and not away
    if reply.status_code not in (401, 403):
        return True
    told: str = reply.json()["code"]
    return told.startswith("sign_in.")


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role or "public")
def test_each_role_may_what_is_listed_and_nothing_else(
    staff: TestClient, role: Role | None
) -> None:
    enter(staff, role)
    wrong = []
    for row in sorted(TABLE, key=lambda row: row["path"] == "/sign-out"):  # that one ends it
        for mine in (True, False) if ":own" in row["who"] else (True,):
            reply = ask(staff, row, role, mine)
            if row["method"] == "POST" and row["door"] == "page" and reply.status_code == 404:
                continue  # a form about nothing: the register's own row above decides
            if let_in(row, reply) != allowed(row, role, mine):
                wrong.append((*row.values(), mine, reply.status_code, reply.text[:200]))
    assert not wrong, "\n".join(map(str, wrong))
