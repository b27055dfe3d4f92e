"""What a machine finds by convention: the catalogue of APIs and where to report a weakness."""

from datetime import timedelta
from typing import Any, Final

import orjson
from fastapi import APIRouter, Response

from app.client import API_ROOT
from app.config import now, settings
from app.signing import signer

router = APIRouter(include_in_schema=False)
PROFILE: Final = "https://www.rfc-editor.org/info/rfc9727"
LINKSET: Final = f'application/linkset+json; profile="{PROFILE}"'
RENEWED: Final = timedelta(days=180)  # RFC 9116, 2.5.5: less than a year ahead


@router.get("/.well-known/api-catalog")
async def api_catalog() -> Response:
    """Where the API, its description and its state are (RFC 9727, RFC 9264)."""
    own = settings().public_url.rstrip("/")
    entry: dict[str, Any] = {
        "anchor": own + API_ROOT,
        "service-desc": [{"href": f"{own}/openapi.json", "type": "application/json"}],
        "service-doc": [{"href": f"{own}/developers", "type": "text/html"}],
        "status": [{"href": f"{own}/api/v1/status", "type": "application/json"}],
    }
    headers = {"Link": f'<{own}/.well-known/api-catalog>; rel="api-catalog"'}
    return Response(orjson.dumps({"linkset": [entry]}), headers=headers, media_type=LINKSET)


@router.get("/.well-known/jwks.json")
async def jwks() -> Response:
    """The keys by which what we sign is checked (RFC 7517)."""
    keys = {"keys": [signer().public()]}
    return Response(orjson.dumps(keys), media_type="application/jwk-set+json")


@router.get("/.well-known/security.txt")
async def security_txt() -> Response:
    """Where to report a weakness (RFC 9116)."""
    own = settings().public_url.rstrip("/")
    lines = (
        f"Contact: {settings().security_contact or own + '/about'}",
        f"Expires: {(now() + RENEWED).isoformat(timespec='seconds')}",
        "Preferred-Languages: zh, en",
        f"Canonical: {own}/.well-known/security.txt",
    )
    return Response("\n".join(lines) + "\n", media_type="text/plain; charset=utf-8")
