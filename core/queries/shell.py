"""What stands on top of every page."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import JSONObject

from core.models import Body, Notice, Person


@dataclass(frozen=True, slots=True)
class Place:
    """One of the person's bodies in the menu."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A person's bodies by name, and how many notices they have not seen."""

    bodies: list[Place]
    unread: int


def get_surroundings(person: Person) -> Surroundings:
    """One statement: it is asked on every page."""
    bodies = Body.objects.of(person).filter(ended_at__isnull=True).order_by("name")
    unseen = Notice.objects.filter(person=OuterRef("pk")).unseen().order_by().values("person")
    asked = Person.objects.filter(pk=person.pk).values_list(
        ArraySubquery(bodies.values(place=JSONObject(slug="slug", name="name"))),
        Subquery(unseen.annotate(n=Count("pk")).values("n")),
    )
    for places, unread in asked:
        return Surroundings([Place(**place) for place in places], unread or 0)
    return Surroundings([], 0)
