"""JSON endpoints for the public list of key enterprises."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Response

from app.acts import liaison_upkeep as acts
from app.acts.desk import DeskDep
from app.db import read_page
from app.deps import LiaisonOffice
from app.edge import StrictRoute
from app.listing import Page
from app.models.enterprises import LISTING, EnterpriseFilter, EnterpriseOut
from app.models.liaison_upkeep import EnterpriseIn, KeptFirmOut, OptOutIn, RemovalIn

router = APIRouter(prefix="/enterprises", tags=["enterprises"], route_class=StrictRoute)
ACT: Final[dict[str, Any]] = {"response_model": KeptFirmOut, "status_code": 201}
Code = Annotated[str, Path(max_length=40)]


@router.get("", response_model=Page[EnterpriseOut])
async def list_enterprises(wanted: Annotated[EnterpriseFilter, Query()]) -> Response:
    """List the key enterprises, or find one by credit code or name.

    列出重点企业，可按统一社会信用代码或名称（含曾用名、拼音）查找。
    """
    return await read_page(LISTING, wanted)


@router.post("", **ACT)
def list_enterprise(given: EnterpriseIn, _: LiaisonOffice, desk: DeskDep) -> dict[str, Any]:
    """Put a firm on the list of key enterprises.

    将企业列入重点企业名单。
    """
    return acts.list_firm(desk, given.model_dump())


@router.post("/{uscc}/removals", **ACT)
def remove_enterprise(
    uscc: Code, given: RemovalIn, _: LiaisonOffice, desk: DeskDep
) -> dict[str, Any]:
    """Take a firm off the list of key enterprises; its pair ends with it.

    将企业移出重点企业名单，其对口联系随之结束。
    """
    return acts.remove(desk, uscc, given.standing)


@router.post("/{uscc}/opt-outs", **ACT)
def record_opt_out(uscc: Code, given: OptOutIn, _: LiaisonOffice, desk: DeskDep) -> dict[str, Any]:
    """Record that a firm wants no leader (条例 48). Nobody outside reads that it did, or why.

    登记企业不参加对口联系的意愿；是否声明及原因均不公开。
    """
    return acts.opt_out(desk, uscc, given.reason)
