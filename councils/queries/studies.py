"""What the page of learning shows; and what stands in calendars."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import Body, Person
from core.registry import Occasion
from councils.models import Study, StudySeat

OVER_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Announced:
    """One date: how many places are left, whether the reader comes, and who leads (for members)."""

    study: Study
    coming: int
    comes: bool
    leads: bool
    leader: Person | None

    @property
    def left(self) -> int | None:
        """Places left; None without a limit."""
        return None if self.study.places is None else max(self.study.places - self.coming, 0)


@dataclass(frozen=True, slots=True)
class Learning:
    """What is ahead, soonest first, and what was, latest first."""

    ahead: Sequence[Announced]
    over: Sequence[Announced]


def get_learning(body: Body, person: Person | None, at: datetime) -> Learning:
    """Three statements. Without a person: no names."""
    rows = Study.objects.filter(body=body, called_off_at__isnull=True).with_seats().select_related("leader")
    ahead = list(rows.filter(ends_at__gt=at).order_by("starts_at", "pk"))
    over = list(rows.filter(ends_at__lte=at).order_by("-starts_at", "-pk")[:OVER_SHOWN])
    mine = set()
    if person is not None:
        seats = StudySeat.objects.filter(person=person, study__in=[*ahead, *over])
        mine = set(seats.values_list("study", flat=True))
    return Learning(
        ahead=[announced(study, person, mine) for study in ahead],
        over=[announced(study, person, mine) for study in over],
    )


def announced(study: Study, person: Person | None, mine: set[int]) -> Announced:
    """A date as this reader sees it."""
    return Announced(
        study=study,
        coming=getattr(study, "coming", 0),
        comes=study.pk in mine,
        leads=person is not None and study.leader_id == person.pk,
        leader=study.leader if person is not None else None,
    )


def occasion(study: Study) -> Occasion:
    """A date as it stands in a calendar."""
    words = _("%(kind)s: %(title)s") % {"kind": study.get_kind_display(), "title": study.title}
    link = reverse("councils:study-list", args=[study.body.slug])
    return Occasion(f"study-{study.pk}", words, study.starts_at, link, study.ends_at, study.place)


def occasions(person: Person, bodies: list[int], at: datetime) -> Iterator[Occasion]:
    """For a person's calendar: the dates they come to. The link is the list of bodies: a path would name the body."""
    coming = Study.objects.ahead(at).filter(body__in=bodies, seats__person=person)
    for study in coming.select_related("body"):
        of_study = occasion(study)
        yield Occasion(of_study.key, of_study.words, study.starts_at, reverse("core:home"), study.ends_at, study.place)
