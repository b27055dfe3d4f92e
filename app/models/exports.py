"""Which lists go out whole, and in what form."""

from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field as Limited

from app.listing import Listing, Window
from app.models import changes, departments, enterprises, leaders, permits, power_items

MOST: Final = 1000  # rows read at a time; between two reads others may write


class Resource(StrEnum):
    DEPARTMENTS = "departments"
    PERMITS = "permits"
    POWER_ITEMS = "power-items"
    LEADERS = "leaders"
    ENTERPRISES = "enterprises"
    CHANGES = "changes"


class Form(StrEnum):
    NDJSON = "ndjson"
    CSV = "csv"


class ExportWindow(Window):
    limit: Annotated[int, Limited(ge=1, le=MOST)] = MOST
    sort: Literal[""] = ""


LISTINGS: Final[dict[Resource, Listing]] = {
    Resource.DEPARTMENTS: departments.listing(),
    Resource.PERMITS: permits.LISTING,
    Resource.POWER_ITEMS: power_items.listing(),
    Resource.LEADERS: leaders.listing(),
    Resource.ENTERPRISES: enterprises.LISTING,
    Resource.CHANGES: changes.FEED,
}
