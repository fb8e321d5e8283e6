"""The contested moments of secret elections. Each plays one round and returns what was wrong, in words."""

import json
import random
import secrets

from django.utils import timezone

from core.actions import candidacies, opening, secret_ballots
from core.models import Candidacy, Election, Mandate, Vote, VoteKey
from core.rules.lots import SEED_BYTES, sealed
from core.rules.secrecy import new_code
from tests.races.ground import Ground, make_election, make_proposal, shortly
from tests.races.running import Runners, check, errors, lines
from tests.races.secret import (
    five_have_voted,
    make_secret_vote,
    new_key,
    seat_eight,
    state_of,
    three_come_late,
)


def secret_election(ground: Ground, *, closes_in: float) -> Vote:
    """An open secret election of one among the last two of the eight, who have the numbers 1 and 2."""
    seat_eight(ground)
    proposal = make_proposal(ground, "voting", kind="election")
    election = Election.objects.create(proposal=proposal, task="Speak for us.", limits="None.", term_days=30)
    at = timezone.now()
    for number, person in enumerate(ground.people[-2:], start=1):
        Candidacy.objects.create(election=election, person=person, proposed_at=at, accepted_at=at, number=number)
    seed = secrets.token_bytes(SEED_BYTES)
    seals = {"seed": seed.hex(), "seed_hash": sealed(seed)}
    return make_secret_vote(proposal, ground, closes_in=closes_in, rule="approval", seats=1, **seals)


def secret_election_against_close(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """Three ballots around the closing time: what is acknowledged is counted, and one mandate comes of it."""
    vote = five_have_voted(ground, 0.2 + shortly(dice), secret_election, (1,))
    came, count = three_come_late(vote, (2,), ground, runners, dice)

    acknowledged = sum(each.done for each in came)
    tally, shows = vote.tally or {}, {show for show, _choice in vote.listed or []}
    return errors([*came, count]) + check(
        counted=count.result is True,
        acknowledged_is_marked_and_boxed=state_of(vote) == (5 + acknowledged, 5 + acknowledged),
        acknowledged_is_counted=tally.get("approvals") == {"1": 5, "2": acknowledged},
        acknowledged_is_listed=all(each.result.show in shows for each in came if each.done),
        counted_once=len(lines(ground, "vote.counted", proposal=vote.proposal_id)) == 1,
        elected_once=Mandate.objects.filter(granted_by=vote.proposal_id, person=ground.people[-2]).count() == 1,
    )


def one_code_in_two_tabs_of_an_election(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """One person sends one code three times at once, each time other candidates: one ballot, acknowledged each time."""
    vote, code, voter = secret_election(ground, closes_in=3600), new_code(), dice.choice(ground.people)
    came = runners.together(
        dice, *(lambda c=c: secret_ballots.cast(vote, c, code, by=voter) for c in ((1,), (2,), (1, 2)))
    )
    return errors(came) + check(
        all_acknowledged=all(each.done for each in came),
        one_ballot=state_of(vote) == (1, 1),
        one_was_the_first=sum(not each.result.changed for each in came if each.done) == 1,
    )


def two_ballots_of_one_elector(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """One person casts three ballots at once, each with a code of its own: one counts, the others are told so."""
    vote, voter = secret_election(ground, closes_in=3600), dice.choice(ground.people)
    came = runners.together(
        dice, *(lambda c=c: secret_ballots.cast(vote, c, new_code(), by=voter) for c in ((1,), (2,), (0,)))
    )
    return errors(came) + check(
        one_acknowledged=sum(each.done for each in came) == 1,
        one_ballot=state_of(vote) == (1, 1),
    )


def standing_against_secret_opening(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """One who was asked accepts, one who stands steps back, and two open the vote at once.

    It opens once, with one key, and its ballot holds just those who stand.
    """
    seat_eight(ground)
    proposal, at = make_election(ground, ground.people[1]), timezone.now()
    candidacies.propose(proposal, ground.people[2], by=ground.people[3], at=at)
    new_key()
    new_key()
    came = runners.together(
        dice,
        lambda: candidacies.stand(proposal, by=ground.people[2], at=at),
        lambda: candidacies.step_back(proposal, by=ground.people[1], at=at),
        lambda: opening.open_vote(proposal, by=ground.people[0]),
        lambda: opening.open_vote(proposal, by=ground.people[4]),
    )
    rows = Candidacy.objects.filter(election__proposal=proposal)
    opened = lines(ground, "vote.opened", proposal=proposal.pk)
    on_ballot = sorted(row.number for row in rows.exclude(number=None) if row.number is not None)
    named = [len(json.loads(line.line)["data"]["candidates"]) for line in opened]
    times = sum(each.done for each in came[2:])
    return errors(came) + check(
        opened_once=times == len(opened) == proposal.votes.filter(secret=True).count() <= 1,
        one_key=VoteKey.objects.filter(vote__proposal=proposal).count() == times,
        the_list_is_who_stands=not opened or set(rows.standing()) == set(rows.exclude(number=None)),
        numbered_from_one=on_ballot == list(range(1, len(on_ballot) + 1)),
        recorded_as_it_is=named == [len(on_ballot)] * times,
        opened_with_somebody=not times or bool(on_ballot),
    )
