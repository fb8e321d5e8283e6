"""Who carries how much in a body: mandates, tasks, help to vote, what the pillars add; so that power does not pool."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zlib import crc32

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from core.models import Aid, Body, EnteredBallot, Mandate, Membership, Person, Task
from core.registry import LOADS, Load
from core.rules.carrying import Spread, spread

LATELY = timedelta(days=365)
SEASON = timedelta(days=90)
"""So long somebody carries what is done in an evening: long enough to see with whom it stays."""
ASKED_AT_ONCE = 5
NAMED_AT_MOST = 100


def mandates_held(body: Body, at: datetime) -> Mapping[int, int]:
    """Mandates in force."""
    rows = Mandate.objects.in_force(at).filter(body=body).order_by().values_list("person")
    return dict(rows.annotate(n=Count("pk")))


def tasks_open(body: Body, _at: datetime) -> Mapping[int, int]:
    """Tasks of adopted decisions that are not done."""
    rows = Task.objects.filter(proposal__body=body, proposal__stage="adopted", done_at__isnull=True)
    return dict(rows.exclude(person=None).order_by().values_list("person").annotate(n=Count("pk")))


def votes_helped_in(body: Body, at: datetime) -> Mapping[int, int]:
    """In how many votes each entered ballots for others lately, or sat at the helper desk: a whole list counts once."""
    since, here = at - SEASON, {"vote__proposal__body": body}
    wrote = EnteredBallot.objects.filter(**here, entered_at__gt=since).values_list("first__person", "vote")
    confirmed = EnteredBallot.objects.filter(**here, confirmed_at__gt=since).values_list("second__person", "vote")
    helped = Aid.objects.filter(**here, at__gt=since).values_list("helper", "vote")
    return Counter(person for person, _vote in wrote.union(confirmed, helped))


OWN: tuple[Load, ...] = (
    Load("mandates", _("Mandates"), mandates_held),
    Load("tasks", _("Open tasks"), tasks_open),
    Load("desk", _("Votes in which others were helped to vote, in three months"), votes_helped_in),
)


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of load and how it is spread."""

    load: Load
    spread: Spread


@dataclass(frozen=True, slots=True)
class Carrier:
    """A member who carries something, and how much of each sort."""

    person: Person
    parts: Sequence[tuple[Load, int]]


@dataclass(frozen=True, slots=True)
class Carrying:
    """All of it. `carriers` by name and not by number; `could_be_asked` in another order every day."""

    whole: Spread
    sorts: Sequence[Sort]
    carriers: Sequence[Carrier]
    not_named: int
    mine: Sequence[tuple[Load, int]]
    could_be_asked: Sequence[Person]


def get_carrying(body: Body, person: Person, at: datetime) -> Carrying:
    """A fixed number of statements, and one for each sort of load."""
    members = set(Membership.objects.open().filter(body=body).values_list("person", flat=True))
    sorts = [(load, only(load.held(body, at), members)) for load in (*OWN, *LOADS)]
    total: Counter[int] = Counter()
    for _load, held in sorts:
        total.update(held)
    named = Person.objects.filter(pk__in=list(total)).order_by("display_name", "pk")[:NAMED_AT_MOST]
    return Carrying(
        whole=spread(total.values(), len(members)),
        sorts=[Sort(load, spread(held.values(), len(members))) for load, held in sorts],
        carriers=[Carrier(each, parts(sorts, each.pk)) for each in named],
        not_named=max(len(total) - NAMED_AT_MOST, 0),
        mine=parts(sorts, person.pk),
        could_be_asked=get_could_be_asked(body, set(total), at),
    )


def only(held: Mapping[int, int], members: set[int]) -> dict[int, int]:
    """What members carry; who has left carries nothing any more."""
    return {key: number for key, number in held.items() if key in members and number > 0}


def parts(sorts: Sequence[tuple[Load, Mapping[int, int]]], person: int) -> list[tuple[Load, int]]:
    """What one person carries, sort by sort."""
    return [(load, held[person]) for load, held in sorts if held.get(person)]


def get_could_be_asked(body: Body, busy: set[int], at: datetime) -> list[Person]:
    """Members with a voice who carry nothing now and held no mandate in the last year, a few of them each day.

    The order is that of a hash of day and person: the same for all who look on one day, and nobody is always first.
    """
    held_lately = Mandate.objects.filter(body=body, ends_at__gt=at - LATELY).values("person")
    free = Membership.objects.filter(body=body).with_voice(at).exclude(person__in=held_lately)
    keys = [key for key in free.values_list("person", flat=True) if key not in busy]
    today = at.date().isoformat()
    drawn = sorted(keys, key=lambda key: crc32(f"{today} {key}".encode()))[:ASKED_AT_ONCE]
    found = Person.objects.in_bulk(drawn)
    return [found[key] for key in drawn]
