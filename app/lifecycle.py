"""What is on its way out of the API: since when, until when, and what takes its place.

Six months pass between the two days; nothing else may change what exists within v1.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from typing import Final


@dataclass(frozen=True)
class Leaving:
    """`successor` is the address of what to use instead, relative to the API."""

    since: date
    until: date
    successor: str

    def headers(self) -> dict[str, str]:
        """RFC 9745 (a structured date), RFC 8594 (an HTTP date), RFC 8288."""
        begins = int(datetime.combine(self.since, time(), UTC).timestamp())
        ends = datetime.combine(self.until, time(), UTC)
        return {
            "Deprecation": f"@{begins}",
            "Sunset": format_datetime(ends, usegmt=True),
            "Link": f'</api/v1{self.successor}>; rel="successor-version"',
        }


LEAVING: Final[dict[str, Leaving]] = {}  # by operationId; nothing is leaving
NOTICE: Final = 180  # days at least
