"""What each test of the table may seal lies in a store of its own."""

import pytest


@pytest.fixture(autouse=True)
def sealed(request: pytest.FixtureRequest) -> None:
    """Where the database is used."""
    if "db" in request.fixturenames:
        request.getfixturevalue("seals_folder")
