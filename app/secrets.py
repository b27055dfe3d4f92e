"""What is kept secret, and how: password hashes, sealed texts, tokens told once."""

import base64
import hashlib
import hmac
import os
import secrets
from functools import cache

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.config import settings

# OWASP's second choice: 19 MiB and two passes take about 25 ms, so sign-ins cannot exhaust us.
HASHER = PasswordHash((Argon2Hasher(memory_cost=19456, time_cost=2, parallelism=1),))
NONCE = 12
STEP = 30  # seconds that a code stands for


def hash_password(text: str) -> str:
    return HASHER.hash(text)


@cache
def nobody() -> str:
    """What an unknown name is compared with, so that it takes as long as a known one."""
    return HASHER.hash(secrets.token_hex(16))


def password_matches(text: str, hashed: str | None) -> bool:
    matches = HASHER.verify(text, hashed or nobody())
    return matches and hashed is not None


def new_token() -> str:
    return secrets.token_urlsafe(32)


def same(one: str, other: str) -> bool:
    """Whether two texts are equal, without telling how nearly."""
    return hmac.compare_digest(one.encode(), other.encode())


def form_token(token: str) -> str:
    """What a form of ours carries for a session, and no other site can write."""
    return hmac.new(key("forms"), token.encode(), "sha256").hexdigest()


def digest(token: str) -> str:
    """Tokens are random and long, so a plain digest hides them."""
    return hashlib.sha256(token.encode()).hexdigest()


def pseudonym(purpose: str, text: str) -> str:
    """The same for the same text, and nobody can tell which; no list of texts undoes it."""
    return hmac.new(key(purpose), text.encode(), "sha256").hexdigest()[:24]


def key(purpose: str) -> bytes:
    """A key of its own for each purpose, derived from the one secret."""
    return hashlib.blake2b(
        purpose.encode(),
        key=hashlib.sha256(settings().secret_key.encode()).digest(),
        digest_size=32,
    ).digest()


def seal(purpose: str, content: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key(purpose)).encrypt(nonce, content, purpose.encode())


def unseal(purpose: str, sealed: bytes) -> bytes:
    """The content; ValueError when it was altered, or sealed with another key."""
    try:
        return AESGCM(key(purpose)).decrypt(sealed[:NONCE], sealed[NONCE:], purpose.encode())
    except InvalidTag:
        raise ValueError("not sealed by us") from None


def seal_text(purpose: str, content: str) -> str:
    return base64.b64encode(seal(purpose, content.encode())).decode()


def unseal_text(purpose: str, sealed: str) -> str:
    return unseal(purpose, base64.b64decode(sealed)).decode()


def new_totp() -> str:
    return pyotp.random_base32()


def totp_step(secret: str, code: str, at: int) -> int | None:
    """Which half minute the code stands for: this one or a neighbour (RFC 6238, 5.2)."""
    now = at // STEP
    for step in (now, now - 1, now + 1):
        if hmac.compare_digest(pyotp.TOTP(secret).at(step * STEP).encode(), code.encode()):
            return step
    return None


def totp_now(secret: str, at: int) -> str:
    return pyotp.TOTP(secret).at(at)


def totp_address(secret: str, username: str) -> str:
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name="Mingbai")
