"""What stands of calling a decision down, and of confidence in a mandate. Of people there are numbers only."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from confederation.models import BodyWithdrawal, Call, PeopleVote, PersonWithdrawal, Referral, Seat, Station
from confederation.permissions import ratifying as may
from confederation.queries.reach import below, people_at_least, people_calling, people_withdrawing
from confederation.rules.confidence import is_lost
from confederation.rules.ratifying import calling_below, is_called_down
from core.models import Mandate, Person, RecordLine
from core.refusals import Verdict


@dataclass(frozen=True, slots=True)
class Called:
    """Who calls a decision down: the keys of bodies right below the top, of how many; how many people, of how many."""

    calling: frozenset[int]
    bodies: int
    people_calling: int
    people: int

    @property
    def is_enough(self) -> bool:
        """Whether the people decide."""
        return is_called_down(len(self.calling), self.bodies, self.people_calling, self.people)


def get_called(referral: Referral) -> Called:
    """The calls that count now: of bodies whose seat stands, of people who still have a voice below."""
    calls = Call.objects.standing().filter(referral=referral)
    bodies = calls.filter(body__isnull=False, at__isnull=False).values_list("body_id", flat=True)
    top = referral.proposal.body_id
    counted = Station.objects.filter(referral=referral, counts=True, seat__left_at=None, above__isnull=False)
    return Called(
        calling=called_by(counted, top, [*bodies]),
        bodies=counted.filter(above__body=top).count(),
        people_calling=people_calling(referral.pk, top),
        people=referral.people or 0,
    )


def called_by(counted: QuerySet[Station], top: int, calling: list[int]) -> frozenset[int]:
    """The bodies right below the top that call. Without any call nothing is looked for."""
    if not calling:
        return frozenset()
    above = dict(counted.order_by("level", "pk").values_list("body_id", "above__body_id"))
    return frozenset(calling_below(top, above, [*above], set(calling) & above.keys()))


@dataclass(frozen=True, slots=True)
class Lost:
    """Confidence in a mandate as it is counted: bodies right below that have withdrawn it, of how many; people, of how
    many: all where it is lost, else at least so many.
    """

    withdrawn: frozenset[int]
    bodies: int
    people_withdrawn: int
    people: int

    @property
    def is_lost(self) -> bool:
        """Whether it ends the mandate."""
        return is_lost(len(self.withdrawn), self.bodies, self.people_withdrawn, self.people)


def get_lost(mandate: Mandate) -> Lost:
    """How confidence in a mandate of a confederation stands. For the clock, never for a page (DESIGN 3.3)."""
    top = mandate.body_id
    bodies = BodyWithdrawal.objects.standing().filter(mandate=mandate).values_list("body_id", flat=True)
    withdrawing = people_withdrawing(mandate.pk, top)
    direct = Seat.objects.standing().filter(confederation=top, voice=True)
    return Lost(
        withdrawn=withdrawn_by(top, [*bodies]),
        bodies=direct.count(),
        people_withdrawn=withdrawing,
        people=people_at_least(top, 2 * withdrawing) if withdrawing else 0,
    )


def withdrawn_by(top: int, bodies: list[int]) -> frozenset[int]:
    """The bodies right below that have withdrawn it; a confederation has when more than half of its bodies have.

    A body in several of them has one word in each.
    """
    if not bodies:
        return frozenset()
    inside = [top, *below(top)]
    rows = Seat.objects.standing().filter(confederation__in=inside, voice=True).values_list("confederation", "body")
    seats: dict[int, list[int]] = {}
    for confederation, body in rows:
        seats.setdefault(confederation, []).append(body)
    return frozenset(body for body in seats.get(top, ()) if has_withdrawn(body, seats, frozenset(bodies)))


def has_withdrawn(body: int, seats: dict[int, list[int]], bodies: frozenset[int]) -> bool:
    """Whether a body, or more than half of the bodies in it, have."""
    inside = seats.get(body, [])
    return body in bodies or 2 * sum(has_withdrawn(each, seats, bodies) for each in inside) > len(inside)


def records_of(bodies: frozenset[int]) -> list[str]:
    """The names of bodies' records, in order."""
    first = RecordLine.objects.filter(body__in=bodies, seq=1).values_list("hash", flat=True)
    return sorted(line[:32] for line in first)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a page shows of a decision that waits, was called down, or is before the people."""

    in_force_from: datetime | None
    called_down_at: datetime | None
    narrow: bool
    called: Called
    mine: bool
    can_call: Verdict
    people_vote: PeopleVote | None


def get_standing(referral: Referral, person: Person, *, at: datetime) -> Standing:
    """How it stands, and whether the reader has called it down. Of what was not adopted nothing is looked for."""
    if referral.in_force_from is None:
        nobody = Called(frozenset(), 0, 0, 0)
        return Standing(None, None, referral.narrow, nobody, False, may.is_waiting(referral), None)
    return Standing(
        in_force_from=referral.in_force_from,
        called_down_at=referral.called_down_at,
        narrow=referral.narrow,
        called=get_called(referral),
        mine=Call.objects.standing().filter(referral=referral, person=person).exists(),
        can_call=may.can_call(person, referral, at=at),
        people_vote=PeopleVote.objects.filter(referral=referral).first() if referral.called_down_at else None,
    )


@dataclass(frozen=True, slots=True)
class Confidence:
    """What a page shows of confidence in a mandate of a confederation: what the reader has done, and nothing else."""

    mine: bool
    can_withdraw: Verdict


def get_confidence(mandate: Mandate, person: Person, *, at: datetime) -> Confidence:
    """Whether the reader has withdrawn it, and may."""
    return Confidence(
        mine=PersonWithdrawal.objects.filter(mandate=mandate, person=person).exists(),
        can_withdraw=may.can_withdraw_confidence(person, mandate, at=at),
    )
