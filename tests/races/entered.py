"""The contested moments of votes that two enter for a third. Each plays one round and returns what was wrong."""

import random

from core.actions import ballots, entering, papers
from core.models import Aid, Ballot, EnteredBallot, Person, Vote
from core.rules.entering import AIDED_AT_MOST
from core.rules.positions import Position
from core.timekeeping import folkmoot_now
from tests.races.ground import Ground, make_proposal, make_vote
from tests.races.running import Runners, check, errors, lines

Way = EnteredBallot.Way
CROWD = AIDED_AT_MOST + 5
TWO_DAYS = 2 * 24 * 3600.0


def open_vote(ground: Ground) -> Vote:
    """A vote that is open for long."""
    return make_vote(make_proposal(ground, "voting"), ground, closes_in=TWO_DAYS)


def paper_against_page(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """Two confirm a paper for somebody who votes on the page at that moment: one ballot, and it is their own."""
    vote = open_vote(ground)
    elector, first, second = dice.sample(ground.people, 3)
    [paper] = papers.print_sheet(vote, 1, by=first, at=folkmoot_now())
    written = entering.enter(vote, elector, "aside", by=first, way=Way.PAPER, number=paper.number)

    came = runners.together(
        dice,
        lambda: entering.confirm(written, "aside", by=second, number=paper.number),
        lambda: ballots.cast(vote, Position.AGREE, by=elector),
    )

    written.refresh_from_db()
    kept = [(row.position, row.way) for row in Ballot.objects.filter(vote=vote)]
    told = len(lines(ground, "ballot.entered", proposal=vote.proposal_id))
    return errors(came) + check(
        both_are_answered=all(each.done for each in came),
        their_own_stands=kept == [("agree", "own")],
        the_entry_has_ended=written.ending == "own",
        recorded_only_if_it_counted=told == int(written.confirmed_at is not None),
    )


def contest_against_confirming(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """Somebody strikes out what was entered while two others enter it anew: struck, or the later stands."""
    vote = open_vote(ground)
    elector, first, second = dice.sample(ground.people, 3)
    entering.confirm(entering.enter(vote, elector, "aside", by=first, way=Way.DESK), "aside", by=second)
    anew = entering.enter(vote, elector, "abstain", by=second, way=Way.DESK)

    came = runners.together(
        dice,
        lambda: entering.confirm(anew, "abstain", by=first),
        lambda: entering.contest(vote, by=elector),
    )

    kept = [(row.position, row.way) for row in Ballot.objects.filter(vote=vote)]
    counting = EnteredBallot.objects.counting().filter(vote=vote).count()
    return errors(came) + check(
        both_are_answered=all(each.done for each in came),
        struck_out_stays=kept == [("struck", "own")],
        nothing_counts=counting == 0,
    )


def one_paper_twice(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """The same paper is entered for two people at once: for one of them."""
    vote = open_vote(ground)
    one, other, first, second = dice.sample(ground.people, 4)
    [paper] = papers.print_sheet(vote, 1, by=first, at=folkmoot_now())

    came = runners.together(
        dice,
        lambda: entering.enter(vote, one, "agree", by=first, way=Way.PAPER, number=paper.number),
        lambda: entering.enter(vote, other, "agree", by=second, way=Way.PAPER, number=paper.number),
    )

    return errors(came) + check(
        once=sum(each.done for each in came) == 1,
        one_entry=EnteredBallot.objects.filter(paper=paper).count() == 1,
    )


def one_link_twice(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """A link from a mail is sent twice at once, with two positions: one is given."""
    vote = open_vote(ground)
    elector = dice.choice(ground.people)

    came = runners.together(
        dice,
        lambda: ballots.cast_by_link(allowing(vote), "agree", by=elector, change=0),
        lambda: ballots.cast_by_link(allowing(vote), "abstain", by=elector, change=0),
    )

    kept = [(row.way, row.change_no) for row in Ballot.objects.filter(vote=vote)]
    return errors(came) + check(once=sum(each.done for each in came) == 1, one_ballot=kept == [("link", 1)])


def allowing(vote: Vote) -> Vote:
    """The vote read anew, with a charter that allows links (in memory: charters that are in force never change)."""
    found = Vote.objects.select_related("charter", "proposal").get(pk=vote.pk)
    found.charter.votes_by_mail = True
    return found


def the_eleventh(ground: Ground, runners: Runners, dice: random.Random) -> list[str]:
    """A helper who has helped nine is confirmed for two more at once: for one of them."""
    seat_a_crowd(ground)
    vote = open_vote(ground)
    helper, second, third, *people = ground.people
    for person in people[: AIDED_AT_MOST - 1]:
        entering.confirm(entering.enter(vote, person, "agree", by=helper, way=Way.DESK), "agree", by=second)
    tenth, eleventh = people[AIDED_AT_MOST - 1 : AIDED_AT_MOST + 1]
    written = [
        entering.enter(vote, tenth, "agree", by=helper, way=Way.DESK),
        entering.enter(vote, eleventh, "agree", by=third, way=Way.DESK),
    ]

    came = runners.together(
        dice,
        lambda: entering.confirm(written[0], "agree", by=third),
        lambda: entering.confirm(written[1], "agree", by=helper),
    )

    return errors(came) + check(
        one_of_two=sum(each.done for each in came) == 1,
        ten_at_most=Aid.objects.filter(vote=vote, helper=helper).count() == AIDED_AT_MOST,
        ballots_as_acknowledged=Ballot.objects.filter(vote=vote).count() == AIDED_AT_MOST,
    )


def seat_a_crowd(ground: Ground) -> None:
    """More people than other races have: one helper helps ten."""
    missing = CROWD - len(ground.people)
    names = [f"{ground.body.slug}.crowd{n}" for n in range(missing)]
    people = [Person(sign_in_name=name, display_name=name, password="!") for name in names]
    ground.people += Person.objects.bulk_create(people)
    ground.seat_all()
