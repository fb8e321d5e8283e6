"""The room as it is now: who is here, who speaks, who is next, how it feels. One picture for every screen."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from core.models import Membership, Person, Vote
from councils.models import AgendaItem, Assembly, Attendance, Turn, Waiver, Wave
from councils.queries.assemblies import Quorum, get_quorum
from councils.rules.fairness import Spread, spread
from councils.rules.speakers import Hand, Raised, Spoken, in_order

LISTED = 200
"""So many names stand at the door at once."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whose hand is up, in the order in which they will speak."""

    membership: Membership
    hand: Hand
    first: bool


@dataclass(frozen=True, slots=True)
class Question:
    """Whether to waive the discussion: what those present have said so far, as numbers, and what one said oneself."""

    waiver: Waiver
    agree: int
    against: int
    own: bool | None


@dataclass(slots=True)
class Room:
    """All of it."""

    assembly: Assembly
    at: datetime
    quorum: Quorum
    present: list[Membership] = field(default_factory=list)
    item: AgendaItem | None = None
    next_items: list[AgendaItem] = field(default_factory=list)
    speaking: Turn | None = None
    waiting: list[Waiting] = field(default_factory=list)
    felt: dict[str, int] = field(default_factory=dict)
    question: Question | None = None
    spread: Spread | None = None

    @property
    def ends_at(self) -> datetime | None:
        """When the time for the running item is up."""
        if self.item is None or self.item.begun_at is None:
            return None
        return self.item.begun_at + timedelta(minutes=self.item.whole_box)

    @property
    def minutes_left(self) -> int:
        """Whole minutes until then; below nothing once it is over."""
        return int((self.ends_at - self.at).total_seconds() // 60) if self.ends_at else 0

    @property
    def felt_bar(self) -> list[dict[str, str]]:
        """The waves as parts of a bar that is 100 long."""
        whole, parts, x = sum(self.felt.values()), [], 0.0
        for sign, number in self.felt.items():
            width = 100 * number / whole if whole else 0.0
            parts.append({"sign": sign, "x": f"{x:.2f}", "width": f"{width:.2f}"})
            x += width
        return parts

    @property
    def over(self) -> bool:
        """Whether the running item has used up its time."""
        return self.ends_at is not None and self.at >= self.ends_at


def get_room(assembly: Any, person: Person, *, at: datetime) -> Room:
    """Six statements at most, however many are here; the assembly was read `with_numbers`."""
    attending = list(Attendance.objects.filter(assembly=assembly).select_related("membership__person"))
    present = [each.membership for each in attending if each.left_at is None and each.membership.ended_at is None]
    items = list(with_waves(assembly).order_by("place", "pk"))
    item = next((each for each in items if each.is_running), None)
    turns = list(Turn.objects.filter(assembly=assembly, lowered_at__isnull=True).select_related("membership__person"))
    return Room(
        assembly=assembly,
        at=at,
        quorum=get_quorum(assembly),
        present=sorted(present, key=lambda each: (each.person.display_name.casefold(), each.pk)),
        item=item,
        next_items=[each for each in items if each.begun_at is None],
        speaking=next((each for each in turns if each.called_at and not each.ended_at), None),
        waiting=waiting_in(turns, at),
        felt={sign: getattr(item, sign) for sign in Wave.Sign.values} if item is not None else {},
        question=question_in(assembly, present, person),
        spread=get_spread({each.membership_id for each in attending}, turns, at),
    )


def get_absent(room: Room, words: str) -> list[Membership]:
    """Members who are not on the list at the door, by name; of a large body those whose name has these letters."""
    here = [each.pk for each in room.present]
    members = Membership.objects.open().filter(body=room.assembly.body).exclude(pk__in=here).select_related("person")
    found = members.filter(person__display_name__icontains=words) if words else members
    return list(found.order_by("person__display_name", "pk")[:LISTED])


def get_who_was_there(assembly: Assembly) -> list[Membership]:
    """Members who were in the room at some time, by name."""
    came = Attendance.objects.filter(assembly=assembly).values("membership")
    members = Membership.objects.open().filter(pk__in=came).select_related("person")
    return list(members.order_by("person__display_name", "pk"))


def waiting_in(turns: Iterable[Turn], at: datetime) -> list[Waiting]:
    """The speakers' list."""
    up = {each.membership_id: each for each in turns if each.called_at is None}
    spoken = spoken_in(turns, at)
    return [
        Waiting(up[each.who].membership, each.hand, each.who not in spoken)
        for each in in_order(hands(up.values()), spoken, answered=answered(turns))
    ]


def hands(up: Iterable[Turn]) -> list[Raised]:
    """Raised hands, numbered in the order in which they went up."""
    ordered = sorted(up, key=lambda each: (each.raised_at, each.pk))
    return [Raised(each.membership_id, Hand(each.kind), number) for number, each in enumerate(ordered)]


def spoken_in(turns: Iterable[Turn], at: datetime) -> dict[int, Spoken]:
    """How often and how long each has spoken; a turn that goes on counts up to now."""
    found: dict[int, Spoken] = {}
    for each in turns:
        if each.called_at is None or each.kind == Hand.PROCESS:
            continue
        before = found.get(each.membership_id, Spoken())
        seconds = int(((each.ended_at or at) - each.called_at).total_seconds())
        found[each.membership_id] = Spoken(before.times + 1, before.seconds + max(seconds, 0))
    return found


def answered(turns: Iterable[Turn]) -> bool:
    """Whether the newest speech has had its direct response already."""
    called = [each for each in turns if each.called_at is not None and each.kind != Hand.PROCESS]
    latest: Any = max(called, key=lambda each: (each.called_at, each.pk), default=None)
    return latest is not None and latest.kind == Hand.RESPONSE


def get_order(assembly: Assembly) -> list[Raised]:
    """Who is next, read within an act that has locked the assembly."""
    turns = list(Turn.objects.filter(assembly=assembly, lowered_at__isnull=True))
    at = max((each.ended_at or each.called_at or each.raised_at for each in turns), default=assembly.made_at)
    up = [each for each in turns if each.called_at is None]
    return in_order(hands(up), spoken_in(turns, at), answered=answered(turns))


def with_waves(assembly: Assembly) -> QuerySet[Any]:
    """The items with the waves of those in the room, by sign, and whether a vote on it is secret; only of the one that
    runs anybody asks.
    """
    here = Attendance.objects.present().filter(assembly=assembly).values("membership")
    counts = {sign: Count("waves", filter=Q(waves__sign=sign, waves__membership__in=here)) for sign in Wave.Sign.values}
    secret = Vote.objects.open().filter(proposal=OuterRef("proposal"), secret=True)
    return assembly.items.select_related("proposal").annotate(**counts, secret=Exists(secret))


def question_in(assembly: Assembly, present: Iterable[Membership], person: Person) -> Question | None:
    """The question that is open now, with the answers of those in the room: one statement."""
    asked = Waiver.objects.filter(assembly=assembly, settled_at__isnull=True)
    rows = list(asked.annotate(who=F("consents__membership"), says=F("consents__agrees")))
    if not rows:
        return None
    whose = {each.pk: each.person_id for each in present}
    said = {whose[each.who]: each.says for each in rows if each.who in whose}
    agree = sum(said.values())
    return Question(rows[0], agree, len(said) - agree, said.get(person.pk))


def get_spread(was_there: set[int], turns: Iterable[Turn], at: datetime) -> Spread:
    """How the time to speak was shared among all who were there at some time."""
    spoken = spoken_in(turns, at)
    said = [spoken.get(each, Spoken()) for each in sorted(was_there | spoken.keys())]
    return spread([each.times for each in said], [each.seconds for each in said])
