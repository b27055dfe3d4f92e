"""What an endpoint may ask of a key: that there is one, whose it is, what it opens."""

from typing import Annotated, Any

from fastapi import Depends, Request

from app.config import settings
from app.deps import BEARER, Caller, Forbidden, Unauthenticated, perhaps
from app.errors import NotFound
from app.models.api_keys import Keyed
from app.rules.accounts import Role, needs_second_factor
from app.rules.api_clients import Scope
from app.rules.api_keys import Kind

# Read by anyone; a key raises the limit, and opens what the description says.
OPTIONAL: dict[str, Any] = {"security": [{}, {"HTTPBearer": []}]}
Given = Annotated[Any, Depends(BEARER)]  # says in the OpenAPI that a bearer is asked for


def key_of(request: Request, given: Given) -> Keyed:
    found: Keyed | None = request.state.keyed
    if found is None:
        raise Unauthenticated("api_key.missing")
    return found


KeyDep = Annotated[Keyed, Depends(key_of)]


def opens(keyed: Keyed | None, scope: Scope) -> None:
    """The key opens this; the refusal names the scope that is missing."""
    if keyed is None:
        raise Unauthenticated("api_key.missing")
    if scope not in keyed.scopes or keyed.kind is Kind.OWN:
        raise Forbidden("api_key.scope_missing", scope=scope)


def opening(scope: Scope) -> Any:
    """The key, which opens this."""

    def check(keyed: KeyDep) -> Keyed:
        opens(keyed, scope)
        return keyed

    return Depends(check)


Syncing = Annotated[Keyed, opening(Scope.CREDENTIALS_SYNC)]
Verifying = Annotated[Keyed, opening(Scope.CREDENTIALS_VERIFY)]


def webhook_key(keyed: KeyDep) -> Keyed:
    """A key with the scope, or that of the client's own page."""
    if Scope.WEBHOOKS_MANAGE not in keyed.scopes:
        raise Forbidden("api_key.scope_missing", scope=Scope.WEBHOOKS_MANAGE)
    if keyed.kind is Kind.TEST and settings().sandbox_database_url:
        raise Forbidden("api_key.test_reads_only", kind=keyed.kind)
    return keyed


Webhooking = Annotated[Keyed, Depends(webhook_key)]


def own_key(keyed: KeyDep) -> Keyed:
    """The key of the client's people, that opens its own page and makes the others."""
    if keyed.kind is not Kind.OWN:
        raise Forbidden("api_key.own_needed", kind=keyed.kind)
    return keyed


OwnKey = Annotated[Keyed, Depends(own_key)]


class Eyes:
    """Who looks at a client: its own people, or staff that deal with all of them."""

    def __init__(self, keyed: Keyed | None, caller: Caller | None) -> None:
        self.keyed, self.caller = keyed, caller

    def sees(self, client_no: str) -> None:
        if self.keyed is not None and self.keyed.client_no != client_no:
            raise NotFound("record.not_found")


STAFF = (Role.SYSADMIN, Role.LEGAL_SUPERVISOR, Role.AUDITOR, Role.DISCIPLINE)


async def eyes(
    request: Request, given: Given, caller: Annotated[Caller | None, Depends(perhaps)]
) -> Eyes:
    keyed: Keyed | None = request.state.keyed
    if keyed is not None:
        return Eyes(own_key(keyed), None)
    if caller is None:
        raise Unauthenticated("auth.missing")
    acting = caller.roles.intersection(STAFF)
    if not acting:
        raise Forbidden("auth.role_missing", role=",".join(STAFF))
    if needs_second_factor(acting) and not caller.second_factor:
        raise Forbidden("auth.second_factor_required", role=",".join(sorted(acting)))
    return Eyes(None, caller)


EyesDep = Annotated[Eyes, Depends(eyes)]


def staff_eyes(seen_by: EyesDep) -> Eyes:
    """Not for clients: each sees itself only."""
    if seen_by.caller is None:
        raise Forbidden("auth.key_not_accepted")
    return seen_by


StaffEyes = Annotated[Eyes, Depends(staff_eyes)]
