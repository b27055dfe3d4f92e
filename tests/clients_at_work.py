"""Third-party apps for the tests: applied for, let in by two offices, with their keys."""

from dataclasses import dataclass
from typing import Any, Final

from fastapi.testclient import TestClient

from tests.staff import bearer

API: Final = "/api/v1"
ALL: Final = ["credentials:sync", "credentials:verify", "webhooks:manage", "permits:read"]
CONTACT: Final = {"name": "王小明", "email": "wang@app.example", "phone": "0199-660-0000"}
APPLICATION: Final[dict[str, Any]] = {
    "organisation": "澜川市执法助手科技有限公司",
    "purpose": "在执法记录仪上核验执法证，并随时更新暂停名单。",
    "scopes": ALL,
    "webhook_hosts": ["hooks.app.example"],
    "contact": CONTACT,
}


def auth(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@dataclass
class App:
    """`own` opens its page, `key` the register."""

    visitor: TestClient
    client_no: str
    own: str
    key: str = ""

    def make_key(self, **more: Any) -> Any:
        facts = {"label": "prod", "scopes": ALL, **more}
        return self.visitor.post(f"{API}/api-keys", json=facts, headers=auth(self.own))

    def get(self, path: str, **query: Any) -> Any:
        return self.visitor.get(API + path, params=query, headers=auth(self.key))

    def post(self, path: str, **body: Any) -> Any:
        return self.visitor.post(API + path, json=body, headers=auth(self.key))


def apply(visitor: TestClient, **more: Any) -> App:
    made = visitor.post(f"{API}/api-clients", json={**APPLICATION, **more})
    assert made.status_code == 201, made.text
    return App(visitor, made.json()["client"]["client_no"], made.json()["key"])


def act(visitor: TestClient, client_no: str, step: str, who: str, **body: Any) -> Any:
    path = f"{API}/api-clients/{client_no}/{step}"
    return visitor.post(path, json=body or None, headers=signed_in(visitor, who))


def signed_in(visitor: TestClient, who: str) -> dict[str, str]:
    """One session each: a code counts once for an instant."""
    held: dict[str, dict[str, str]] = visitor.__dict__.setdefault("held", {})
    if who not in held:
        held[who] = bearer(visitor, who)
    return held[who]


def let_in(visitor: TestClient, **more: Any) -> App:
    """Approved by the administrator, confirmed where it must be, with a live key."""
    app = apply(visitor, **more)
    reply = act(visitor, app.client_no, "approvals", "system")
    if reply.json()["state"] == "endorsed":
        reply = act(visitor, app.client_no, "confirmations", "justice")
    assert reply.json()["state"] == "active", reply.text
    made = app.make_key(scopes=more.get("scopes", ALL))
    assert made.status_code == 201, made.text
    app.key = made.json()["key"]
    return app
