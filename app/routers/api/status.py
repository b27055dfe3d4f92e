"""How the register stands now, for whoever relies on it."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from app.db import answer, read
from app.edge import StrictRoute
from app.models.status import StatusOut
from app.standing import standing

router = APIRouter(prefix="/status", tags=["status"], route_class=StrictRoute)


class Alone(BaseModel, extra="forbid"):
    """Nothing narrows it."""


@router.get("", response_model=StatusOut)
async def read_status(_: Annotated[Alone, Query()]) -> Response:
    """Versions, the ledger's head, the age of the newest anchor, and what waits to be delivered.

    版本、登记簿最新一条、最近一次锚定的时间，以及待投递的消息数。
    """
    reply = answer(await read(standing))
    reply.headers["Cache-Control"] = "no-store"
    return reply
