"""Third-party apps: who stands behind one, what for, and what it may ask (model B1)."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel
from pydantic import Field as Limited
from sqlalchemy import Index, Text, bindparam, select
from sqlmodel import Field, SQLModel, col

from app.listing import AnyOf, Listing, Window, among
from app.models.columns import PUBLIC, closed, kept
from app.rules.api_clients import Scope, State

Words = Annotated[str, Limited(min_length=1, max_length=100)]
HostName = Annotated[str, Limited(pattern=r"^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$")]
MOST_HOSTS: Final = 5


class ApiClient(SQLModel, table=True):
    """`maker` approved it; with a personal scope `checker` confirmed it."""

    __tablename__ = "api_client"
    __table_args__ = (
        closed("state", State),
        Index("ix_api_client_state", "state", "client_no"),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    client_no: str = Field(max_length=16, unique=True)
    organisation: str = Field(max_length=100)
    purpose: str = Field(sa_type=Text)
    scopes: str = Field(sa_type=Text)
    webhook_hosts: str = Field(sa_type=Text)
    contact_name: str = Field(max_length=100)
    contact_email: str = Field(max_length=254)
    contact_phone: str = Field(max_length=40)
    state: str = Field(max_length=16)
    maker: str | None = Field(default=None, max_length=100)
    maker_post: str | None = Field(default=None, max_length=100)
    checker: str | None = Field(default=None, max_length=100)
    applied_on: date
    decided_on: date | None = None
    ended_on: date | None = None
    reason: str | None = Field(default=None, max_length=500)
    version: int = 1


class Contact(BaseModel, extra="forbid"):
    name: Words
    email: Annotated[
        str, Limited(max_length=254, pattern=r"^[!-?A-~]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")
    ]
    phone: Annotated[str, Limited(max_length=40, pattern=r"^[0-9+() -]{5,40}$")]


class ApiClientIn(BaseModel, extra="forbid"):
    """An application. `webhook_hosts` are the only hosts that deliveries may go to."""

    organisation: Words
    purpose: Annotated[str, Limited(min_length=10, max_length=1000)]
    scopes: Annotated[list[Scope], Limited(min_length=1, max_length=len(Scope))]
    webhook_hosts: Annotated[list[HostName], Limited(max_length=MOST_HOSTS)] = []
    contact: Contact


class HostsIn(BaseModel, extra="forbid"):
    webhook_hosts: Annotated[list[HostName], Limited(max_length=MOST_HOSTS)]


class ReasonIn(BaseModel, extra="forbid"):
    """The reason is told to the client; it is no ledger fact."""

    reason: Annotated[str, Limited(min_length=1, max_length=500)]


class ApiClientOut(BaseModel):
    client_no: str
    organisation: str
    purpose: str
    scopes: list[Scope]
    webhook_hosts: list[str]
    contact: Contact
    state: State
    approved_by: str | None
    confirmed_by: str | None
    applied_on: date
    decided_on: date | None
    ended_on: date | None
    reason: str | None


class AppliedOut(BaseModel):
    """`key` is told once: it opens the client's own page, and nothing of the register."""

    client: ApiClientOut
    key: str


class ApiClientFilter(Window):
    state: AnyOf[State] | None = None
    sort: Literal["client_no", "-client_no"] = "-client_no"


C: Final = ApiClient
CLIENTS: Final[list[Any]] = [
    col(C.client_no),
    col(C.organisation),
    col(C.purpose),
    kept(col(C.scopes), "scopes"),
    kept(col(C.webhook_hosts), "webhook_hosts"),
    col(C.contact_name).label("contact.name"),
    col(C.contact_email).label("contact.email"),
    col(C.contact_phone).label("contact.phone"),
    col(C.state),
    col(C.maker).label("approved_by"),
    col(C.checker).label("confirmed_by"),
    col(C.applied_on),
    col(C.decided_on),
    col(C.ended_on),
    col(C.reason),
]
LISTING: Final = Listing(
    select(*CLIENTS), {"state": among(col(C.state), "state")}, {"client_no": (col(C.client_no),)}
)
NUMBERED: Final = select(*CLIENTS, col(C.version), col(C.id)).where(
    col(C.client_no) == bindparam("client_no")
)
