"""JSON endpoints for third-party apps: an application, who lets it in, what it used."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from app import rate_limits
from app.acts import api_clients as acts
from app.acts.api_usage import first_day
from app.acts.desk import Desk, DeskDep, OutsideDep
from app.db import answer, one_of, page_of, paged, parsed, read, rows_of
from app.deps import Administrators, LegalSupervisor, SteppedUp, SysAdmin
from app.edge import StrictRoute
from app.keyed import EyesDep, StaffEyes
from app.listing import Page
from app.models.api_clients import (
    LISTING,
    NUMBERED,
    ApiClient,
    ApiClientFilter,
    ApiClientIn,
    ApiClientOut,
    AppliedOut,
    HostsIn,
    ReasonIn,
)  # fmt: skip
from app.models.api_keys import Keyed
from app.models.api_usage import DAYS, ERRORS, UsageOut
from app.rate_limits import Admitted
from app.rules.api_clients import Act, Scope
from app.rules.api_keys import Kind

router = APIRouter(prefix="/api-clients", tags=["api-clients"], route_class=StrictRoute)
ACT: Final[dict[str, Any]] = {"response_model": ApiClientOut, "status_code": 201}
PRIVATE: Final = {"Cache-Control": "no-store"}


class Alone(BaseModel, extra="forbid"):
    """Nothing narrows it."""


@router.post("", response_model=AppliedOut, status_code=201)
def apply_for_access(_: Admitted, desk: OutsideDep, given: ApiClientIn) -> dict[str, Any]:
    """Apply for keys. `key` is told once: it opens the client's own page and makes its keys.

    A client that asks for personal scopes is let in by two offices.
    申请接口密钥；`key` 只显示一次，用于进入本应用的管理页并生成密钥。
    涉及个人信息的权限须两个部门先后同意。
    """
    client, key = acts.apply(desk, given.model_dump())
    return {"client": shown(desk, client), "key": key}


@router.get("", response_model=Page[ApiClientOut])
async def list_api_clients(wanted: Annotated[ApiClientFilter, Query()], _: StaffEyes) -> Response:
    """List third-party apps, those that were refused or have ended too.

    列出第三方应用，含未获同意和已终止的。
    """
    reply = paged(await read(lambda connection: page_of(connection, LISTING, wanted)))
    reply.headers.update(PRIVATE)
    return reply


@router.get("/{client_no}", response_model=ApiClientOut)
async def read_api_client(
    client_no: str, seen_by: EyesDep, _: Annotated[Alone, Query()]
) -> Response:
    """Read one app; its own people see it too.

    查看一个第三方应用，应用方也可查看自己的。
    """
    seen_by.sees(client_no)
    asked = {"client_no": client_no}
    row = await read(lambda connection: one_of(connection, NUMBERED, asked))
    reply = answer(without_ids(row))
    reply.headers.update(PRIVATE)
    return reply


@router.get("/{client_no}/usage", response_model=UsageOut)
async def read_usage(client_no: str, seen_by: EyesDep, _: Annotated[Alone, Query()]) -> Response:
    """Requests and errors of the last seven days, and the limits. Counts are seconds behind.

    近七天的请求数、错误和限额；计数滞后数秒。
    """
    seen_by.sees(client_no)
    asked = {"client_no": client_no, "since": first_day()}

    def found(connection: Any) -> dict[str, Any]:
        client = one_of(connection, NUMBERED, asked)
        days, errors = (rows_of(connection, each, asked) for each in (DAYS, ERRORS))
        return {**asked, "days": days, "errors": errors, "limits": limits_of(client)}

    reply = answer(await read(found))
    reply.headers.update(PRIVATE)
    return reply


def limits_of(client: dict[str, Any]) -> list[dict[str, Any]]:
    scopes = frozenset(Scope(each) for each in parsed(client)["scopes"])
    keyed = Keyed(client["id"], client["client_no"], "", Kind.LIVE, scopes)
    policies = (rate_limits.reads(keyed, "changes"), rate_limits.verifications(keyed))
    return [{"name": p.name, "quota": p.quota, "seconds": p.seconds} for p in policies]


@router.post("/{client_no}/approvals", **ACT, dependencies=[SteppedUp])
def approve_api_client(client_no: str, _: SysAdmin, desk: DeskDep) -> dict[str, Any]:
    """Approve an application; with a personal scope the legal supervisor confirms it.

    同意申请；涉及个人信息的，另由行政执法监督机构确认。
    """
    return decided(desk, client_no, Act.APPROVE)


@router.post("/{client_no}/confirmations", **ACT, dependencies=[SteppedUp])
def confirm_api_client(client_no: str, _: LegalSupervisor, desk: DeskDep) -> dict[str, Any]:
    """Confirm an approved application for personal scopes, as the second office.

    由第二个部门确认涉及个人信息的申请。
    """
    return decided(desk, client_no, Act.CONFIRM)


@router.post("/{client_no}/refusals", **ACT)
def refuse_api_client(
    client_no: str, _: Administrators, desk: DeskDep, given: ReasonIn
) -> dict[str, Any]:
    """Refuse an application, with the reason.

    不同意申请，说明理由。
    """
    return decided(desk, client_no, Act.REFUSE, given.reason)


@router.post("/{client_no}/suspensions", **ACT)
def suspend_api_client(
    client_no: str, _: Administrators, desk: DeskDep, given: ReasonIn
) -> dict[str, Any]:
    """Stop an app: from the next request on its keys open nothing.

    停用应用：其密钥自下一次请求起全部失效。
    """
    return decided(desk, client_no, Act.SUSPEND, given.reason)


@router.post("/{client_no}/resumptions", **ACT, dependencies=[SteppedUp])
def resume_api_client(client_no: str, _: SysAdmin, desk: DeskDep) -> dict[str, Any]:
    """Let a stopped app go on.

    恢复停用的应用。
    """
    return decided(desk, client_no, Act.RESUME)


@router.post("/{client_no}/endings", **ACT)
def end_api_client(client_no: str, _: SysAdmin, desk: DeskDep, given: ReasonIn) -> dict[str, Any]:
    """End an app for good.

    终止应用。
    """
    return decided(desk, client_no, Act.END, given.reason)


@router.post("/{client_no}/webhook-hosts", **ACT)
def allow_webhook_hosts(
    client_no: str, _: SysAdmin, desk: DeskDep, given: HostsIn
) -> dict[str, Any]:
    """Name the hosts that an app's deliveries may go to, in place of those before.

    指定该应用可接收推送的主机，替换原有名单。
    """
    client = desk.one(ApiClient, client_no=client_no)
    return shown(desk, acts.allow_hosts(desk, client, given.webhook_hosts))


def decided(desk: Desk, client_no: str, act: Act, reason: str | None = None) -> dict[str, Any]:
    client = desk.one(ApiClient, client_no=client_no)
    return shown(desk, acts.decide(desk, client, act, reason))


def shown(desk: Desk, client: ApiClient) -> dict[str, Any]:
    desk.session.flush()  # what is shown is read back
    row = one_of(desk.session.connection(), NUMBERED, {"client_no": client.client_no})
    return without_ids(parsed(row))


def without_ids(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("id", "version")}
