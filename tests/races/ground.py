"""Where races are run: a body, its people and whatever is contested, written as rows so that a round is cheap."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from core import record as writing
from core.actions.closing import close
from core.models import (
    Ballot,
    Body,
    Candidacy,
    Charter,
    Election,
    Mandate,
    Membership,
    Offer,
    Person,
    Proposal,
    RollEntry,
    TextVersion,
    Vote,
    Withdrawal,
)
from core.timekeeping import folkmoot_now

SIZE = 5
LONG_AGO = timedelta(days=40)
_numbers = count(1)


@dataclass
class Ground:
    """A body of five that many rounds reuse; whoever left is replaced before the next round."""

    body: Body
    charter: Charter
    people: list[Person]
    seats: list[Membership] = field(default_factory=list)

    def seat_all(self) -> None:
        """Everybody is a member again, as before the round."""
        open_now = {row.person_id: row for row in Membership.objects.filter(body=self.body, ended_at=None)}
        at = timezone.now() - LONG_AGO
        missing = [person for person in self.people if person.pk not in open_now]
        made = Membership.objects.bulk_create(
            Membership(body=self.body, person=person, joined_at=at, voice_from=at) for person in missing
        )
        open_now |= {row.person_id: row for row in made}
        self.seats = [open_now[person.pk] for person in self.people]


@transaction.atomic
def make_ground(name: str) -> Ground:
    """A body with its charter, its empty record and five people."""
    at = timezone.now() - 2 * LONG_AGO
    body = Body.objects.create(name=name, slug=name, formed_at=at, adopted_at=at)
    writing.begin(body)
    charter = Charter.objects.create(body=body, number=1, purpose="Races.", drafted_at=at, in_force_at=at)
    people = [Person(sign_in_name=f"{name}.{n}", display_name=f"{name} {n}", password="!") for n in range(SIZE)]
    ground = Ground(body, charter, Person.objects.bulk_create(people))
    ground.seat_all()
    return ground


def make_proposal(ground: Ground, stage: str = "discussion", **extra: Any) -> Proposal:
    """A proposal at a stage, with its text."""
    at = timezone.now() - LONG_AGO
    proposal = Proposal.objects.create(
        body=ground.body,
        author=ground.people[0],
        title=f"Race {next(_numbers)}",
        created_at=at,
        discussion_at=at,
        stage=stage,
        **({"kind": "decision"} | extra),
    )
    TextVersion.objects.create(proposal=proposal, number=1, title=proposal.title, text="Text.", at=at)
    return proposal


def make_vote(proposal: Proposal, ground: Ground, *, closes_in: float, rule: str = "consensus", **extra: Any) -> Vote:
    """An open vote of the whole body that closes in so many seconds."""
    matter = proposal.kind if proposal.kind in ("recall", "charter", "election") else "ordinary"
    opened_at = folkmoot_now()
    vote = Vote.objects.create(
        proposal=proposal,
        number=1,
        matter=matter,
        rule=rule,
        charter=ground.charter,
        text=proposal.texts.get(),
        opened_at=opened_at,
        closes_at=opened_at + timedelta(seconds=closes_in),
        quorum_num=1,
        quorum_den=3 if rule == "recall" else 2,
        agreement_num=4,
        agreement_den=5,
        asides_num=1,
        asides_den=4,
        **extra,
    )
    RollEntry.objects.bulk_create(RollEntry(vote=vote, person=seat.person, membership=seat) for seat in ground.seats)
    vote.roll_size = len(ground.seats)
    vote.save(update_fields=["roll_size"])
    return vote


def make_voted(proposal_of: Callable[[], Proposal], ground: Ground, *, agree: int, closes_in: float) -> Vote:
    """A vote that so many agree in and that closes in a moment; with more time where the machine is too busy."""
    while True:
        vote = make_vote(proposal_of(), ground, closes_in=closes_in)
        at = vote.opened_at
        entries = list(vote.roll.order_by("pk")[:agree])
        try:
            with transaction.atomic():
                Ballot.objects.bulk_create(
                    Ballot(
                        vote=vote,
                        roll=entry,
                        position="agree",
                        cast_at=at,
                        changed_at=at,
                        nonce=b"n" * 32,
                        leaf="0" * 64,
                    )
                    for entry in entries
                )
        except DatabaseError:
            closes_in *= 2
            close(vote.pk)
        else:
            return vote


def make_mandate(ground: Ground, delegate: Person, *, ends_in: float = 1e6) -> Mandate:
    """A mandate in force."""
    at = timezone.now()
    granted = make_proposal(ground, "adopted", kind="mandate", closed_at=at - LONG_AGO / 2, effect="done")
    return Mandate.objects.create(
        body=ground.body,
        person=delegate,
        granted_by=granted,
        title=granted.title,
        task="Keep the keys.",
        limits="Spend nothing.",
        starts_at=at - LONG_AGO / 2,
        ends_at=folkmoot_now() + timedelta(seconds=ends_in),
    )


def make_offer(proposal: Proposal, person: Person) -> Offer:
    """An accepted offer of a mandate."""
    return Offer.objects.create(
        proposal=proposal,
        person=person,
        task="Keep the keys.",
        limits="None.",
        term_days=30,
        accepted_at=timezone.now(),
    )


def make_election(ground: Ground, candidate: Person) -> Proposal:
    """An election in discussion in which one stands."""
    proposal = make_proposal(ground, kind="election")
    election = Election.objects.create(proposal=proposal, task="Speak for us.", limits="None.", term_days=30)
    at = timezone.now()
    Candidacy.objects.create(election=election, person=candidate, proposed_at=at, accepted_at=at)
    return proposal


def withdraw_quietly(mandate: Mandate, seats: Iterable[Membership]) -> None:
    """These had withdrawn their confidence before."""
    Withdrawal.objects.bulk_create(Withdrawal(mandate=mandate, membership=seat, nonce=b"n" * 32) for seat in seats)


def shortly(dice: random.Random) -> float:
    """A moment just ahead, in seconds: some acts come before it, some after."""
    return dice.uniform(0.004, 0.03)
