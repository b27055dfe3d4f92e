"""The register's endpoints, a file a noun."""

from app.routers.api import (
    accounts,
    changes,
    departments,
    enterprises,
    imports,
    jobs,
    leaders,
    liaison_pairs,
    permits,
    power_items,
    role_grants,
    sessions,
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
    sessions,
    accounts,
    role_grants,
    imports,
    jobs,
)
