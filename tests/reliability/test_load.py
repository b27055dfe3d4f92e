"""Many at once, and a stop in the middle of it, on one worker."""

import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import httpx2
import pytest

from tests.servers import served

PAGES = ("/permits", "/departments", "/leaders", "/changes", "/enterprises", "/liaison?q=云杼")
GET = {"Accept-Language": "en", "Connection": "close"}


def address_of(client: httpx2.Client) -> str:
    return str(client.base_url).removesuffix("/api/v1/")


def test_sixty_pages_at_once_do_not_wait_for_each_other(configured: str) -> None:
    with served() as (client, _), ThreadPoolExecutor(60) as crowd:
        asked = [f"{address_of(client)}{path}" for path in PAGES] * 10
        began = time.monotonic()
        replies = [crowd.submit(httpx2.get, url, headers=GET, timeout=30) for url in asked]
        assert {each.result().status_code for each in replies} == {200}
        assert time.monotonic() - began < 20


class Visitors:
    """Ask one after another until told to go; note every answer that broke off."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.answered = 0
        self.cut: list[str] = []
        self.gone = threading.Event()

    def ask(self, number: int) -> None:
        for n in count():
            if self.gone.is_set():
                return
            url = f"{self.address}/permits?limit={number * 10 + n % 10 + 1}"
            try:
                self.answered += httpx2.get(url, headers=GET, timeout=30).status_code == 200
            except httpx2.ConnectError:
                return  # refused at the door: nothing was accepted
            except httpx2.TransportError as error:
                self.cut.append(repr(error))


def test_a_stop_cuts_nobody_off(configured: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGBAI_DEMO", "1")
    with served("serve", module="app.cli") as (client, process), ThreadPoolExecutor(4) as crowd:
        visitors = Visitors(address_of(client))
        for number in range(4):
            crowd.submit(visitors.ask, number)
        time.sleep(1)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(10)
        assert time.monotonic() - began <= 10
        visitors.gone.set()
    assert visitors.answered > 0
    assert visitors.cut == []
