"""JSON endpoints for long work: how far it has come."""

from fastapi import APIRouter, Response

from app.db import read_one
from app.deps import HrOffice
from app.edge import StrictRoute
from app.models.jobs import NUMBERED, JobOut

router = APIRouter(prefix="/jobs", tags=["jobs"], route_class=StrictRoute)


@router.get("/{number}", response_model=JobOut)
async def read_job(number: str, _: HrOffice) -> Response:
    """Read how far a job has come; it goes on whoever watches.

    查看处理进度；关闭页面不影响处理。
    """
    return await read_one(NUMBERED, number=number)
