"""JSON endpoints for power items."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.db import read_page
from app.edge import StrictRoute
from app.listing import Page
from app.models.power_items import PowerItemFilter, PowerItemOut, listing

router = APIRouter(prefix="/power-items", tags=["power-items"], route_class=StrictRoute)
LISTING = listing()


@router.get("", response_model=Page[PowerItemOut])
async def list_power_items(wanted: Annotated[PowerItemFilter, Query()]) -> Response:
    """List who may do what, by which norm, in the local and the national classes.

    列出权力事项：由谁行使、依据什么，同时给出本地类别和国家类别。
    """
    return await read_page(LISTING, wanted)
