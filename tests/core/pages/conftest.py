"""A council of five on its pages: ana writes, bruno, carla, eva and farid are members, dario is an outsider."""

import pytest
from django.test import Client

from core.models import Person, RecordLine
from tests.core.pages.cast import Lines, SignedIn, make_street
from tests.scenes import scene

street = scene(make_street)


@pytest.fixture
def as_person() -> SignedIn:
    """A browser in which somebody is signed in."""

    def signed_in(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def lines(db: None) -> Lines:
    """How many lines all records have: what was refused writes none."""
    return RecordLine.objects.count
