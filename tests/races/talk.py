"""The contested moments of the talk. Each plays one round and returns what was wrong, in words."""

import random

from django.utils import timezone

from core.actions import amendments, opening, proposals
from core.models import Amendment, Proposal, TextVersion, Vote
from tests.races.ground import Ground, make_proposal
from tests.races.running import Runners, check, errors, lines


def make_words(proposal: Proposal, ground: Ground, *, number: int = 1, by: int = 1, stands: bool = False) -> Amendment:
    """Other words for the text of a proposal, that wait for its author."""
    at = timezone.now()
    return Amendment.objects.create(
        proposal=proposal,
        number=number,
        author=ground.people[by],
        version=proposal.texts.get(),
        passage="Text.",
        words=f"Words {number}.",
        reason="Better.",
        at=at,
        stands_at=at if stands else None,
    )


def accepting_against_opening(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """The author takes words over while the vote opens: it opens with the text as it was before, or as it is after."""
    proposal = make_proposal(ground)
    words, at = make_words(proposal, ground), timezone.now()

    came = runners.together(
        dice,
        lambda: amendments.accept(words, by=ground.people[0], at=at),
        lambda: opening.open_vote(proposal, by=ground.people[0]),
    )

    vote = Vote.objects.get(proposal=proposal)
    return errors(came) + check(
        opened=came[1].done,
        with_the_words_if_they_were_taken_over=(vote.text.text == "Words 1.") == came[0].done,
        no_version_after_the_opening=not TextVersion.objects.filter(proposal=proposal, number__gt=vote.text.number),
        recorded_once=len(lines(ground, "amendment.accepted", proposal=proposal.pk)) == int(came[0].done),
    )


def two_accepts(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """Two words for one passage, and one of them twice: one is taken over, once."""
    proposal = make_proposal(ground)
    first, other = make_words(proposal, ground), make_words(proposal, ground, number=2, by=2)
    at, author = timezone.now(), ground.people[0]

    came = runners.together(
        dice,
        lambda: amendments.accept(first, by=author, at=at),
        lambda: amendments.accept(other, by=author, at=at),
        lambda: amendments.accept(first, by=author, at=at),
    )

    accepted = Amendment.objects.filter(proposal=proposal, state="accepted")
    return errors(came) + check(
        one_is_done=sum(each.done for each in came) == 1,
        one_is_accepted=accepted.count() == 1,
        two_versions=proposal.texts.count() == 2,
        with_its_words=proposal.texts.latest("number").text == accepted[0].words,
    )


def words_against_withdrawing(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """Words are proposed while their proposal is withdrawn, and withdrawn while they are taken over."""
    proposal, other = make_proposal(ground), make_proposal(ground)
    words, at, author = make_words(other, ground), timezone.now(), ground.people[0]

    came = runners.together(
        dice,
        lambda: amendments.propose(proposal, "Text.", "Words.", "Better.", by=ground.people[1], at=at, seen=1),
        lambda: proposals.withdraw(proposal, by=author, at=at),
        lambda: amendments.withdraw(words, by=ground.people[1], at=at),
        lambda: amendments.accept(words, by=author, at=at),
    )

    words.refresh_from_db()
    return errors(came) + check(
        withdrawn=came[1].done,
        proposed_or_refused=proposal.amendments.count() == int(came[0].done),
        either_withdrawn_or_taken_over=came[2].done != came[3].done,
        as_it_was_answered=words.state == ("withdrawn" if came[2].done else "accepted"),
        in_the_text_only_then=other.texts.count() == 1 + int(came[3].done),
    )


def standing_words_against_opening(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """Words are brought to the vote, and others withdrawn, while it opens: the ballot has just those that stand."""
    proposal = make_proposal(ground)
    coming, going = make_words(proposal, ground), make_words(proposal, ground, number=2, by=2, stands=True)
    at = timezone.now()

    came = runners.together(
        dice,
        lambda: amendments.let_stand(coming, by=ground.people[1], at=at),
        lambda: amendments.withdraw(going, by=ground.people[2], at=at),
        lambda: opening.open_vote(proposal, by=ground.people[0]),
    )

    vote = Vote.objects.get(proposal=proposal)
    standing = set(Amendment.objects.filter(proposal=proposal, stands_at__isnull=False))
    on_ballot = {each.amendment for each in vote.alternatives.select_related("amendment")}
    return errors(came) + check(
        opened=came[2].done,
        the_ballot_has_what_stands=on_ballot == standing,
        and_says_how_many=vote.other_texts == len(standing),
        stands_if_acknowledged=(coming in standing) == came[0].done,
        gone_if_acknowledged=(going not in standing) == came[1].done,
    )
