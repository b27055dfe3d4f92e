"""A certified OpenID provider (npm's oidc-provider) on loopback, and a browser without a screen."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from json import dumps
from pathlib import Path

import httpx2

from tests.servers import free_port

HERE = Path(__file__).parent
NODE = Path(sys.executable).with_name("node")
CALLBACK = "http://testserver/sign-in/callback"


@contextmanager
def provider(factors: Sequence[str] = ()) -> Iterator[str]:
    """The provider's name for itself, while it runs; it vouches for these factors."""
    port = free_port()
    command = [str(NODE), "provider.js", str(port), CALLBACK, dumps(list(factors))]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, cwd=HERE, stdout=quiet, stderr=quiet)
    try:
        wait_for(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def wait_for(address: str) -> None:
    patience = time.monotonic() + 60
    while time.monotonic() < patience:
        try:
            httpx2.get(f"{address}/.well-known/openid-configuration", trust_env=False)
        except httpx2.TransportError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the identity provider did not start")


def signed_on(address: str, person: str) -> httpx2.URL:
    """Where the provider sends the browser of somebody who gave it a name."""
    with httpx2.Client(trust_env=False) as browser:
        reply = browser.get(address)
        while not str(reply.url.join(reply.headers.get("location", ""))).startswith(CALLBACK):
            if reply.has_redirect_location:
                reply = browser.get(reply.url.join(reply.headers["location"]))
            else:
                assert reply.status_code == 200, reply.text
                reply = browser.post(reply.url, data={"name": person})
        return reply.url.join(reply.headers["location"])
