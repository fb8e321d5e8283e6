"""What stands on top of every page."""

from dataclasses import dataclass

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
    """Two statements."""
    rows = Body.objects.of(person).filter(ended_at__isnull=True).order_by("name").values_list("slug", "name")
    return Surroundings(
        bodies=[Place(slug, name) for slug, name in rows],
        unread=Notice.objects.filter(person=person).unseen().count(),
    )
