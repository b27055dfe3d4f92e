"""JSON endpoints for published figures."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlalchemy import Connection

from app.config import legal_day
from app.db import answer, head, read
from app.edge import StrictRoute
from app.errors import NotFound
from app.listing import OnDay, Page
from app.models.statistics import FIGURES, Figure, StatisticOut, population_of, value_of

router = APIRouter(prefix="/statistics", tags=["statistics"], route_class=StrictRoute)


@router.get("", response_model=Page[StatisticOut])
async def list_statistics(wanted: Annotated[OnDay, Query()]) -> Response:
    """List every published figure with its definition, population and the query behind it.

    列出全部公布数字，每个都附定义、总体、截至日期和可以自己重算的查询地址。
    """
    day = wanted.as_of or legal_day()

    def work(connection: Connection) -> Any:
        revision = head(connection)
        items = [counted(connection, figure, day) for figure in FIGURES]
        page = {"items": items, "next_cursor": None, "has_more": False}
        return {**page, "as_of": day, "revision": revision}

    return answer(await read(work))


@router.get("/{key}", response_model=StatisticOut)
async def read_statistic(key: str, wanted: Annotated[OnDay, Query()]) -> Response:
    """Read one figure, recomputed now.

    查看一个数字，当场重算。
    """
    figure = next((each for each in FIGURES if each.key == key), None)
    if figure is None:
        raise NotFound("record.not_found")
    day = wanted.as_of or legal_day()
    return answer(await read(lambda connection: counted(connection, figure, day)))


def counted(connection: Connection, figure: Figure, asked: date) -> dict[str, Any]:
    """A figure on the day asked for, if what it counts keeps its past; else on this one."""
    day = asked if figure.dated else legal_day()
    return {
        "key": figure.key,
        "figure": figure.figure,
        "value": value_of(connection, figure, day),
        "unit": figure.unit,
        "definition": figure.definition,
        "definition_en": figure.definition_en,
        "population": population_of(connection, figure, day),
        "as_of": day,
        "query": figure.query if day == legal_day() else figure.on(day),
        "counted": figure.counted,
        "summed": figure.summed,
    }
