"""Signing in at the city's own identity provider (OpenID Connect Core 1.0, code flow, PKCE)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Final

import httpx2
import orjson
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client.sync_app import OAuth2Mixin
from authlib.integrations.base_client.sync_openid import OpenIDMixin
from authlib.integrations.httpx_client import OAuth2Client
from joserfc.errors import JoseError

from app import secrets
from app.config import now, settings
from app.errors import NotFound, Refusal, Unavailable

PURPOSE: Final = "sign on"
LASTS: Final = 600  # seconds between leaving for the provider and coming back
PATIENCE: Final = 3  # seconds for each call to the provider
CALLBACK: Final = "/sign-in/callback"


class Unproven(Refusal):
    status = 401


class Provider(OAuth2Mixin, OpenIDMixin):  # type: ignore[misc]  # Authlib is not typed
    """The city's provider; its keys and addresses are learned once, new keys when they appear."""

    client_cls = OAuth2Client

    def __init__(self, issuer: str, client_id: str, client_secret: str) -> None:
        super().__init__(
            None,
            client_id=client_id,
            client_secret=client_secret,
            server_metadata_url=issuer.rstrip("/") + "/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid",
                "code_challenge_method": "S256",
                "timeout": PATIENCE,
                "trust_env": False,
            },
        )


provider_of = lru_cache(maxsize=1)(Provider)


def provider() -> Provider:
    chosen = settings()
    if not chosen.oidc_issuer:
        raise NotFound("sign_on.not_offered")
    return provider_of(chosen.oidc_issuer, chosen.oidc_client_id, chosen.oidc_client_secret)


@dataclass(frozen=True)
class Journey:
    """What the browser carries there and back, sealed: nobody can begin a journey for another."""

    state: str
    nonce: str
    code_verifier: str
    fresh: bool
    ends_at: int


@dataclass(frozen=True)
class Identity:
    """Who came back; `second_factor` and `proven_at` as the provider vouches for them."""

    subject: str
    second_factor: bool
    proven_at: int


@contextmanager
def asked() -> Iterator[None]:
    """Whatever a provider answers is no fault of ours, and opens nothing."""
    try:
        yield
    except (httpx2.TransportError, httpx2.HTTPStatusError):
        raise Unavailable("sign_on.unreachable") from None
    except (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError, AttributeError):
        raise Unproven("sign_on.unproven") from None


def callback() -> str:
    """From the settings, never from the request."""
    return settings().public_url.rstrip("/") + CALLBACK


def begin(*, fresh: bool) -> tuple[str, Journey]:
    """The provider's address to go to; with `fresh`, it must ask for the password again."""
    wanted = {"prompt": "login", "max_age": "0"} if fresh else {}
    known = provider()
    with asked():
        begun = known.create_authorization_url(callback(), **wanted)
    ends_at = int(now().timestamp()) + LASTS
    return begun["url"], Journey(
        begun["state"], begun["nonce"], begun["code_verifier"], fresh, ends_at
    )


def sealed(journey: Journey) -> str:
    return secrets.seal_text(PURPOSE, orjson.dumps(asdict(journey)).decode())


def unsealed(text: str, state: str) -> Journey:
    """The journey that this state belongs to, if it has not lasted too long."""
    try:
        journey = Journey(**orjson.loads(secrets.unseal_text(PURPOSE, text)))
    except ValueError:
        raise Unproven("sign_on.foreign") from None
    if not secrets.same(journey.state, state) or journey.ends_at < now().timestamp():
        raise Unproven("sign_on.foreign")
    return journey


def finish(journey: Journey, code: str, issuer: str | None) -> Identity:
    """Trade the code for a token and read who it speaks of."""
    known = provider()
    with asked():
        named = known.load_server_metadata()["issuer"]
        if named != settings().oidc_issuer or issuer not in (None, named):  # RFC 9207
            raise Unproven("sign_on.unproven")
        token = known.fetch_access_token(
            callback(),
            code=code,
            code_verifier=journey.code_verifier,
            grant_type="authorization_code",
        )
        claims = known.parse_id_token(token, journey.nonce)
        return identity(claims, fresh=journey.fresh)


def identity(claims: dict[str, Any], *, fresh: bool) -> Identity:
    """OpenID Connect Core 2: `auth_time` and `amr` are the provider's word."""
    proven_at = int(claims.get("auth_time") or 0)
    if fresh and proven_at < int(now().timestamp()) - LASTS:
        raise Unproven("sign_on.unproven")
    factors = set(claims.get("amr") or ())
    return Identity(
        subject=subject(claims["iss"], claims["sub"]),
        second_factor=bool(factors.intersection(settings().oidc_second_factors)),
        proven_at=proven_at,
    )


def subject(issuer: str, name: str) -> str:
    """A person's name at a provider is theirs only there (OpenID Connect Core 5.7)."""
    return f"{issuer} {name}"
