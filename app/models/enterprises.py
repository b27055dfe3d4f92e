"""Enterprises: the public list of key enterprises, and what a lookup must know of the others."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import Field as Limited
from sqlalchemy import Text, bindparam, select
from sqlmodel import Field, SQLModel, col

from app.listing import AnyOf, Day, Listing, Selection, among
from app.models.columns import PUBLIC, always, closed, kept
from app.models.divisions import AdministrativeDivision
from app.models.search import Searched, found_by
from app.rules import uscc as codes
from app.rules.enterprises import Category, ListState, Standing


class Enterprise(SQLModel, table=True):
    __table_args__ = (
        closed("category", Category),
        closed("standing", Standing),
        closed("list_state", ListState),
        always("opt_out", "not liaison_opt_out or opt_out_reason is not null"),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    uscc: str = Field(max_length=18, unique=True)
    registration_no: str | None = Field(default=None, max_length=15, unique=True)
    division_code: str = Field(max_length=9, foreign_key="administrative_division.code")
    name: str = Field(max_length=200)
    name_en: str | None = Field(default=None, max_length=300)
    former_names: str = Field(default="[]", sa_type=Text)
    category: str = Field(max_length=16)
    categories: str = Field(default="[]", sa_type=Text)
    project_name: str | None = Field(default=None, max_length=200)
    legal_rep: str | None = Field(default=None, max_length=100)  # never on a wire, nor the next
    contact_person: str | None = Field(default=None, max_length=100)
    contact_phone: str | None = Field(default=None, max_length=32)
    industry: str = Field(max_length=100)
    industry_department: str | None = Field(default=None, max_length=8)
    township_code: str | None = Field(default=None, max_length=9)
    standing: str = Field(max_length=16)
    list_state: str = Field(max_length=20)
    liaison_opt_out: bool = False
    opt_out_reason: str | None = Field(default=None, max_length=500)
    successor_uscc: str | None = Field(default=None, max_length=18)
    listed_on: date
    updated_on: date


class EnterpriseOut(SQLModel):
    uscc: str
    name: str
    name_en: str | None
    former_names: list[str]
    category: Category
    categories: list[Category]
    industry: str
    township: str | None
    status: Standing


class EnterpriseFilter(Searched):
    uscc: Annotated[str | None, Limited(max_length=40)] = None
    category: AnyOf[Category] | None = None
    updated_since: Day | None = None
    sort: Literal["uscc", "name"] = "uscc"

    def values(self) -> dict[str, Any]:
        found = super().values()
        if self.uscc is not None:  # the check character is tested before any query
            found["uscc"] = codes.check(self.uscc)
        return found


COLUMNS: Final[list[Any]] = [
    col(Enterprise.uscc),
    col(Enterprise.name),
    col(Enterprise.name_en),
    kept(col(Enterprise.former_names), "former_names"),
    col(Enterprise.category),
    kept(col(Enterprise.categories), "categories"),
    col(Enterprise.industry),
    col(AdministrativeDivision.name).label("township"),
    col(Enterprise.standing).label("status"),
]
BASE: Final = select(*COLUMNS).outerjoin(
    AdministrativeDivision, col(AdministrativeDivision.code) == col(Enterprise.township_code)
)
ON_THE_LIST: Final = (col(Enterprise.list_state) == ListState.ACTIVE_KEY) & (
    col(Enterprise.liaison_opt_out).is_(False)
)
LISTING: Final = Listing(
    BASE.where(ON_THE_LIST),
    {
        "q": found_by("enterprise", col(Enterprise.id)),
        "uscc": col(Enterprise.uscc) == bindparam("uscc"),
        "category": among(col(Enterprise.category), "category"),
        "updated_since": col(Enterprise.updated_on) >= bindparam("updated_since"),
    },
    {"uscc": (col(Enterprise.uscc),), "name": (col(Enterprise.name), col(Enterprise.uscc))},
)
KNOWN: Final[Selection] = select(
    col(Enterprise.uscc),
    col(Enterprise.name),
    col(Enterprise.standing),
    col(Enterprise.list_state),
    col(Enterprise.liaison_opt_out),
    col(Enterprise.successor_uscc),
    col(Enterprise.industry_department),
).where(col(Enterprise.uscc) == bindparam("uscc"))
