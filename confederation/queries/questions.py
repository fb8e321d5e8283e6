"""One question of a confederation, as its page shows it: where it is, what bodies and people say, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Window

from confederation.models import Referral, Station
from confederation.permissions import speaking as may_speak
from confederation.permissions.ratifying import can_propose_call
from confederation.queries.ratifying import Standing, get_standing
from confederation.queries.seeing import own_stations
from confederation.queries.talk import Talk, get_talks
from confederation.rules.positions import Said
from confederation.words.saying import BODIES, OUTCOME_TONES, OUTCOMES, RIGHTS, SAID, SORTS, TONES
from core.models import Person
from core.queries.remembering import remembering
from core.refusals import Verdict
from core.rules.positions import Position
from core.words.positions import LABELS

SHOWN = 50
Part = tuple[str, object, int]


@dataclass(frozen=True, slots=True)
class Level:
    """How far one level is: so many stations, decided, late."""

    number: int
    closes_at: datetime
    bodies: int
    decided: int
    late: int


@dataclass(frozen=True, slots=True)
class Stop:
    """One body on the way, in words."""

    station: Station
    said: object
    home: object
    tone: str
    late: bool

    @property
    def differs(self) -> bool:
        """Whether something else counts above than what it decided."""
        return self.station.decided_at is not None and self.station.said != self.station.home


@dataclass(frozen=True, slots=True)
class Ours:
    """What a body of the reader's said, and what the reader can propose there."""

    stop: Stop
    own_word: Verdict
    call: Verdict


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """All of it."""

    referral: Referral
    words: str
    top: Station | None
    ours: list[Ours]
    levels: list[Level]
    under: Station | None
    stops: list[Stop]
    more: int
    bodies: list[Part]
    people: list[Part]
    people_roll: int
    standing: Standing
    talks: list[Talk]

    @property
    def outcome(self) -> object:
        """How it was counted at the top, in a word."""
        return OUTCOMES.get(self.referral.outcome, "")

    @property
    def tone(self) -> str:
        """The colour of that."""
        return OUTCOME_TONES.get(self.referral.outcome, "mute")

    @property
    def about(self) -> object:
        """The ceded matter or the shared right that it is about."""
        if self.referral.ceded is not None:
            return f"{SORTS[self.referral.ceded.sort]}: {self.referral.ceded.words}"
        return RIGHTS.get(self.referral.right, "")

    @property
    def roll(self) -> int:
        """How many bodies are counted at the top."""
        return self.top.bodies if self.top is not None else 0

    @property
    def people_part(self) -> list[Part]:
        """The result of the people's vote."""
        vote = self.standing.people_vote
        return people_parts(vote.tally or {}) if vote is not None and vote.counted_at else []


def get_question(referral: Any, person: Person, under: str, *, at: datetime) -> QuestionPage:
    """The page of one question, read by `seen_referral`; `under` is the key of the confederation whose bodies are
    shown, or the top.
    """
    top = referral.stations.filter(above=None).select_related("body").first()
    shown = opened(referral, under) or top
    below = stations_in(shown) if shown is not None else []
    people: Mapping[str, int] = top.people or {} if top is not None else {}
    return QuestionPage(
        referral=referral,
        words=referral.words or "",
        top=top,
        ours=get_ours(referral, person, at),
        levels=get_levels(referral, at),
        under=shown if shown != top else None,
        stops=[stop(station, at) for station in below],
        more=below[0].all_of_them - len(below) if below else 0,
        bodies=body_parts(top.tally or {}) if top is not None else [],
        people=people_parts(people),
        people_roll=people.get("roll", 0),
        standing=get_standing(referral, person, at=at),
        talks=get_talks(referral.proposal, person),
    )


def stations_in(above: Station) -> list[Any]:
    """The first bodies of a confederation on the way, each with the number of all. One statement."""
    rows = Station.objects.filter(above=above).annotate(all_of_them=Window(Count("pk")))
    return list(rows.select_related("body", "deviation").order_by("seat__joined_at", "pk")[:SHOWN])


def get_ours(referral: Referral, person: Person, at: datetime) -> list[Ours]:
    """What bodies of the reader's said."""
    with remembering():
        stations = list(own_stations(person).filter(referral=referral))
        for station in stations:
            station.referral = referral  # read already, with its proposal
        return [ours(station, person, at) for station in stations]


def opened(referral: Referral, under: str) -> Station | None:
    """The confederation whose bodies are to be shown."""
    if not under.isascii() or not under.isdigit() or len(under) > 18:
        return None
    return referral.stations.filter(pk=int(under), level__gt=0).select_related("body", "above").first()


def get_levels(referral: Referral, at: datetime) -> list[Level]:
    """How far each level is, the base first. One statement."""
    rows = referral.stations.values("level", "closes_at").annotate(
        bodies=Count("pk"),
        decided=Count("pk", filter=Q(decided_at__isnull=False)),
        late=Count("pk", filter=Q(decided_at__isnull=True, closes_at__lte=at)),
    )
    return [
        Level(row["level"], row["closes_at"], row["bodies"], row["decided"], row["late"])
        for row in rows.order_by("level")
    ]


def stop(station: Station, at: datetime) -> Stop:
    """One body in words."""
    late = station.decided_at is None and station.closes_at <= at
    return Stop(station, SAID.get(station.said, ""), SAID.get(station.home, ""), TONES.get(station.said, "mute"), late)


def ours(station: Station, person: Person, at: datetime) -> Ours:
    """What a body of the reader's said."""
    return Ours(
        stop(station, at),
        may_speak.can_say_own_word(person, station, at=at),
        can_propose_call(person, station.referral, station.body, at=at),
    )


def body_parts(tally: Mapping[str, int]) -> list[Part]:
    """The bar of bodies."""
    drawn = {Said.AGREE: "agree", Said.DISAGREE: "disagree", Said.ASIDE: "aside", Said.BLOCK: "block"}
    return [(drawn[said], BODIES[said], tally.get(said, 0)) for said in drawn if tally.get(said)]


def people_parts(tally: Mapping[str, int]) -> list[Part]:
    """The bar of people: their ballots at the base, by position."""
    return [(each.value, LABELS[each], tally[each]) for each in Position if tally.get(each)]
