"""The citizen's identity number (GB 11643): checked at import, matched by a keyed digest only."""

import hashlib
import hmac
import unicodedata
from datetime import date
from typing import Final

from app.errors import Refusal

WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHARACTERS: Final = "10X98765432"
OLD, NEW = 15, 18


class InvalidNumber(Refusal):
    """Says what is wrong, never the number: a refusal may end in a log."""

    status = 422


def normalise(number: str) -> str:
    return unicodedata.normalize("NFKC", number).strip().upper()


def check_character(first: str) -> str:
    """The last character of the number whose first 17 digits are given."""
    return CHARACTERS[sum(int(c) * w for c, w in zip(first, WEIGHTS, strict=True)) % 11]


def born(digits: str) -> date:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        raise InvalidNumber("identity_number.date") from None


def check(number: str, on: date) -> str:
    """Return the number in its form of 18, or refuse. The old form of 15 is of the years 19xx."""
    given = normalise(number)
    body = given[:17] if len(given) == NEW else given
    if len(given) not in (OLD, NEW):
        raise InvalidNumber("identity_number.length")
    if not (body.isascii() and body.isdigit()):
        raise InvalidNumber("identity_number.character")
    if len(given) == OLD:
        body = given[:6] + "19" + given[6:]
    if not date(1880, 1, 1) <= born(body[6:14]) <= on:
        raise InvalidNumber("identity_number.date")
    whole = body + check_character(body)
    if len(given) == NEW and whole != given:
        raise InvalidNumber("identity_number.check")
    return whole


def digest(whole: str, key: bytes) -> str:
    """What is kept for matching; without the server's key nobody can try numbers against it."""
    return hmac.new(key, whole.encode(), hashlib.sha256).hexdigest()
