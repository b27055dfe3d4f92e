"""Deliveries go to approved hosts on public addresses: checked when saved and when connecting."""

import socket
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app import sending
from app.config import settings
from app.rules.webhook_addresses import reachable
from tests.clients_at_work import App, act, let_in
from tests.receiver import receiving

CLOSED = [
    *("127.0.0.1", "127.1.2.3", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255"),
    *("100.64.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("192.0.0.8", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"),
    *("224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254"),
    *("64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1"),
    *("2002:7f00:1::", "2002:a00:1::", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0"),
    *("fec0::1", "ff02::1", "::127.0.0.1", "5f00::1", "3fff::1"),
]
OPEN = ["1.1.1.1", "93.184.216.34", "172.32.0.1", "2606:4700::1111", "64:ff9b::101:101"]
# Other ways to write an address, which the system's resolver understands.
WRITTEN = ["127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost", "0", "127.0.0.1"]
ODD = [
    "http://hooks.app.example/", "ftp://hooks.app.example/", "https://hooks.app.example@127.0.0.1/",
    "https://u:p@hooks.app.example/", "https://hooks.app.example:22/", "https://hooks.app.example#x",
    "https://other.example/", "https://hooks.app.example.evil.example/", "//hooks.app.example/",
    "https:///x", "https://hooks.app.example\\@127.0.0.1/", "https://hooks.app.example:99999/",
    "https://ｈooks.app.example/", "https://[::1]/", "javascript:alert(1)",
    "https://hooks.app.example /",
    "https://hooks.app.example\n/", "file:///etc/passwd", "gopher://hooks.app.example/",
]  # fmt: skip


@pytest.mark.parametrize("address", CLOSED)
def test_an_address_inside_is_closed(address: str) -> None:
    assert not reachable(address, [])


@pytest.mark.parametrize("address", OPEN)
def test_an_address_of_the_public_internet_is_open(address: str) -> None:
    assert reachable(address, [])


def test_an_operator_opens_a_range_and_nothing_beside_it() -> None:
    ranges = ["10.1.0.0/16"]
    assert reachable("10.1.2.3", ranges)
    assert reachable("::ffff:10.1.2.3", ranges)
    assert not reachable("10.2.0.1", ranges)
    assert not reachable("127.0.0.1", ranges)


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Names of the tests' own; every other one is asked of the system."""
    names: dict[str, list[str]] = {"hooks.app.example": ["93.184.216.34"]}
    real = socket.getaddrinfo

    def answer(host: str, port: Any, *args: Any, **more: Any) -> Any:
        if host not in names:
            return real(host, port, *args, **more)
        return [(2, 1, 6, "", (each, port)) for each in names[host]]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return names


@pytest.fixture
def app(visitor: TestClient, named: dict[str, list[str]]) -> App:
    return let_in(visitor, webhook_hosts=["hooks.app.example", "x.example"])


INSIDE = (409, "webhook.address_not_allowed")


def saved(app: App, url: str) -> tuple[int, str]:
    reply = app.post("/webhooks", url=url, events=["*"])
    return reply.status_code, reply.json().get("code", "")


def test_a_name_that_leads_inside_is_refused_when_saved(
    app: App, named: dict[str, list[str]]
) -> None:
    for address in CLOSED:
        named["hooks.app.example"] = ["93.184.216.34", address]
        assert saved(app, "https://hooks.app.example/") == INSIDE, address


def test_an_address_written_oddly_is_still_that_address(
    app: App, named: dict[str, list[str]]
) -> None:
    for at in range(0, len(WRITTEN), 5):  # as many hosts as an application may name
        few = WRITTEN[at : at + 5]
        act(app.visitor, app.client_no, "webhook-hosts", "system", webhook_hosts=few)
        for written in few:
            assert saved(app, f"https://{written}/") == INSIDE, written


def test_an_address_that_two_could_read_differently_is_refused(app: App) -> None:
    for url in ODD:
        status, code = saved(app, url)
        assert status in (409, 422), url
        assert code, url


def test_a_plain_address_of_the_client_is_taken(app: App) -> None:
    for url in ("https://hooks.app.example/x?y=1", "https://HOOKS.app.example:8443/"):
        assert app.post("/webhooks", url=url, events=["*"]).status_code == 201, url


@pytest.mark.parametrize("address", CLOSED)
def test_a_name_that_leads_inside_later_is_refused_when_connecting(
    named: dict[str, list[str]], address: str
) -> None:
    named["hooks.app.example"] = [address]
    answer = sending.send("https://hooks.app.example/", {}, b"{}")
    assert (answer.status, answer.error) == (None, "delivery.address_not_allowed")


def test_plain_http_goes_to_listed_ranges_only(
    named: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGBAI_WEBHOOK_PRIVATE_RANGES", '["127.0.0.0/8"]')
    settings.cache_clear()
    with receiving() as receiver:
        assert sending.send(receiver.url, {"content-length": "2"}, b"{}").status == 204
        named["hooks.app.example"] = ["93.184.216.34"]
        answer = sending.send("http://hooks.app.example/", {}, b"{}")
    assert answer.error == "delivery.address_not_allowed"
    settings.cache_clear()


def test_whoever_drips_is_hung_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGBAI_WEBHOOK_PRIVATE_RANGES", '["127.0.0.0/8"]')
    monkeypatch.setenv("MINGBAI_WEBHOOK_TIMEOUT", "0.5")
    settings.cache_clear()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        answer = sending.send(f"http://127.0.0.1:{port}/", {"content-length": "2"}, b"{}")
    assert (answer.status, answer.error) == (None, "delivery.timeout")
    settings.cache_clear()
