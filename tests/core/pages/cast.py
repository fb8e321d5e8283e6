"""The council of the page tests, and what its fixtures are."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from core.models import Body, Person, Proposal
from tests import village

SignedIn = Callable[[Person], Client]
Lines = Callable[[], int]
Queries = Callable[..., AbstractContextManager[Any]]


@dataclass(frozen=True)
class Street:
    """A council of five that has adopted its charter; dario is of nowhere."""

    body: Body
    ana: Person
    bruno: Person
    carla: Person
    eva: Person
    farid: Person
    dario: Person

    @property
    def members(self) -> list[Person]:
        """All but dario."""
        return [self.ana, self.bruno, self.carla, self.eva, self.farid]


def make_street() -> Street:
    """The council and its people."""
    people = village.make_people("ana", "bruno", "carla", "eva", "farid", "dario")
    return Street(village.make_council("Alder Street", people[:5]), *people)


def act(client: Client, name: str, proposal: Proposal, **data: Any) -> Any:
    """Send the form of an act on a proposal."""
    return client.post(reverse(f"core:{name}", args=[proposal.pk]), {"once": "k1", **data})


def page_of(client: Client, proposal: Proposal) -> str:
    """The page of a proposal, as sent."""
    return client.get(proposal.get_absolute_url()).content.decode()


def stage_of(proposal: Proposal) -> str:
    """The stage as the database has it."""
    return Proposal.objects.get(pk=proposal.pk).stage
