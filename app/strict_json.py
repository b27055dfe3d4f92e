"""The one strict reader of JSON."""

import json
import re
from typing import Any, Final


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is given twice")
    return found


def no_such_number(literal: str) -> float:
    raise ValueError(f"{literal} is not JSON")


def whole(literal: str) -> int:
    number = int(literal) if len(literal) < 20 else 1 << 63
    if not -(1 << 63) <= number < 1 << 63:
        raise ValueError("a whole number is too large")
    return number


# Written with one backslash, not as the six characters that follow a pair of them.
NUL: Final = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
STRICT: Final = json.JSONDecoder(
    object_pairs_hook=once_each, parse_constant=no_such_number, parse_int=whole
)


def strict_json(body: bytes) -> Any:
    """Read JSON, or refuse what the two databases and the next reader would read differently."""
    text = body.decode()
    if "\\u0000" in text and NUL.search(text):
        raise ValueError("a text holds a NUL")
    value = STRICT.decode(text)
    json.dumps(value, ensure_ascii=False).encode()  # a lone surrogate cannot be encoded
    return value
