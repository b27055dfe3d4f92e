"""Two-person rule: persons first, then posts."""

import pytest

from app.errors import Refusal
from app.rules.duties import Signature, countersigned


def test_nobody_checks_what_they_made_whatever_post_they_sign_for() -> None:
    with pytest.raises(Refusal, match="act.same_person"):
        countersigned(Signature("樊立言", "A"), Signature("樊立言", "B"))


def test_who_stands_in_does_not_check_the_post_they_stand_in_for() -> None:
    with pytest.raises(Refusal, match="act.same_post"):
        countersigned(Signature("樊立言", "A"), Signature("祝知行", "A"))


def test_two_persons_in_two_posts_or_in_none_make_four_eyes() -> None:
    countersigned(Signature("樊立言", "A"), Signature("祝知行", "B"))
    countersigned(Signature("樊立言"), Signature("祝知行"))
