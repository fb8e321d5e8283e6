"""The contested moments of secret votes. Each plays one round and returns what was wrong, in words."""

import random
import time
from collections.abc import Callable
from typing import Any

from django.db import transaction

from core.actions import closing, memberships, secret_ballots
from core.actions.secret_ballots import Sent
from core.models import OpenedBallots, Person, Proposal, RollEntry, SealedBallot, Vote, VoteKey
from core.refusals import TooLate
from core.rules.choices import Choice
from core.rules.secrecy import new_code
from core.signer import votes
from core.timekeeping import folkmoot_now
from tests.races.ground import Ground, make_mandate, make_proposal, make_vote, shortly
from tests.races.running import Came, Runners, check, errors, lines

SEATS = 8


def seat_eight(ground: Ground) -> None:
    """Three more people than other races have: no vote of five is secret."""
    missing = SEATS - len(ground.people)
    names = [f"{ground.body.slug}.more{n}" for n in range(missing)]
    people = [Person(sign_in_name=name, display_name=name, password="!") for name in names]
    ground.people += Person.objects.bulk_create(people)
    ground.seat_all()


def new_key() -> VoteKey:
    """A pair of keys in the stock."""
    folder = votes.ready()
    with folder.locked():
        return votes.make_key(folder)


def make_secret_vote(proposal: Proposal, ground: Ground, *, closes_in: float, rule: str, **extra: Any) -> Vote:
    """An open secret vote of the whole body, with its key."""
    key = new_key()
    with transaction.atomic():
        vote = make_vote(proposal, ground, closes_in=closes_in, rule=rule, secret=True, codes=True, **extra)
        VoteKey.objects.filter(pk=key.pk).update(vote=vote)
    return vote


def secret_recall(ground: Ground, *, closes_in: float) -> Vote:
    """An open secret recall of the last of the eight."""
    seat_eight(ground)
    mandate = make_mandate(ground, ground.people[-1])
    proposal = make_proposal(ground, "voting", kind="recall", mandate=mandate)
    return make_secret_vote(proposal, ground, closes_in=closes_in, rule="recall")


def state_of(vote: Vote) -> tuple[int, int]:
    """How many are marked, and how many boxes there are."""
    return RollEntry.objects.filter(vote=vote, used=True).count(), SealedBallot.objects.filter(vote=vote).count()


def five_have_voted(
    ground: Ground, closes_in: float, vote_of: Callable[..., Vote] = secret_recall, choice: Choice = "yes"
) -> Vote:
    """A vote that closes in a moment, in which five said the same; with more time where the machine is too busy."""
    while True:
        vote = vote_of(ground, closes_in=closes_in)
        for person in ground.people[:5]:
            try:
                secret_ballots.cast(vote, choice, new_code(), by=person)
            except TooLate:
                break
        else:
            return vote
        closes_in *= 2
        new_key()  # an election without its quorum is called a second time at once
        count_when_due(vote)


def count_when_due(vote: Vote) -> bool:
    """A signer and a closer that keep trying until the window is over and it is counted."""
    for _try in range(2000):
        votes.open_vote(vote.pk)
        if closing.close(vote.pk):
            return True
        if Vote.objects.filter(pk=vote.pk, counted_at__isnull=False).exists():
            return False
        time.sleep(0.0005)
    return False


def three_come_late(
    vote: Vote, choice: Choice, ground: Ground, runners: Runners, dice: random.Random
) -> tuple[list[Came], Came]:
    """Three ballots around the closing time, and what came of the count."""
    ahead = max((vote.closes_at - folkmoot_now()).total_seconds() - 0.02, 0)

    def late(person: Person) -> Sent:
        time.sleep(ahead + dice.uniform(0, 0.03))
        return secret_ballots.cast(vote, choice, new_code(), by=person)

    came = runners.together(dice, *(lambda p=p: late(p) for p in ground.people[5:]), lambda: count_when_due(vote))
    vote.refresh_from_db()
    return came[:3], came[3]


def secret_vote_against_close(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """Three ballots around the closing time: what is acknowledged is counted, what is refused is not."""
    vote = five_have_voted(ground, 0.2 + shortly(dice))
    came, count = three_come_late(vote, "no", ground, runners, dice)

    acknowledged = sum(each.done for each in came)
    shows = {show for show, _choice in vote.listed or []}
    return errors([*came, count]) + check(
        counted=count.result is True,
        acknowledged_is_marked_and_boxed=state_of(vote) == (5 + acknowledged, 5 + acknowledged),
        acknowledged_is_counted=vote.tally == {"yes": 5} | ({"no": acknowledged} if acknowledged else {}),
        acknowledged_is_listed=all(each.result.show in shows for each in came if each.done),
        counted_once=len(lines(ground, "vote.counted", proposal=vote.proposal_id)) == 1,
    )


def leaving_against_secret_ballot(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """Somebody casts while they leave: acknowledged before they were gone, or refused and in no box."""
    vote, voter = secret_recall(ground, closes_in=3600), dice.choice(ground.people[:-1])
    came = runners.together(
        dice,
        lambda: secret_ballots.cast(vote, "yes", new_code(), by=voter),
        lambda: memberships.leave(ground.body, by=voter),
    )
    return errors(came) + check(
        left=came[1].done,
        acknowledged_is_marked_and_boxed=state_of(vote) == (int(came[0].done), int(came[0].done)),
    )


def one_code_in_two_tabs(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """One person sends one code three times at once, each time another choice: one ballot, which each acknowledges."""
    vote, code, voter = secret_recall(ground, closes_in=3600), new_code(), dice.choice(ground.people)
    came = runners.together(
        dice, *(lambda c=c: secret_ballots.cast(vote, c, code, by=voter) for c in ("yes", "no", "abstain"))
    )
    return errors(came) + check(
        all_acknowledged=all(each.done for each in came),
        one_ballot=state_of(vote) == (1, 1),
        one_was_the_first=sum(not each.result.changed for each in came if each.done) == 1,
    )


def two_codes_of_one_person(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """One person sends three codes at once: one is the ballot, the others are told so."""
    vote, voter = secret_recall(ground, closes_in=3600), dice.choice(ground.people)
    came = runners.together(
        dice, *(lambda: secret_ballots.cast(vote, "yes", new_code(), by=voter) for _tab in range(3))
    )
    return errors(came) + check(
        one_acknowledged=sum(each.done for each in came) == 1,
        one_ballot=state_of(vote) == (1, 1),
    )


def one_code_of_two_people(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """Three people send the same code at once: it is the ballot of one, the others are told so and are not marked."""
    vote, code = secret_recall(ground, closes_in=3600), new_code()
    came = runners.together(
        dice, *(lambda p=p: secret_ballots.cast(vote, "yes", code, by=p) for p in dice.sample(ground.people, 3))
    )
    return errors(came) + check(
        one_acknowledged=sum(each.done for each in came) == 1,
        one_ballot=state_of(vote) == (1, 1),
    )


def two_signers(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """Two signers and two closers at the close: opened once, counted once."""
    vote = five_have_voted(ground, 0.2)
    time.sleep(max((vote.closes_at - folkmoot_now()).total_seconds() - shortly(dice), 0))
    came = runners.together(dice, *(lambda: count_when_due(vote) for _pass in range(4)))
    vote.refresh_from_db()
    return errors(came) + check(
        counted_by_one=sum(bool(each.result) for each in came) == 1,
        tally=vote.tally == {"yes": 5},
        counted_once=len(lines(ground, "vote.counted", proposal=vote.proposal_id)) == 1,
        nothing_left=not OpenedBallots.objects.filter(vote=vote).exists(),
    )
