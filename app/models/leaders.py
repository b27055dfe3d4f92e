"""Municipal leaders: persons who hold a municipal post."""

from datetime import date
from typing import Any, Literal

from sqlalchemy import Text, and_, bindparam, func, select
from sqlmodel import Field, SQLModel, col

from app.listing import AnyOf, Day, Listing, Selection, among
from app.models.columns import PUBLIC, closed
from app.models.departments import in_force
from app.models.posts import Post, PostHolding
from app.models.search import Searched, found_by
from app.rules.leaders import Organ


class Leader(SQLModel, table=True):
    """`photo_digest` names a picture that is kept apart."""

    __table_args__ = (closed("organ", Organ), PUBLIC)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    division_code: str = Field(max_length=9, foreign_key="administrative_division.code")
    name: str = Field(max_length=100)
    organ: str = Field(max_length=16)
    portfolio: str | None = Field(default=None, sa_type=Text)
    portfolio_en: str | None = Field(default=None, sa_type=Text)
    office_phone: str | None = Field(default=None, max_length=32)
    photo_digest: str | None = Field(default=None, max_length=64)
    rank_order: int


class LeaderOut(SQLModel):
    code: str
    name: str
    post: str
    post_en: str | None
    organ: str
    portfolio: str | None
    portfolio_en: str | None
    office_phone: str | None
    rank_order: int
    active_pairs: int


class LedPair(SQLModel):
    pair_no: str
    enterprise: str
    uscc: str
    category: str
    since: date


class LeaderDetail(LeaderOut):
    pairs: list[LedPair]
    as_of: date


class LeaderFilter(Searched):
    organ: AnyOf[Organ] | None = None
    paired: bool | None = None
    as_of: Day | None = None
    sort: Literal["rank_order"] = "rank_order"


def active_pairs() -> Any:
    from app.models.liaison_pairs import LiaisonPair

    return (
        select(func.count())
        .select_from(LiaisonPair)
        .where(col(LiaisonPair.leader_id) == col(Leader.id))
        .where(col(LiaisonPair.role) == "lead", col(LiaisonPair.state) != "proposed")
        .where(in_force(LiaisonPair))
        .where(
            col(LiaisonPair.handover_since).is_(None)
            | (col(LiaisonPair.handover_since) > bindparam("as_of"))
        )
        .correlate(Leader)
        .scalar_subquery()
    )


def in_post(*columns: Any) -> Any:
    return (
        select(
            col(Leader.code),
            col(Leader.name),
            col(Post.title).label("post"),
            col(Post.title_en).label("post_en"),
            col(Leader.organ),
            col(Leader.portfolio),
            col(Leader.portfolio_en),
            col(Leader.office_phone),
            col(Leader.rank_order),
            active_pairs().label("active_pairs"),
            *columns,
        )
        .join(
            PostHolding,
            and_(col(PostHolding.person_code) == col(Leader.code), in_force(PostHolding)),
        )
        .join(Post, and_(col(Post.id) == col(PostHolding.post_id), col(Post.is_leader)))
    )


def listing() -> Listing:
    return Listing(
        in_post(),
        {
            "q": found_by("leader", col(Leader.id)),
            "organ": among(col(Leader.organ), "organ"),
            "paired": (active_pairs() > 0) == bindparam("paired"),
        },
        {"rank_order": (col(Leader.rank_order), col(Leader.code))},
    )


def coded() -> Selection:
    found: Selection = in_post().where(col(Leader.code) == bindparam("code"))
    return found
