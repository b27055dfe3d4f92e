"""What the register signs, and the keys by which anybody can check it.

One algorithm today. What is signed names it, so that another (SM2 with SM3, where a state asks for
it) may stand beside it: whoever checks looks the key up by its id.
"""

import json
from functools import cache
from typing import Any, Final, Protocol

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from app import secrets
from app.config import settings

ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256


class Signer(Protocol):
    algorithm: str
    key_id: str

    def signed(self, kind: str, claims: dict[str, Any]) -> str: ...

    def claims(self, kind: str, text: str) -> dict[str, Any] | None: ...

    def public(self) -> dict[str, Any]: ...


class Es256:
    """ECDSA over P-256 (RFC 7518, 3.4); the key follows from the one secret."""

    algorithm = "ES256"

    def __init__(self, secret: bytes) -> None:
        scalar = int.from_bytes(secret, "big") % (ORDER - 1) + 1
        private = ec.derive_private_key(scalar, ec.SECP256R1())
        pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        self.key = ECKey.import_key(pem)
        self.key_id = self.key.thumbprint()  # RFC 7638

    def signed(self, kind: str, claims: dict[str, Any]) -> str:
        header = {"alg": self.algorithm, "kid": self.key_id, "typ": kind}
        body = json.dumps(claims, ensure_ascii=False, separators=(",", ":")).encode()
        return jws.serialize_compact(header, body, self.key)

    def claims(self, kind: str, text: str) -> dict[str, Any] | None:
        """What was signed, if it was signed by us and is of this kind."""
        try:
            found = jws.deserialize_compact(text, self.key, algorithms=[self.algorithm])
            claims = json.loads(found.payload)
        except (JoseError, ValueError):
            return None
        return dict(claims) if found.headers().get("typ") == kind else None

    def public(self) -> dict[str, Any]:
        shown = self.key.as_dict(private=False)
        return {**shown, "kid": self.key_id, "alg": self.algorithm, "use": "sig"}


@cache
def made_from(secret_key: str) -> Signer:
    return Es256(secrets.key("signing"))


def signer() -> Signer:
    return made_from(settings().secret_key)
