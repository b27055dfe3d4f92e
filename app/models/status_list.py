"""The state of every credential in two bits each (Token Status List)."""

import base64
import zlib
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, bindparam, case, func, select
from sqlmodel import col

from app.listing import Selection
from app.models.credentials import Credential
from app.rules.credentials import Status

BITS: Final = 2
VALID, INVALID, SUSPENDED = 0, 1, 2
PER_BYTE: Final = 8 // BITS
C: Final = Credential
DAY: Final[Any] = bindparam("as_of")
SIZE: Final[Selection] = select(func.coalesce(func.max(col(C.id)), 0) + 1)
# What is in neither row is invalid: `rules.credentials.result` in two conditions, as a test shows.
IN_FORCE: Final[Selection] = (
    select(col(C.id), case((col(C.status) == Status.ACTIVE, VALID), else_=SUSPENDED))
    .where(col(C.status).in_([Status.ACTIVE, Status.SUSPENDED]), col(C.valid_to) >= DAY)
    .where((col(C.status) == Status.SUSPENDED) | (col(C.valid_from) <= DAY))
)


def packed(connection: Connection, day: date) -> str:
    """The list as it travels: two bits for each index, compressed, in base64url.

    1,000,000 credentials are 250 kB before they are compressed.
    """
    size = int(connection.execute(SIZE).scalar_one())
    states = bytearray(b"\x55" * (size // PER_BYTE + 1))  # 01 01 01 01: invalid
    rows = connection.execution_options(yield_per=10_000).execute(IN_FORCE, {"as_of": day})
    for index, state in rows:
        shift = index % PER_BYTE * BITS
        states[index // PER_BYTE] ^= (INVALID ^ state) << shift
    return base64.urlsafe_b64encode(zlib.compress(bytes(states), 9)).rstrip(b"=").decode()
