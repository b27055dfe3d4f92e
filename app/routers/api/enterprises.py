"""JSON endpoints for the public list of key enterprises."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.db import read_page
from app.edge import StrictRoute
from app.listing import Page
from app.models.enterprises import LISTING, EnterpriseFilter, EnterpriseOut

router = APIRouter(prefix="/enterprises", tags=["enterprises"], route_class=StrictRoute)


@router.get("", response_model=Page[EnterpriseOut])
async def list_enterprises(wanted: Annotated[EnterpriseFilter, Query()]) -> Response:
    """List the key enterprises, or find one by credit code or name.

    列出重点企业，可按统一社会信用代码或名称（含曾用名、拼音）查找。
    """
    return await read_page(LISTING, wanted)
