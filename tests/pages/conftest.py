"""Pages ask the register and no database: one of each kind will do; its own tests ask all three."""

import pytest

from tests.conftest import NewDatabase


@pytest.fixture(params=["sqlite", "postgresql_18"])
def new_database(request: pytest.FixtureRequest) -> NewDatabase:
    create: NewDatabase = request.getfixturevalue(f"new_{request.param}")
    return create
