"""Power categories and power items: who may do what to whom, by which norm."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field as Limited
from sqlalchemy import Index, Text, UniqueConstraint, and_, bindparam, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Field, SQLModel, col

from app.listing import AnyOf, Listing, Selection, among
from app.models.columns import PUBLIC, always, closed, kept
from app.models.departments import (
    Department,
    DepartmentCode,
    DepartmentRevision,
    Named,
    NormOut,
    in_force,
)
from app.models.search import Searched, found_by
from app.rules.power_items import Status


class PowerCategory(SQLModel, table=True):
    __tablename__ = "power_category"
    __table_args__ = (UniqueConstraint("scheme", "code", name="uq_power_category_code"), PUBLIC)

    id: int | None = Field(default=None, primary_key=True)
    scheme: str = Field(max_length=16)
    code: str = Field(max_length=8)
    name: str = Field(max_length=50)
    national_code: str | None = Field(default=None, max_length=2)


class PowerItem(SQLModel, table=True):
    __tablename__ = "power_item"
    __table_args__ = (
        Index("ix_power_item_category", "category", "code"),
        Index("ix_power_item_exercised_by_id", "exercised_by_id", "code"),
        closed("status", Status),
        always(  # INV-P2: an item as it was found may stand under review, never be published
            "entrustment",
            "status <> 'published' or exercised_by_id = statutory_body_id"
            " or entrustment_no is not null",
        ),
        always("in_name_of", "entrustment_no is null or in_name_of is not null"),  # INV-D2
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=20, unique=True)
    division_code: str = Field(max_length=9, foreign_key="administrative_division.code")
    name: str = Field(max_length=200)
    category: str = Field(max_length=8)
    national_category: str = Field(max_length=2)
    statutory_body_id: int = Field(foreign_key="department.id")
    exercised_by_id: int = Field(foreign_key="department.id")
    in_name_of: str | None = Field(default=None, max_length=8)
    entrustment_no: str | None = Field(default=None, max_length=50)
    legal_basis: str = Field(default="[]", sa_type=Text)
    level: str | None = Field(default=None, max_length=20)
    responsibilities: str | None = Field(default=None, sa_type=Text)
    accountability_situations: str | None = Field(default=None, sa_type=Text)
    external_code: str | None = Field(default=None, max_length=100)
    status: str = Field(default=Status.PUBLISHED, max_length=16)
    updated_on: date


class PowerItemOut(SQLModel):
    code: str
    name: str
    category: str
    category_name: str
    national_category: str
    department: Named
    statutory_body: Named
    legal_basis: list[NormOut]
    status: str


CategoryCode = Annotated[str, Limited(pattern="^[0-9A-Za-z_-]{1,8}$")]


class PowerItemFilter(Searched):
    category: AnyOf[CategoryCode] | None = None
    department: AnyOf[DepartmentCode] | None = None
    sort: Literal["code"] = "code"


class ClassOut(SQLModel):
    """How many items of one class of power there are."""

    category: str
    name: str
    items: int


def by_class() -> Selection:
    """The published items that one department exercises, counted by local class."""
    in_class = and_(
        col(PowerCategory.code) == col(PowerItem.category), col(PowerCategory.scheme) == "legacy13"
    )
    found: Selection = (
        select(col(PowerItem.category), col(PowerCategory.name), func.count().label("items"))
        .join(PowerCategory, in_class)
        .where(col(PowerItem.exercised_by_id) == bindparam("department_id"))
        .where(col(PowerItem.status) == "published")
        .group_by(col(PowerItem.category), col(PowerCategory.name))
        .order_by(col(PowerItem.category))
    )
    return found


def listing() -> Listing:
    by, body = aliased(Department), aliased(Department)
    by_name, body_name = aliased(DepartmentRevision), aliased(DepartmentRevision)
    category = aliased(PowerCategory)
    base = (
        select(
            col(PowerItem.code),
            col(PowerItem.name),
            col(PowerItem.category),
            category.name.label("category_name"),  # type: ignore[attr-defined]
            col(PowerItem.national_category),
            by.code.label("department.code"),  # type: ignore[attr-defined]
            by_name.name.label("department.name"),  # type: ignore[attr-defined]
            by_name.name_en.label("department.name_en"),  # type: ignore[union-attr]
            body.code.label("statutory_body.code"),  # type: ignore[attr-defined]
            body_name.name.label("statutory_body.name"),  # type: ignore[attr-defined]
            body_name.name_en.label("statutory_body.name_en"),  # type: ignore[union-attr]
            kept(col(PowerItem.legal_basis), "legal_basis"),
            col(PowerItem.status),
        )
        .join(category, and_(category.code == PowerItem.category, category.scheme == "legacy13"))  # type: ignore[arg-type]
        .join(by, by.id == PowerItem.exercised_by_id)  # type: ignore[arg-type]
        .join(by_name, and_(by_name.department_id == by.id, in_force(by_name)))  # type: ignore[arg-type]
        .join(body, body.id == PowerItem.statutory_body_id)  # type: ignore[arg-type]
        .join(body_name, and_(body_name.department_id == body.id, in_force(body_name)))  # type: ignore[arg-type]
        .where(col(PowerItem.status) == "published")
    )
    return Listing(
        base,
        {
            "q": found_by("power_item", col(PowerItem.id)),
            "category": among(col(PowerItem.category), "category"),
            "department": among(by.code, "department"),
        },
        {"code": (col(PowerItem.code),)},
    )
