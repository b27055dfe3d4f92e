"""Posts: created, taken formally or for the time being, and left."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from app.acts.desk import Desk
from app.models.posts import Post, PostHolding
from app.rules import posts as rules
from app.rules.posts import Holding


def create(desk: Desk, facts: Mapping[str, Any]) -> Post:
    post = desk.add(Post(**{"valid_from": desk.today, **facts}))
    desk.note("post.created", post.code, title=post.title)
    return post


def holdings(desk: Desk, post: Post) -> list[PostHolding]:
    held = select(PostHolding).where(
        col(PostHolding.post_id) == post.id, col(PostHolding.valid_to).is_(None)
    )
    return list(desk.session.exec(held.with_for_update()))


def first_responsible(desk: Desk, department_id: int) -> set[str]:
    """Who signs for a unit: name and code of whoever holds its responsible post today."""
    held = (
        select(col(PostHolding.person_name), col(PostHolding.person_code))
        .join(Post, col(Post.id) == col(PostHolding.post_id))
        .where(col(Post.department_id) == department_id, col(Post.is_first_responsible))
        .where(col(Post.valid_to).is_(None), col(PostHolding.valid_to).is_(None))
    )
    return {word for row in desk.session.exec(held) for word in row}


def take(
    desk: Desk, post: Post, person_code: str, person_name: str, kind: Holding = Holding.FORMAL
) -> PostHolding:
    """Who takes a post formally relieves the one who acted in it."""
    held = holdings(desk, post)
    if kind is Holding.FORMAL:
        relieved = [each for each in held if each.kind == Holding.ACTING]
        for each in relieved:
            vacate(desk, post, each)
        held = [each for each in held if each not in relieved]
    rules.take(kind, [Holding(each.kind) for each in held])
    made = desk.add(
        PostHolding(
            post_id=post.id or 0,
            person_code=person_code,
            person_name=person_name,
            kind=kind,
            valid_from=desk.today,
        )
    )
    desk.note("post.taken", post.code, title=post.title, holder=person_name)
    return made


def vacate(desk: Desk, post: Post, holding: PostHolding) -> None:
    """The last day before today was the holder's last; who came today was never there."""
    if holding.valid_from == desk.today:
        desk.session.delete(holding)
        desk.session.flush()  # the post is free in this transaction
    else:
        holding.valid_to = desk.today
    desk.note("post.left", post.code, title=post.title, holder=holding.person_name)
