"""The village cast and how its bodies come to be. Everything is made through actions, as in life."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.utils import timezone

from core.actions import (
    ballots,
    bodies,
    candidacies,
    charters,
    elections,
    mandates,
    memberships,
    opening,
    proposals,
    recalls,
    secret_ballots,
)
from core.actions.secret_ballots import Sent
from core.actions.settling import settle
from core.models import Ballot, Body, Charter, Mandate, Membership, Person, Proposal, Vote
from core.rules.charter import CharterNumbers
from core.rules.choices import Choice
from core.rules.positions import Position
from core.rules.secrecy import new_code
from core.signer import votes
from core.timekeeping import folkmoot_now

TEXT = "We take over the empty lot at the corner as a common garden."


def make_person(name: str, **extra: Any) -> Person:
    """A person called `name`, who signs in with the password "correct horse <name>"."""
    return Person.objects.create_user(name, f"correct horse {name}", display_name=name.capitalize(), **extra)


def confirm(person: Person, address: str) -> Person:
    """This person's e-mail address, and that it is theirs."""
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=address, primary=True, verified=True)
    person.email = address
    person.save(update_fields=["email"])
    return person


def make_people(*names: str) -> list[Person]:
    """Several people at once, without passwords: they are slow to hash."""
    people = [Person(sign_in_name=name, display_name=name.capitalize(), password="!") for name in names]
    return Person.objects.bulk_create(people, batch_size=1000)


def make_council(name: str, people: Iterable[Person], *, listed: bool = True, **numbers: Any) -> Body:
    """A council whose founding members are `people`; it has adopted its charter, all have a voice."""
    members = list(people)
    at = folkmoot_now()
    content = charters.Draft("We look after our street.", "We hear everybody.", replace(CharterNumbers(), **numbers))
    body = bodies.form(name, content, by=members[0], at=at, listed=listed)
    with transaction.atomic():
        for person in members[1:]:
            memberships.admit(body, person, at=at)
    charter = body.charters.get()
    for person in members[:3]:
        bodies.adopt(charter, by=person, at=at)
    body.refresh_from_db()
    return body


def move_clock(by: timedelta) -> datetime:
    """Move the clock of decisions (as the owner) and return the new moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO core_clockoffset (id, "offset") VALUES (1, make_interval(secs => %s)) '
            'ON CONFLICT (id) DO UPDATE SET "offset" = core_clockoffset."offset" + excluded."offset"',
            [by.total_seconds()],
        )
    return folkmoot_now()


def make_proposal(body: Body, author: Person, *, title: str = "Open the corner lot", **extra: Any) -> Proposal:
    """A proposal in discussion."""
    at = folkmoot_now()
    proposal = proposals.draft(body, by=author, at=at, title=title, text=TEXT, **extra)
    return proposals.put_up(proposal, by=author, at=at)


def make_vote(body: Body, author: Person, **extra: Any) -> Vote:
    """A proposal whose vote has just opened, after its discussion."""
    proposal = make_proposal(body, author, **extra)
    move_clock(timedelta(days=8))
    return opening.open_vote(proposal, by=author)


def cast(vote: Vote, person: Person, position: Position | str, reason: str = "") -> Ballot:
    """A ballot, as the page casts it."""
    return ballots.cast(vote, Position(position), by=person, reason=reason)


def cast_secretly(vote: Vote, person: Person, choice: Choice, code: str = "") -> Sent:
    """A secret ballot, as the page casts it; with a new code unless one is given."""
    return secret_ballots.cast(vote, choice, code or new_code(), by=person)


def close(vote: Vote) -> Vote:
    """Let the window pass and everything due happen, at the signer's too."""
    remaining = vote.closes_at - folkmoot_now()
    move_clock(max(remaining, timedelta(0)) + timedelta(seconds=1))
    if vote.secret:
        votes.open_closed()
    settle()
    vote.refresh_from_db()
    return vote


def decide(body: Body, people: Iterable[Person], author: Person, **extra: Any) -> Proposal:
    """A proposal on which everybody agreed, and which is closed."""
    vote = make_vote(body, author, **extra)
    for person in people:
        cast(vote, person, Position.AGREE)
    close(vote)
    return Proposal.objects.get(pk=vote.proposal_id)


def make_mandate(
    body: Body, people: Iterable[Person], delegate: Person, *, author: Person, title: str = "Run the tool library"
) -> Mandate:
    """A mandate granted to `delegate` by consensus of `people`."""
    at = folkmoot_now()
    proposal = proposals.draft(body, by=author, at=at, title=title, text=TEXT, kind="mandate")
    terms = mandates.Terms(delegate, "Lend out the tools.", "Spend nothing.", term_days=180, report_days=30)
    mandates.offer(proposal, terms, by=author)
    proposals.put_up(proposal, by=author, at=at)
    mandates.accept(proposal, by=delegate, at=at)
    move_clock(timedelta(days=8))
    vote = opening.open_vote(proposal, by=author)
    for person in people:
        cast(vote, person, Position.AGREE)
    close(vote)
    return Mandate.objects.get(granted_by=proposal)


def make_election(
    body: Body, author: Person, *candidates: Person, title: str = "Speak for the street", **terms: Any
) -> Proposal:
    """An election in discussion, with its candidates; one seat by approval unless said otherwise."""
    at = folkmoot_now()
    proposal = proposals.draft(body, by=author, at=at, title=title, text=TEXT, kind="election")
    asked: dict[str, Any] = {"task": "Speak for us.", "limits": "Promise nothing.", "term_days": 180, "report_days": 30}
    elections.set_out(proposal, elections.Terms(**asked | terms), by=author)
    proposals.put_up(proposal, by=author, at=at)
    for person in candidates:
        candidacies.stand(proposal, f"I am {person.display_name}.", by=person, at=folkmoot_now())
    return proposal


def open_election(body: Body, author: Person, *candidates: Person, **terms: Any) -> Vote:
    """The open vote of an election; candidates have the numbers 1, 2, 3 as they are named."""
    proposal = make_election(body, author, *candidates, **terms)
    move_clock(timedelta(days=8))
    return opening.open_vote(proposal, by=author)


def open_recall(mandate: Mandate, by: Person, reason: str = "No report for a month.") -> Vote:
    """The open vote of a recall."""
    return recalls.open_recall(mandate, reason, by=by).votes.get()


def membership(body: Body, person: Person) -> Membership:
    """The person's newest membership in a body."""
    return Membership.objects.filter(body=body, person=person).latest("joined_at")


def charter_of(body: Body) -> Charter:
    """The newest version of a body's charter."""
    return body.charters.latest("number")


def real_now() -> datetime:
    """The clock of the machine, for what is not a decision."""
    return timezone.now()
