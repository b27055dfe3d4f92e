"""From an application to a delivery, by the forms of the pages, without a script."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app import secrets
from app.acts.webhook_rounds import Rounds
from app.config import settings
from app.db import Database
from tests.clients_at_work import API, auth
from tests.pages.test_order_pages import Browser
from tests.receiver import Receiver, receiving

OWN = re.compile(r"mb_own_\w+")
FORM = {
    "organisation": "澜川市执法助手科技有限公司",
    "purpose": "在执法记录仪上核验执法证。",
    "scopes": ["credentials:sync", "webhooks:manage"],
    "webhook_hosts": "127.0.0.1",
    "name": "王小明",
    "email": "wang@app.example",
    "phone": "0199-660-0000",
}


@pytest.fixture
def receiver(configured: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv("MINGBAI_WEBHOOK_PRIVATE_RANGES", '["127.0.0.0/8"]')
    settings.cache_clear()
    with receiving() as found:
        yield found


def applied(visitor: TestClient) -> str:
    """The key of the own page, as the answer shows it."""
    page = visitor.post("/developers/application", data=FORM)
    assert page.status_code == 201, page.text
    assert page.headers["cache-control"] == "no-store"
    return str(OWN.findall(page.text)[0])


def let_in(visitor: TestClient) -> str:
    own = applied(visitor)
    number = visitor.get(f"{API}/api-keys", headers=auth(own)).json()["items"][0]["client_no"]
    page = Browser(visitor, "system").send(f"/api-clients/{number}/approvals")
    assert page.status_code == 303, page.text
    assert (
        Browser(visitor, "justice").send(f"/api-clients/{number}/confirmations").status_code == 303
    )
    visitor.cookies.clear()
    return own


class OwnPage:
    """The people of an app, with the key of their page in the browser."""

    def __init__(self, visitor: TestClient, own: str) -> None:
        self.visitor, self.token = visitor, secrets.form_token(own)
        entered = visitor.post("/sign-in/app", data={"key": own})
        assert entered.headers["location"] == "/developers/app"

    def send(self, path: str, **fields: object) -> str:
        form = {"form_token": self.token, **fields}
        reply = self.visitor.post(f"/developers/app/{path}", data=form)
        if reply.status_code == 303:
            return self.visitor.get(reply.headers["location"]).text
        return reply.text


def test_an_app_is_let_in_makes_keys_and_sees_its_use(visitor: TestClient) -> None:
    own = let_in(visitor)
    page = OwnPage(visitor, own)
    shown = page.send("keys", label="prod", scopes=["credentials:sync"], kind="live")
    key = re.findall(r"mb_live_\w+", shown)[0]
    assert visitor.get(f"{API}/credentials", headers=auth(key)).status_code == 200
    again = visitor.get("/developers/app").text
    assert key not in again
    assert key.split("_")[2] in again
    replaced = page.send(f"keys/{key.split('_')[2]}/rotations")
    assert re.findall(r"mb_live_\w+", replaced)[0] != key
    page.send(f"keys/{key.split('_')[2]}/revocations")
    assert visitor.get(f"{API}/credentials", headers=auth(key)).status_code == 401


def test_what_was_delivered_is_seen_and_sent_again(
    visitor: TestClient, opened: Database, receiver: Receiver
) -> None:
    page = OwnPage(visitor, let_in(visitor))
    shown = page.send("webhooks", url=receiver.url, events="credential.* permit.*")
    assert re.search(r"whsec_[\w+/=]+", shown)
    number = re.findall(r"/developers/app/webhooks/(W\w+)", shown)[0]
    receiver.answers, receiver.body = [500], b"<b>broken</b>"
    page.send(f"webhooks/{number}/pings")
    rounds = Rounds(opened)
    rounds.step()
    rounds.threads.shutdown()
    listed = visitor.get(f"/developers/app/webhooks/{number}").text
    message = re.findall(r"msg_\w+", listed)[0]
    detail = visitor.get(f"/developers/app/webhooks/{number}/{message}").text
    assert "&lt;b&gt;broken&lt;/b&gt;" in detail
    assert ">500<" in detail
    assert "<b>broken" not in detail
    ended = page.send(f"webhooks/{number}/endings")
    assert "Ended" in ended


def test_the_key_of_the_page_is_replaced_where_it_is_used(visitor: TestClient) -> None:
    own = applied(visitor)
    page = OwnPage(visitor, own)
    shown = page.send(f"keys/{own.split('_')[2]}/rotations")
    fresh = OWN.findall(shown)[0]
    assert fresh != own
    assert visitor.get("/developers/app").status_code == 200
    assert visitor.cookies["token"] == fresh


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(visitor: TestClient) -> None:
    page = visitor.post("/developers/application", data={**FORM, "email": "nobody"})
    assert page.status_code == 422
    assert "澜川市执法助手科技有限公司" in page.text
    assert 'value="credentials:sync" checked' in page.text
    assert visitor.post("/sign-in/app", data={"key": "mb_own_x"}).status_code == 401
    assert visitor.get("/developers/app").headers["location"] == "/sign-in/app"


def test_an_alarm_is_closed_on_the_page(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGBAI_HARVEST_ALARM", "2")
    settings.cache_clear()
    for _ in range(2):
        visitor.post("/verify", data={"certificate_no": "1", "name": "x"})
    staff = Browser(visitor, "system")
    page = visitor.get("/api-clients").text
    number = re.findall(r"A\d{8}-\d{4}", page)[0]
    assert "very many officers" in visitor.get("/work").text
    reply = staff.send(f"/api-clients/alarms/{number}", stop="no", reason="核验活动")
    assert reply.headers["location"] == "/api-clients#alarms"
    assert "Let be" in visitor.get("/api-clients").text
    settings.cache_clear()
