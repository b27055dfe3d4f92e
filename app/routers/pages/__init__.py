"""The pages, a file a noun. They know what a third party knows, and ask the same way."""

from typing import Any, Final

from fastapi import Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from app.client import ApiDep
from app.html import problem_page
from app.i18n import gettext
from app.routers.pages import (
    about,
    account,
    accounts,
    api_clients,
    appeals,
    changes,
    departments,
    developers,
    docs,
    enterprises,
    exam_campaigns,
    home,
    imports,
    leaders,
    ledger,
    liaison,
    liaison_upkeep,
    objections,
    officers,
    own_client,
    permits,
    receipts,
    registrations,
    reinstatements,
    report,
    role_grants,
    self_checks,
    sign_in,
    status,
    suspension_orders,
    suspension_papers,
    verify,
    work,
)

PUBLIC = (
    home, departments, permits, leaders, liaison, enterprises, verify, changes,
    suspension_orders, exam_campaigns, self_checks, about, report,
    own_client, receipts, developers, status,
)  # fmt: skip
STAFF = (
    sign_in, work, account, accounts, api_clients, role_grants, imports, objections, appeals,
    registrations, reinstatements, officers, ledger, suspension_papers, liaison_upkeep,
)  # fmt: skip
BEFORE = (docs,)  # inside the register's address, and no part of it
ROOMS = (*BEFORE, *PUBLIC, *STAFF)


async def read_head(request: Request, api: ApiDep) -> None:
    """The newest entry of the ledger, for the foot of every whole page."""
    if request.headers.get("HX-Request-Type") != "partial":
        newest = await api.get("changes", sort="-seq", limit="1")
        request.state.head = next(iter(newest["items"]), None)


FRAME: Final = (Depends(read_head),)
CODES: Final = {404: "http.404", 405: "http.405", 413: "http.413"}


async def denied(request: Request, error: HTTPException) -> Response:
    code = CODES.get(error.status_code, "http.400")
    return problem_page(request, error.status_code, code, gettext(code))


async def invalid(request: Request, _: RequestValidationError) -> Response:
    return problem_page(request, 422, "request.invalid", gettext("request.invalid"))


async def broken(request: Request, _: Exception) -> Response:
    return problem_page(request, 500, "service.broken", gettext("service.broken"))


HANDLERS: Final[dict[Any, Any]] = {
    HTTPException: denied,
    RequestValidationError: invalid,
    Exception: broken,
}
