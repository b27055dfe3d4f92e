"""Signing in at the city's identity provider, as it is asked for and told."""

from typing import Annotated

from pydantic import BaseModel
from pydantic import Field as Limited


class SignOnIn(BaseModel, extra="forbid"):
    """With `fresh`, the provider asks for the password again: it counts as a step-up."""

    fresh: bool = False


class SignOnOut(BaseModel):
    """Send the browser to `authorization_url`; keep `sealed` for when it comes back."""

    authorization_url: str
    sealed: str
    ends_at: str


class CompletionIn(BaseModel, extra="forbid"):
    """`state`, `code` and `iss` as they came back in the address (RFC 6749, 4.1.2; RFC 9207)."""

    sealed: Annotated[str, Limited(max_length=2000)]
    state: Annotated[str, Limited(max_length=200)]
    code: Annotated[str, Limited(min_length=1, max_length=4000)]
    iss: Annotated[str | None, Limited(max_length=300)] = None
