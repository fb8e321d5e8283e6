"""What stands on top of every page."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import JSONObject

from core.models import Body, Notice, Person, Recovery


@dataclass(frozen=True, slots=True)
class Place:
    """One of the person's bodies in the menu."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A person's bodies by name, how many notices they have not seen, and whether a new password waits."""

    bodies: list[Place]
    unread: int
    recovering: bool = False


def get_surroundings(person: Person) -> Surroundings:
    """One statement: it is asked on every page."""
    bodies = Body.objects.of(person).filter(ended_at__isnull=True).order_by("name")
    unseen = Notice.objects.filter(person=OuterRef("pk")).unseen().order_by().values("person")
    asked = Person.objects.filter(pk=person.pk).values_list(
        ArraySubquery(bodies.values(place=JSONObject(slug="slug", name="name"))),
        Subquery(unseen.annotate(n=Count("pk")).values("n")),
        Exists(Recovery.objects.waiting().filter(person=OuterRef("pk"))),
    )
    for places, unread, recovering in asked:
        return Surroundings([Place(**place) for place in places], unread or 0, recovering)
    return Surroundings([], 0)
