"""A post has one formal holder, or one who acts until there is."""

from datetime import date

import pytest
from sqlmodel import col, select

from app.acts import posts
from app.acts.desk import Desk
from app.db import Database
from app.errors import Refusal
from app.models.posts import Post, PostHolding
from app.rules.posts import Holding
from tests.acts.campaign import Office

CODE = "990181-12-09"
FIRST, LATER = date(2026, 3, 2), date(2026, 3, 31)


@pytest.fixture
def office(opened: Database) -> Office:
    made = Office(opened.writer)
    with made.day(FIRST) as desk:
        posts.create(desk, {"code": CODE, "title": "法制科科长", "rank": "正科", "duties": "审核"})
        posts.take(desk, post(desk), "A", "樊立言", Holding.ACTING)
    return made


def post(desk: Desk) -> Post:
    return desk.one(Post, code=CODE)


def held(desk: Desk) -> list[tuple[str, str, date | None]]:
    every = select(PostHolding).where(col(PostHolding.post_id) == post(desk).id)
    rows = desk.session.exec(every.order_by(col(PostHolding.id)))
    return [(row.person_code, row.kind, row.valid_to) for row in rows]


def test_who_takes_a_post_relieves_who_acted_in_it(office: Office) -> None:
    with office.day(LATER) as desk:
        posts.take(desk, post(desk), "B", "祝知行")
    with office.day(LATER) as desk:
        assert held(desk) == [("A", "acting", LATER), ("B", "formal", None)]


def test_two_do_not_hold_one_post(office: Office) -> None:
    with office.day(LATER) as desk:
        with pytest.raises(Refusal, match="post.held"):
            posts.take(desk, post(desk), "C", "柯望舒", Holding.ACTING)
        posts.take(desk, post(desk), "B", "祝知行")
        for kind in Holding:
            with pytest.raises(Refusal, match="post.held"):
                posts.take(desk, post(desk), "C", "柯望舒", kind)
