"""For tests that ask most of SQL: both databases, and the oldest version that is supported.

Import `new_database` into a test file, and all its tests run on the three.
"""

import pytest

from tests.conftest import NewDatabase


@pytest.fixture(params=["sqlite", "postgresql_16", "postgresql_18"])
def new_database(request: pytest.FixtureRequest) -> NewDatabase:
    create: NewDatabase = request.getfixturevalue(f"new_{request.param}")
    return create
