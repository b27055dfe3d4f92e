"""The unified social credit code (GB 32100-2015)."""

import unicodedata
from typing import Final

from app.errors import Refusal

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VALUES: Final = {character: value for value, character in enumerate(ALPHABET)}
WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
LENGTH: Final = 18
ORGANISATION: Final = (3, 7, 9, 10, 5, 8, 4, 2)
DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class InvalidCode(Refusal):
    status = 422


def normalise(code: str) -> str:
    return unicodedata.normalize("NFKC", code).strip().upper()


def complete(first: str) -> str:
    """The whole code whose first 17 characters are given."""
    total = sum(VALUES[c] * weight for c, weight in zip(first, WEIGHTS, strict=True))
    return first + ALPHABET[-total % 31]


def organisation_check(first: str) -> str:
    """The ninth character of an organisation code (GB 11714)."""
    total = sum(DIGITS.index(c) * w for c, w in zip(first, ORGANISATION, strict=True))
    return "0123456789X"[-total % 11]


def check(code: str) -> str:
    """Return the code in its normal form, or refuse; the right character is never told."""
    code = normalise(code)
    if len(code) != LENGTH:
        raise InvalidCode("uscc.length", uscc=code)
    if any(character not in VALUES for character in code):
        raise InvalidCode("uscc.character", uscc=code)
    if organisation_check(code[8:16]) != code[16]:
        raise InvalidCode("uscc.organisation_check", uscc=code)
    if complete(code[:17]) != code:
        raise InvalidCode("uscc.check", uscc=code)
    return code
