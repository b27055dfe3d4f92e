"""Credentials as a mirror keeps them: which there are, whose unit's, and whether in force."""

from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel
from pydantic import Field as Limited
from sqlalchemy import bindparam, select
from sqlmodel import col

from app.config import settings, zone
from app.listing import AnyOf, Day, Listing, Selection, Window, among
from app.models.credentials import Credential
from app.models.departments import Department
from app.rules.credentials import Scheme, Status


class CredentialOut(BaseModel):
    """No photograph, no name, no reason, no identity number.

    A credential never leaves the list: what is over has a status that says so. A status that a
    client does not know means that the credential is not valid; so does a day after `valid_to`.
    `department` is the code of the unit. With `locally_suspended_since`, the holder of a ministry's
    card may not enforce in this city.
    """

    certificate_no: str
    scheme: Scheme
    department: str
    status: Status
    locally_suspended_since: date | None
    valid_from: date
    valid_to: date
    since: date
    updated_at: datetime
    status_index: int


class CredentialFilter(Window):
    """`updated_since` is a legal day, that day included."""

    certificate_no: AnyOf[Annotated[str, Limited(max_length=32)]] | None = None
    updated_since: Day | None = None
    department: AnyOf[Annotated[str, Limited(max_length=8)]] | None = None
    status: AnyOf[Status] | None = None
    sort: Literal["updated_at", "certificate_no"] = "updated_at"

    def values(self) -> dict[str, Any]:
        found = super().values()
        if self.updated_since is not None:
            begins = datetime.combine(self.updated_since, time(), zone(settings().time_zone))
            found["updated_since"] = begins.astimezone(UTC).isoformat(timespec="seconds")
        return found


C: Final = Credential
ROWS: Final[Selection] = select(
    col(C.certificate_no),
    col(C.scheme),
    col(Department.code).label("department"),
    col(C.status),
    col(C.locally_suspended_since),
    col(C.valid_from),
    col(C.valid_to),
    col(C.since),
    col(C.updated_at),
    col(C.id).label("status_index"),
).join(Department, col(Department.id) == col(C.department_id))
BY_NUMBER: Final = (col(C.certificate_no), col(C.scheme))
CONDITIONS: Final = {
    "certificate_no": among(col(C.certificate_no), "certificate_no"),
    "updated_since": col(C.updated_at) >= bindparam("updated_since"),
    "department": among(col(Department.code), "department"),
    "status": among(col(C.status), "status"),
}
LISTING: Final = Listing(
    ROWS,
    CONDITIONS,
    {"updated_at": (col(C.updated_at), *BY_NUMBER), "certificate_no": BY_NUMBER},
)
EXPORT: Final = Listing(ROWS, {}, {"certificate_no": BY_NUMBER})
NUMBERED: Final[Selection] = ROWS.where(
    col(C.certificate_no) == bindparam("certificate_no"),
    col(C.scheme) == bindparam("scheme"),
)
