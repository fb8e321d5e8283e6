"""A council of five on its pages: ana writes, bruno, carla, eva and farid are members, dario is an outsider."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from core.models import Person, RecordLine
from tests import village


@pytest.fixture
def street(db: None) -> SimpleNamespace:
    """A council that has adopted its charter, its people by name, and somebody of nowhere."""
    ana, bruno, carla, eva, farid, dario = village.make_people("ana", "bruno", "carla", "eva", "farid", "dario")
    members = [ana, bruno, carla, eva, farid]
    body = village.make_council("Alder Street", members)
    return SimpleNamespace(
        body=body, members=members, ana=ana, bruno=bruno, carla=carla, eva=eva, farid=farid, dario=dario
    )


@pytest.fixture
def as_person() -> Callable[[Person], Client]:
    """A browser in which somebody is signed in."""

    def signed_in(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def lines(db: None) -> Callable[[], int]:
    """How many lines all records have: what was refused writes none."""
    return RecordLine.objects.count
