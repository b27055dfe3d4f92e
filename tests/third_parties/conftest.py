"""A database of each kind: what is kept of third parties has no third way of being kept."""

import pytest

from tests.conftest import NewDatabase


@pytest.fixture(params=["sqlite", "postgresql_18"])
def new_database(request: pytest.FixtureRequest) -> NewDatabase:
    create: NewDatabase = request.getfixturevalue(f"new_{request.param}")
    return create
