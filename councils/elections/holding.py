"""An election from a file, held again: its voters found a council, its candidates stand, every ballot is cast."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import transaction

from core.actions import ballots, bodies, candidacies, charters, elections, opening, proposals
from core.actions.memberships import admit
from core.locks import lock
from core.models import Body, Cause, Person, Proposal, Vote
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now
from councils.blt import Election
from councils.offset import move

AT_ONCE = 1000
"""Rows in one statement, which may have 65,535 parameters at most."""

Say = Callable[[str], object]
UNUSABLE = "!"
NAME_MAX, VOTERS_MAX = 80, 20_000
LINES = 10
"""How often the progress is told."""


class NotLoaded(ValueError):
    """This election cannot be held here; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Held:
    """The vote once it is closed; candidate 1 of the file has number 1 on the ballot."""

    election: Election
    vote: Vote


def hold(election: Election, say: Say) -> Held:
    """Found the council, call the election, let the candidates stand, cast every ballot, let the vote close.

    Moves the clock by the discussion minimum; the caller closes the vote.
    """
    voters = election.ballots.total()
    if not len(election.names) < voters <= VOTERS_MAX:
        raise NotLoaded(f"A council needs more voters than candidates, and at most {VOTERS_MAX:,}.")
    if Body.objects.filter(name=council_name(election)).exists():
        raise NotLoaded(f"{council_name(election)} is there already.")
    people = make_people(election, voters)
    body = form(election, people)
    proposal = call(election, body, people[: len(election.names)])
    move(timedelta(days=body.charters.get().discussion_days, minutes=1))
    vote = opening.open_vote(proposal, by=people[0])
    cast(election, vote, people, say)
    return Held(election, vote)


def council_name(election: Election) -> str:
    """What the council is called."""
    return f"{election.title[: NAME_MAX - 10]} Voters"


def make_people(election: Election, voters: int) -> list[Person]:
    """A pseudonym for each voter; the first bear the candidates' names. Nobody can sign in as one."""
    first = Person.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    names = [name[:60] for name in election.names]
    names += [f"Voter {number}" for number in range(len(names) + 1, voters + 1)]
    rows = [
        Person(sign_in_name=f"voter-{first + number}", display_name=name, password=UNUSABLE, mail=Person.Mail.NONE)
        for number, name in enumerate(names, start=1)
    ]
    return Person.objects.bulk_create(rows, batch_size=AT_ONCE)


def form(election: Election, people: list[Person]) -> Body:
    """The council, its charter adopted by three. Coming from a file is no news: nobody is told of each who joined."""
    at = folkmoot_now()
    numbers = replace(CharterNumbers(), secret_from=None)
    content = charters.Draft(f"To elect again what {election.title} elected.", "", numbers)
    with transaction.atomic():
        body = lock(bodies.form(council_name(election), content, by=people[0], at=at))
        for person in people[1:]:
            admit(body, person, at=at)
        Cause.objects.filter(body=body, what=Cause.What.MEMBER_JOINED, fanned_at=None).update(fanned_at=at)
    charter = body.charters.get()
    for person in people[:3]:
        bodies.adopt(charter, by=person, at=at)
    return Body.objects.get(pk=body.pk)


def call(election: Election, body: Body, candidates: list[Person]) -> Proposal:
    """Put up the election; the candidates stand in the order of the file."""
    at = folkmoot_now()
    title = f"Councillors of {election.title}"[:120]
    text = f"{election.seats} seats, {len(candidates)} candidates, {election.ballots.total():,} ballots, as they were."
    proposal = proposals.draft(body, by=candidates[0], at=at, title=title, text=text, kind="election")
    terms = elections.Terms("Sit in the council.", "As the law says.", 365, seats=election.seats, ranked=True)
    elections.set_out(proposal, terms, by=candidates[0])
    proposals.put_up(proposal, by=candidates[0], at=at)
    for person in candidates:
        candidacies.stand(proposal, by=person, at=folkmoot_now())
    return proposal


def cast(election: Election, vote: Vote, people: list[Person], say: Say) -> None:
    """Every ballot, by one voter each."""
    total = election.ballots.total()
    for number, (person, ranking) in enumerate(zip(people, election.ballots.elements(), strict=True), start=1):
        ballots.cast(vote, ranking, by=person)
        if number * LINES // total != (number - 1) * LINES // total:
            say(f"  {number:,} of {total:,} ballots")
