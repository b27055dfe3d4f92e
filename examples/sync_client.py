"""Keep a mirror of all credentials, whatever happens on the way.

    python sync_client.py --register https://register.example --mirror mirror.db

The key (scope `credentials:sync`) comes from the environment: MINGBAI_KEY. It begins with the whole
export, follows the change feed from the revision that the export names, and asks again for whatever
the feed says has changed. With --listen it is also woken by webhooks (their secret in
MINGBAI_WEBHOOK_SECRET); they only make it quicker, for the feed alone misses nothing.

Rows are kept as they are answered, and the position in the same transaction, so that a kill at any
moment costs nothing but time. A status that you do not know means: not valid.
"""

import argparse
import base64
import hashlib
import hmac
import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import httpx2

Row = dict[str, Any]
MANY = 20  # numbers that one question may name
POLL = 900  # seconds at most between two looks, webhooks or not
TABLES = """
create table if not exists credential (
    certificate_no text, scheme text, row text not null, primary key (certificate_no, scheme));
create table if not exists position (seq integer not null);
"""


class Broken(Exception):
    """An export that was cut short or altered; it is asked for again."""


class Rewound(Exception):
    """The register is behind us: begin anew."""


def written(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


class Mirror:
    def __init__(self, path: str) -> None:
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.executescript(TABLES)

    @property
    def position(self) -> int | None:
        found = self.db.execute("select seq from position").fetchone()
        return found[0] if found else None

    def keep(self, rows: Iterable[Row], seq: int, whole: bool = False) -> None:
        """All of them and the position they bring us to, or nothing."""
        self.db.execute("begin immediate")
        try:
            if whole:
                self.db.execute("delete from credential")
            for row in rows:
                key = (row["certificate_no"], row["scheme"], written(row))
                self.db.execute("insert or replace into credential values (?, ?, ?)", key)
            self.db.execute("delete from position")
            self.db.execute("insert into position values (?)", (seq,))
            self.db.execute("commit")
        except BaseException:
            self.db.execute("rollback")
            raise

    def forget_position(self) -> None:
        self.db.execute("delete from position")

    def digest(self) -> tuple[int, str]:
        """How many, and the SHA-256 of the rows in the order of their text."""
        rows = sorted(text for (text,) in self.db.execute("select row from credential"))
        return len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()


class Register:
    def __init__(self, http: httpx2.Client) -> None:
        self.http = http

    def get(self, path: str, **query: Any) -> Any:
        reply = self.http.get(path, params=query)
        reply.raise_for_status()
        return reply.json()

    @contextmanager
    def export(self) -> Iterator[tuple[Iterator[Row], int]]:
        """Every row, one at a time, and where the feed goes on."""
        with self.http.stream("GET", "/exports/credentials.ndjson") as reply:
            if reply.is_error:
                reply.read()
            reply.raise_for_status()
            yield whole(reply.iter_lines()), int(reply.headers["x-revision"])

    def changed(self, after: int, wait: int) -> tuple[set[str], int]:
        """The numbers of what changed since, and where to go on."""
        page = self.get("/changes", after=after, limit=200, wait=wait, subject_kind="credential")
        if page["revision"] < after:  # it was restored from before what we know
            raise Rewound
        return {each["subject_key"] for each in page["items"]}, page["next_after"]

    def rows(self, numbers: Iterable[str]) -> Iterator[Row]:
        listed = sorted(numbers)
        for start in range(0, len(listed), MANY):
            some = ",".join(listed[start : start + MANY])
            yield from self.get("/credentials", certificate_no=some, limit=200)["items"]


def whole(lines: Iterator[str]) -> Iterator[Row]:
    """The rows of an export; refused at the end unless its last line fits them."""
    digest, count, last = hashlib.sha256(), 0, None
    for line in lines:
        if last is not None:
            digest.update(last.encode() + b"\n")
            count += 1
            yield json.loads(last)
        last = line
    told = json.loads(last or "{}")
    if (told.get("rows"), told.get("sha256")) != (count, digest.hexdigest()):
        raise Broken


def follow(register: Register, mirror: Mirror, wait: int) -> None:
    """One step: the whole export the first time, then what changed since."""
    if mirror.position is None:
        with register.export() as (rows, seq):
            mirror.keep(rows, seq, whole=True)
        return
    try:
        numbers, seq = register.changed(mirror.position, wait)
    except Rewound:
        mirror.forget_position()
        return
    if seq != mirror.position:
        mirror.keep(list(register.rows(numbers)), seq)


def genuine(secret: str, headers: Any, body: bytes) -> bool:
    """Standard Webhooks: signed by one of our secrets, and not long ago."""
    try:
        named, at = headers["webhook-id"], int(headers["webhook-timestamp"])
        key = base64.b64decode(secret.removeprefix("whsec_"))
    except (KeyError, TypeError, ValueError):
        return False
    text = f"{named}.{at}.".encode() + body
    right = b"v1," + base64.b64encode(hmac.new(key, text, "sha256").digest())
    given = str(headers["webhook-signature"]).encode().split()
    fresh = abs(time.time() - at) < 300
    return fresh and any(hmac.compare_digest(right, each) for each in given)


def listen(port: int, secret: str, woken: Event) -> None:
    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            known = genuine(secret, self.headers, body)
            self.send_response(204 if known else 401)
            self.end_headers()
            if known:
                woken.set()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("", port), Hook)
    Thread(target=server.serve_forever, daemon=True).start()


def patience(error: Exception, tries: int) -> float:
    """Seconds to the next try; what will not mend by itself ends the program."""
    reply = getattr(error, "response", None)
    if reply is None:
        return float(min(60, 0.2 * 2 ** min(tries, 9)))
    if reply.status_code in (400, 401, 403, 404, 422):
        sys.exit(f"the register refused: {reply.status_code} {reply.text}")
    return float(reply.headers.get("retry-after", min(60, 2**tries)))


def run(register: Register, mirror: Mirror, wait: int, woken: Event | None, once: bool) -> None:
    tries = 0
    while True:
        before = mirror.position
        try:
            follow(register, mirror, wait)
        except (httpx2.HTTPError, Broken, ValueError) as error:
            tries += 1
            time.sleep(patience(error, tries))
            continue
        tries = 0
        if mirror.position != before:
            print(mirror.position, *mirror.digest(), flush=True)  # noqa: T201  its one output
        elif once:
            return
        elif woken is not None:
            woken.wait(POLL)
            woken.clear()


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--register", required=True)
    ask.add_argument("--mirror", default="mirror.db")
    ask.add_argument("--listen", type=int, metavar="PORT")
    ask.add_argument("--once", action="store_true", help="catch up and leave")
    asked = ask.parse_args()
    headers = {"Authorization": f"Bearer {os.environ['MINGBAI_KEY']}"}
    woken = None
    if asked.listen:
        woken = Event()
        listen(asked.listen, os.environ["MINGBAI_WEBHOOK_SECRET"], woken)
    wait = 0 if asked.once or woken else 20
    base = asked.register.rstrip("/") + "/api/v1"
    with httpx2.Client(base_url=base, headers=headers, timeout=60) as http:
        run(Register(http), Mirror(asked.mirror), wait, woken, asked.once)


if __name__ == "__main__":
    main()
