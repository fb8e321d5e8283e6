"""The council in which people come and go."""

import pytest

from tests.core.people.cast import Street, make_street


@pytest.fixture
def street(db: None) -> Street:
    """Admission by vouching."""
    return make_street()
