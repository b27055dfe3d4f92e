"""JSON endpoints for the audit of auditors: who looked at whose personal details."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.db import page_of, paged, read
from app.deps import Auditor
from app.edge import StrictRoute
from app.listing import Page
from app.models.personal_reads import LISTING, PersonalReadFilter, PersonalReadOut

router = APIRouter(prefix="/personal-reads", tags=["personal-reads"], route_class=StrictRoute)


@router.get("", response_model=Page[PersonalReadOut])
async def list_personal_reads(
    wanted: Annotated[PersonalReadFilter, Query()], _: Auditor
) -> Response:
    """List who looked at people's details; each day is sealed into the ledger when it is over.

    列出查看个人信息的记录；每日结束后以摘要固定在登记簿中。
    """
    reply = paged(await read(lambda connection: page_of(connection, LISTING, wanted)))
    reply.headers["Cache-Control"] = "no-store"
    return reply
