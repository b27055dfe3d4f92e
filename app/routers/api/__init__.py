"""The register's endpoints, a file a noun."""

from app.routers.api import (
    changes,
    departments,
    enterprises,
    leaders,
    liaison_pairs,
    permits,
    power_items,
    statistics,
    verifications,
)

NOUNS = (
    departments,
    permits,
    power_items,
    verifications,
    leaders,
    enterprises,
    liaison_pairs,
    statistics,
    changes,
)
