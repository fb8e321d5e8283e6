"""The council in which people come and go, and gina, who is in none."""

import pytest
from django.core.cache import cache

from core.models import Person
from tests import village
from tests.core.people.cast import make_street
from tests.scenes import scene

street = scene(make_street)


@pytest.fixture
def gina(db: None) -> Person:
    """Somebody with an account, whose tries are not counted yet."""
    cache.clear()
    return village.make_person("gina")
