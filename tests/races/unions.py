"""Two bodies become one while people vote in the one that ends, and somebody leaves it."""

import random
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core.actions import accords, ballots, memberships
from core.models import Accord, AccordSide, Ballot, Membership, Proposal, RecordHead
from core.record import record
from core.rules.positions import Position
from tests.races.ground import LONG_AGO, Ground, make_ground, make_proposal, make_vote
from tests.races.running import Runners, check, errors, lines


@transaction.atomic
def make_agreed(lead: Ground, other: Ground) -> Accord:
    """An accord that both have adopted long enough ago."""
    at = timezone.now() - LONG_AGO
    accord = Accord.objects.create(
        kind="union", lead=lead.body, title="Become one", text="Near.", begun_at=at, asked_at=at + timedelta(days=1)
    )
    for ground in (lead, other):
        if RecordHead.objects.get(body=ground.body).seq == 0:
            record("body.formed", ground.body, by=None, at=at)
        decided = make_proposal(ground, "adopted", kind="union", closed_at=at, stands=True)
        AccordSide.objects.create(accord=accord, body=ground.body, first=ground is other, proposal=decided)
    return accord


def uniting_against_votes_and_leaving(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """What is acknowledged is counted, all end with the body, and who left before is not taken along."""
    other = make_ground(f"race-{secrets.token_hex(6)}")
    accord = make_agreed(ground, other)
    vote = make_vote(make_proposal(other, "voting"), other, closes_in=600)
    leaving, *voters = dice.sample(other.people, 3)

    came = runners.together(
        dice,
        lambda: accords.go_on(accord.pk),
        lambda: memberships.leave(other.body, by=leaving),
        *(lambda p=p: ballots.cast(vote, Position.AGREE, by=p) for p in voters),
    )

    for row in (vote, accord, other.body):
        row.refresh_from_db()
    acknowledged = {voter.pk for voter, each in zip(voters, came[2:], strict=True) if each.done}
    kept = set(Ballot.objects.filter(vote=vote).values_list("roll__person", flat=True))
    own = Proposal.objects.get(body=ground.body, accord__accord=accord)
    inside = set(Membership.objects.open().filter(body=ground.body).values_list("person", flat=True))
    staying = {person.pk for person in other.people} - ({leaving.pk} if came[1].done else set())
    return errors(came) + check(
        done=came[0].result is True and accord.done_at is not None and other.body.ended_at is not None,
        overtaken=vote.outcome == "overtaken" and sum((vote.tally or {}).values()) == len(acknowledged),
        acknowledged_is_kept=kept == acknowledged,
        all_came_along=inside & {person.pk for person in other.people} == staying,
        nobody_is_left_behind=not Membership.objects.open().filter(body=other.body).exists(),
        one_line_each=len(lines(ground, "bodies.united", proposal=own.pk)) == 1,
    )
