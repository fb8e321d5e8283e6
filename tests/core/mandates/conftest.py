"""Bruno runs the tool library of Alder Street."""

import pytest

from core.models import Body, Mandate, Person
from tests import village


@pytest.fixture
def people() -> list[Person]:
    return village.make_people("ana", "bruno", "carla", "dario", "eva")


@pytest.fixture
def street(people: list[Person]) -> Body:
    return village.make_council("Alder Street", people)


@pytest.fixture
def mandate(street: Body, people: list[Person]) -> Mandate:
    """Bruno runs the tool library."""
    return village.make_mandate(street, people, people[1], author=people[0])
