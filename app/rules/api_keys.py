"""What a key looks like, and when it opens anything.

`mb_<kind>_<id>_<random>_<crc>`: the id finds it, the random part proves it, and the checksum
tells a slip of the pen, or a text that only looks like a key, without asking the database.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from ipaddress import ip_address, ip_network
from typing import Final

from app.errors import Refusal

DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ID_LENGTH: Final = 12
RANDOM_LENGTH: Final = 40  # 238 bits
CRC_LENGTH: Final = 6
PREFIX: Final = "mb_"
SHAPE: Final = re.compile(
    rf"mb_(live|test|own)_([0-9A-Za-z]{{{ID_LENGTH}}})_([0-9A-Za-z]{{{RANDOM_LENGTH}}})"
    rf"_([0-9A-Za-z]{{{CRC_LENGTH}}})",
    re.ASCII,
)


class Kind(StrEnum):
    """`own` is shown by the client's people, on its own page; it reads no register."""

    LIVE = "live"
    TEST = "test"
    OWN = "own"


class Wrong(Refusal):
    """The key opens nothing (401); the code says why, so that its owner can mend it."""

    status = 401


class Elsewhere(Refusal):
    status = 403


@dataclass(frozen=True)
class Printed:
    kind: Kind
    key_id: str


def checksum(text: str) -> str:
    """CRC-32 in base 62: any one changed character is found."""
    value, found = zlib.crc32(text.encode()), ""
    for _ in range(CRC_LENGTH):
        value, digit = divmod(value, len(DIGITS))
        found = DIGITS[digit] + found
    return found


def written(kind: Kind, key_id: str, random: str) -> str:
    text = f"{PREFIX}{kind}_{key_id}_{random}"
    return f"{text}_{checksum(text)}"


def printed(key: str) -> Printed:
    """The parts of a key; refused without a query when it was not written by us."""
    if (shape := SHAPE.fullmatch(key)) is None:
        raise Wrong("api_key.malformed")
    if checksum(key[: -CRC_LENGTH - 1]) != shape[4]:
        raise Wrong("api_key.checksum")
    return Printed(Kind(shape[1]), shape[2])


def lasts(made: date, wanted: date | None, most: int) -> date:
    """The last day of a key: at most `most` days from today, and not before it."""
    last = made + timedelta(days=most)
    if wanted is not None and not made <= wanted <= last:
        raise Refusal("api_key.expiry", earliest=made, latest=last)
    return wanted or last


def in_force(expires_on: date, revoked: bool, ends_at: int | None, today: date, at: int) -> None:
    """Expired, revoked, or replaced longer ago than the two keys may overlap."""
    if revoked:
        raise Wrong("api_key.revoked")
    if today > expires_on or (ends_at is not None and at >= ends_at):
        raise Wrong("api_key.expired", expires_on=expires_on)


def networks(addresses: Sequence[str]) -> list[str]:
    """Addresses and networks as they will be compared."""
    found = []
    for each in addresses:
        try:
            found.append(str(ip_network(each)))
        except ValueError:
            raise Refusal("api_key.address_invalid", addresses=each) from None
    return found


def from_listed(addresses: Sequence[str], address: str) -> None:
    """A key with a list of addresses works from there only."""
    if addresses and not listed(addresses, address):
        raise Elsewhere("api_key.address_not_listed", address=address)


def listed(addresses: Sequence[str], address: str) -> bool:
    try:
        own = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(own, "ipv4_mapped", None)
    return any((mapped or own) in ip_network(each) for each in addresses)
