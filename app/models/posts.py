"""Posts and who holds them: at most one formal holder at a time, or one who acts."""

from datetime import date

from sqlalchemy import Index, Text, text
from sqlmodel import Field, SQLModel

from app.models.columns import PUBLIC, closed, validity
from app.rules.posts import Holding

CURRENT = text("kind = 'formal' and valid_to is null")
RESPONSIBLE = text("is_first_responsible and valid_to is null")


class Post(SQLModel, table=True):
    __table_args__ = (
        Index(
            "uq_post_first_responsible",
            "department_id",
            unique=True,
            sqlite_where=RESPONSIBLE,
            postgresql_where=RESPONSIBLE,
        ),
        validity(),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    department_id: int | None = Field(default=None, foreign_key="department.id")
    title: str = Field(max_length=100)
    title_en: str | None = Field(default=None, max_length=200)
    rank: str | None = Field(default=None, max_length=50)
    duties: str | None = Field(default=None, sa_type=Text)
    is_leader: bool = False
    is_first_responsible: bool = False
    valid_from: date
    valid_to: date | None = None


class PostHolding(SQLModel, table=True):
    __tablename__ = "post_holding"
    __table_args__ = (
        Index(
            "uq_post_holding_current",
            "post_id",
            unique=True,
            sqlite_where=CURRENT,
            postgresql_where=CURRENT,
        ),
        Index("ix_post_holding_person_code", "person_code", "valid_from"),
        closed("kind", Holding),
        validity(),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="post.id")
    person_code: str = Field(max_length=32)
    person_name: str = Field(max_length=100)
    kind: str = Field(default=Holding.FORMAL, max_length=8)
    valid_from: date
    valid_to: date | None = None
