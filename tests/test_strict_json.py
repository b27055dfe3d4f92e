"""A NUL is refused however it is written; six characters that only look like one are a text."""

import pytest

from app.strict_json import strict_json


@pytest.mark.parametrize(
    ("body", "text"),
    [(rb'{"a":"\\u0000"}', r"\u0000"), (rb'{"a":"x\\\\u0000"}', r"x\\u0000")],
)
def test_a_backslash_may_be_written_before_anything(body: bytes, text: str) -> None:
    assert strict_json(body) == {"a": text}


@pytest.mark.parametrize("body", [rb'{"a":"\u0000"}', rb'{"a":"\\\u0000"}', b'{"a":"\x00"}'])
def test_a_nul_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"NUL|control character"):
        strict_json(body)
