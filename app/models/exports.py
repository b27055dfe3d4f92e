"""Which lists go out whole, and in what form."""

from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field as Limited

from app.listing import Listing, Window
from app.models import (
    changes,
    credential_details,
    departments,
    enterprises,
    leaders,
    liaison_pairs,
    permits,
    power_items,
)  # fmt: skip
from app.rules.api_clients import Scope

MOST: Final = 1000  # rows read at a time; between two reads others may write


class Resource(StrEnum):
    DEPARTMENTS = "departments"
    PERMITS = "permits"
    POWER_ITEMS = "power-items"
    LEADERS = "leaders"
    ENTERPRISES = "enterprises"
    LIAISON_PAIRS = "liaison-pairs"
    CREDENTIALS = "credentials"
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
    Resource.LIAISON_PAIRS: liaison_pairs.EXPORT,
    Resource.CREDENTIALS: credential_details.EXPORT,
    Resource.CHANGES: changes.FEED,
}
NEEDS: Final[dict[Resource, Scope]] = {Resource.CREDENTIALS: Scope.CREDENTIALS_SYNC}
