"""What one revision of a permit changed in the one before it."""

from typing import Any

import pytest

from app.rules.permits import COMPARED, changed


def an_item(**told: Any) -> dict[str, Any]:
    blank: dict[str, Any] = dict.fromkeys(COMPARED)
    return {**blank, "materials": [{"name": "A"}, {"name": "B"}], "conditions": [], **told}


def test_a_revision_that_says_the_same_changed_nothing() -> None:
    assert changed(an_item(), an_item()) == []


@pytest.mark.parametrize("field", COMPARED)
def test_every_compared_value_is_told(field: str) -> None:
    told = changed(an_item(), an_item(**{field: 7}))
    assert told == [{"field": field, "before": None, "after": 7}]


def test_a_document_is_told_by_name_as_added_or_removed() -> None:
    now = an_item(materials=[{"name": "B"}, {"name": "C"}])
    assert changed(an_item(), now) == [{"field": "materials", "added": ["C"], "removed": ["A"]}]


def test_another_order_of_documents_is_no_change() -> None:
    assert changed(an_item(), an_item(materials=[{"name": "B"}, {"name": "A"}])) == []
