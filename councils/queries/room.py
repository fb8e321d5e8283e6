"""The room as it is now: who is here, who speaks, who is next, how it feels. One picture for every screen."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from core.models import Membership, Person
from core.queries.charters import get_charter
from councils.models import AgendaItem, Assembly, Attendance, Consent, Turn, Waiver, Wave
from councils.rules.fairness import Spread, spread
from councils.rules.speakers import Hand, Raised, Spoken, in_order


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
    """All of it. Numbers of members with a voice decide the quorum; `guests` are only counted."""

    assembly: Assembly
    at: datetime
    present: list[Membership] = field(default_factory=list)
    voices: int = 0
    here: int = 0
    needed: int = 0
    item: AgendaItem | None = None
    next_items: list[AgendaItem] = field(default_factory=list)
    speaking: Turn | None = None
    waiting: list[Waiting] = field(default_factory=list)
    felt: dict[str, int] = field(default_factory=dict)
    question: Question | None = None
    spread: Spread | None = None

    @property
    def has_quorum(self) -> bool:
        """Whether enough members with a voice are here."""
        return self.here >= self.needed

    @property
    def missing(self) -> int:
        """How many more it takes."""
        return max(self.needed - self.here, 0)

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


def get_room(assembly: Assembly, person: Person | None, *, at: datetime) -> Room:
    """Eight statements, however many are here."""
    attending = Attendance.objects.present().filter(assembly=assembly).select_related("membership__person")
    present = [each.membership for each in attending.order_by("membership__person__display_name", "pk")]
    voices = Membership.objects.with_voice(at).filter(body=assembly.body_id).count()
    items = list(assembly.items.select_related("proposal").order_by("place", "pk"))
    item = next((each for each in items if each.is_running), None)
    turns = list(Turn.objects.filter(assembly=assembly, lowered_at__isnull=True).select_related("membership__person"))
    return Room(
        assembly=assembly,
        at=at,
        present=present,
        voices=voices,
        here=sum(each.has_voice(at) for each in present),
        needed=max(get_charter(assembly.body).numbers.quorum.needed_of(voices), 1),
        item=item,
        next_items=[each for each in items if each.begun_at is None],
        speaking=next((each for each in turns if each.called_at and not each.ended_at), None),
        waiting=waiting_in(turns, at),
        felt=felt_in(item, present),
        question=question_in(assembly, person),
        spread=get_spread(assembly, turns),
    )


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


def felt_in(item: AgendaItem | None, present: Iterable[Membership]) -> dict[str, int]:
    """The waves of those in the room on the running item, by sign."""
    if item is None:
        return {}
    waves = Wave.objects.filter(item=item, membership__in=[each.pk for each in present])
    counted = Counter(waves.values_list("sign", flat=True))
    return {sign: counted[sign] for sign in Wave.Sign.values}


def question_in(assembly: Assembly, person: Person | None) -> Question | None:
    """The question that is open now."""
    waiver = Waiver.objects.filter(assembly=assembly, settled_at__isnull=True).select_related("proposal").first()
    if waiver is None:
        return None
    here = Attendance.objects.present().filter(assembly=assembly).values("membership")
    rows = Consent.objects.filter(waiver=waiver, membership__in=here).values_list("membership__person", "agrees")
    said = dict(rows)
    own = said.get(person.pk) if person is not None else None
    return Question(waiver, sum(said.values()), sum(not agrees for agrees in said.values()), own)


def get_spread(assembly: Assembly, turns: Iterable[Turn]) -> Spread:
    """How the time to speak was shared among all who were there at some time."""
    was_there = set(Attendance.objects.filter(assembly=assembly).values_list("membership", flat=True))
    end = assembly.closed_at or max((each.ended_at or each.called_at or each.raised_at for each in turns), default=None)
    spoken = spoken_in(turns, end) if end is not None else {}
    everybody = sorted(was_there | spoken.keys())
    said = [spoken.get(each, Spoken()) for each in everybody]
    return spread([each.times for each in said], [each.seconds for each in said])
