"""The signed list says of every credential what a verification says."""

import base64
import json
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicNumbers,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from fastapi.testclient import TestClient
from sqlmodel import col, select

from app.acts import officers
from app.config import settings
from app.db import Database
from app.models.credentials import Credential
from app.models.officers import Officer
from app.rules.credentials import Act
from tests.acts.campaign import Office
from tests.acts.rosters import TODAY

LIST = "/api/v1/status-list"
CODES = {"valid": 0, "suspended": 2}


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def number(text: str) -> int:
    return int.from_bytes(raw(text), "big")


def checked(visitor: TestClient, token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims, by the published key and no code of ours."""
    head, body, signature = token.split(".")
    header = json.loads(raw(head))
    keys = visitor.get("/.well-known/jwks.json").json()["keys"]
    key = next(each for each in keys if each["kid"] == header["kid"])
    public = EllipticCurvePublicNumbers(number(key["x"]), number(key["y"]), SECP256R1())
    both = raw(signature)
    der = encode_dss_signature(int.from_bytes(both[:32], "big"), int.from_bytes(both[32:], "big"))
    public.public_key().verify(der, f"{head}.{body}".encode(), ECDSA(SHA256()))
    return header, json.loads(raw(body))


def states(visitor: TestClient) -> bytes:
    claims = checked(visitor, visitor.get(LIST).text)[1]
    return zlib.decompress(raw(claims["status_list"]["lst"]))


def state(packed: bytes, index: int) -> int:
    return packed[index // 4] >> (index % 4 * 2) & 3


def holders(opened: Database) -> Iterator[tuple[str, str, str]]:
    with opened.reader.connect() as connection:
        rows = select(col(Credential.certificate_no), col(Credential.scheme), col(Officer.name))
        yield from connection.execute(rows.join(Officer).order_by(col(Credential.id)))


def agrees(visitor: TestClient, opened: Database) -> dict[int, int]:
    """Every credential is asked for by itself; how many there are of each state."""
    packed, counts = states(visitor), {0: 0, 1: 0, 2: 0}
    for certificate_no, scheme, name in holders(opened):
        asked = {"certificate_no": certificate_no, "name": name}
        told = visitor.post("/api/v1/verifications", json=asked).json()
        if told["scheme"] == scheme:
            found = state(packed, told["status_index"])
            assert found == CODES.get(told["result"], 1), (asked, told["result"])
            counts[found] += 1
    return counts


def test_every_credential_stands_as_a_verification_says(
    visitor: TestClient, opened: Database
) -> None:
    counts = agrees(visitor, opened)
    assert min(counts.values()) > 3
    assert sum(counts.values()) > 1200


def test_the_list_is_a_token_status_list(visitor: TestClient) -> None:
    reply = visitor.get(LIST)
    header, claims = checked(visitor, reply.text)
    assert reply.headers["content-type"] == "application/statuslist+jwt"
    assert (header["typ"], header["alg"]) == ("statuslist+jwt", "ES256")
    assert claims["sub"] == settings().public_url + LIST
    assert (claims["ttl"], claims["status_list"]["bits"]) == (60, 2)
    assert claims["iat"] < claims["exp"]


def test_a_suspension_is_in_the_next_list_and_so_is_a_day_that_ends(
    visitor: TestClient, opened: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Office(opened.writer).day(TODAY) as desk:
        active = select(Credential).where(col(Credential.status) == "active").limit(2)
        card, other = desk.session.exec(active).all()
        before = states(visitor)
        officers.change(desk, card, Act.SUSPEND)
        index, lasting, last = card.id or 0, other.id or 0, other.valid_to
    assert (state(before, index), state(states(visitor), index)) == (0, 2)
    assert state(states(visitor), lasting) == 0
    monkeypatch.setenv("MINGBAI_NOW", f"{last.replace(year=last.year + 1)}T00:00:00+08:00")
    settings.cache_clear()
    assert state(states(visitor), lasting) == 1


def receipt(visitor: TestClient, opened: Database) -> tuple[str, dict[str, Any]]:
    certificate_no, _, name = next(iter(holders(opened)))
    asked = {"certificate_no": certificate_no, "name": name, "receipt": True}
    told = visitor.post("/api/v1/verifications", json=asked).json()
    return told["receipt"], told


def test_a_receipt_says_what_was_answered(visitor: TestClient, opened: Database) -> None:
    text, told = receipt(visitor, opened)
    header, claims = checked(visitor, text)
    assert (header["typ"], claims["result"]) == ("mingbai-receipt+jwt", told["result"])
    assert told["name"] not in json.dumps(claims, ensure_ascii=False)
    found = visitor.post("/api/v1/receipt-checks", json={"receipt": text}).json()
    assert (found["genuine"], found["result_now"]) == (True, told["result"])
    assert found["said"]["certificate_no"] == told["certificate_no"]
    assert found["said"]["department"] == told["department"]["code"]


def test_an_altered_or_foreign_receipt_says_nothing(visitor: TestClient, opened: Database) -> None:
    text, _ = receipt(visitor, opened)
    head, body, signature = text.split(".")
    claims = {**json.loads(raw(body)), "result": "valid", "may_enforce": True, "scheme": "x"}
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    of_another_kind = visitor.get(LIST).text
    wrong = [f"{head}.{forged}.{signature}", f"{none}.{body}.", "x", "a.b.c", of_another_kind]
    for each in wrong:
        found = visitor.post("/api/v1/receipt-checks", json={"receipt": each})
        assert (found.status_code, found.json()["genuine"]) == (200, False), each
        assert (found.json()["said"], found.json()["result_now"]) == (None, None)


def test_what_is_so_now_stands_beside_what_was_so_then(
    visitor: TestClient, opened: Database
) -> None:
    text, told = receipt(visitor, opened)
    with Office(opened.writer).day(TODAY) as desk:
        card = desk.one(Credential, id=told["status_index"])
        officers.change(desk, card, Act.REVOKE)
    found = visitor.post("/api/v1/receipt-checks", json={"receipt": text}).json()
    assert (found["said"]["result"], found["result_now"]) == (told["result"], "revoked")


def test_nobody_found_gets_no_receipt(visitor: TestClient) -> None:
    asked = {"certificate_no": "1", "name": "x", "receipt": True}
    assert visitor.post("/api/v1/verifications", json=asked).json()["receipt"] is None
