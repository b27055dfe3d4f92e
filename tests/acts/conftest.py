"""The acts are tried on one database of each kind; the API's tests ask all three."""

import pytest

from tests.conftest import NewDatabase


@pytest.fixture(params=["sqlite", "postgresql_18"])
def new_database(request: pytest.FixtureRequest) -> NewDatabase:
    create: NewDatabase = request.getfixturevalue(f"new_{request.param}")
    return create
