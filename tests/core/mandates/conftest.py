"""Bruno runs the tool library of Alder Street."""

from dataclasses import dataclass

import pytest

from core.models import Body, Mandate, Person
from tests import village
from tests.scenes import scene


@dataclass(frozen=True)
class Library:
    """The council of five, and bruno's mandate."""

    people: list[Person]
    street: Body
    mandate: Mandate


def make_street() -> tuple[list[Person], Body]:
    """The council before it has given a mandate."""
    people = village.make_people("ana", "bruno", "carla", "dario", "eva")
    return people, village.make_council("Alder Street", people)


def make_library() -> Library:
    """Its people agree that bruno runs it."""
    people, street = make_street()
    return Library(people, street, village.make_mandate(street, people, people[1], author=people[0]))


council = scene(make_street)
library = scene(make_library)


@pytest.fixture
def people(request: pytest.FixtureRequest) -> list[Person]:
    if "mandate" in request.fixturenames:
        found: Library = request.getfixturevalue("library")
        return found.people
    members: list[Person] = request.getfixturevalue("council")[0]
    return members


@pytest.fixture
def street(request: pytest.FixtureRequest) -> Body:
    if "mandate" in request.fixturenames:
        found: Library = request.getfixturevalue("library")
        return found.street
    body: Body = request.getfixturevalue("council")[1]
    return body


@pytest.fixture
def mandate(library: Library) -> Mandate:
    """Bruno runs the tool library."""
    return library.mandate
