"""Large bodies: founded by the actions, as in life, and then filled up by SQL, for ten thousand joinings take minutes.

What is filled up has its rows, and no line in the record and no news.
"""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from core.actions import bodies, charters, mandates, memberships, opening, proposals
from core.models import Body, Mandate, Person, Proposal, Vote
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now
from faults.town import move, session_of

TEXT = "We take over the empty lot at the corner as a common garden, and whoever wants to may dig there."
FOUNDERS = 10

MEMBERS = """
    INSERT INTO core_membership (body_id, person_id, joined_at, voice_from, ending, label_key)
    SELECT %(body)s, id, %(at)s, %(at)s, '', decode(md5(id::text) || md5('key' || id::text), 'hex')
    FROM core_person WHERE sign_in_name LIKE %(like)s ORDER BY id
"""


@transaction.atomic
def found(name: str) -> tuple[Body, list[Person]]:
    """A council of ten that has adopted its charter."""
    at = folkmoot_now()
    people = Person.objects.bulk_create(
        Person(sign_in_name=f"{name}-founder{n}", display_name=f"Founder {n}", password="!") for n in range(FOUNDERS)
    )
    numbers = CharterNumbers(consensus_up_to=150, open_proposals=10)
    body = bodies.form(name.capitalize(), charters.Draft("We stand.", "", numbers), by=people[0], at=at)
    for person in people[1:]:
        memberships.admit(body, person, at=at)
    for person in people[:3]:
        bodies.adopt(body.charters.get(), by=person, at=at)
    body.refresh_from_db()
    return body, people


def fill(body: Body, name: str, number: int) -> None:
    """So many more members, who have a voice at once."""
    Person.objects.bulk_create(
        (Person(sign_in_name=f"{name}{n}", display_name=f"Neighbour {n}", password="!") for n in range(number)),
        batch_size=5000,
    )
    with connection.cursor() as cursor:
        cursor.execute(MEMBERS, {"body": body.pk, "at": folkmoot_now(), "like": f"{name}%"})


def town(name: str, size: int) -> tuple[Body, list[Person]]:
    """A council of so many, and those who founded it."""
    body, people = found(name)
    if size > FOUNDERS:
        with transaction.atomic():
            fill(body, f"{name}-n", size - FOUNDERS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE core_person, core_membership")
    return body, people


def in_discussion(body: Body, people: list[Person], number: int) -> list[tuple[Proposal, Person]]:
    """So many proposals, each with its author."""
    at, made = folkmoot_now(), []
    for n in range(number):
        author = people[n % len(people)]
        proposal = proposals.draft(body, by=author, at=at, title=f"Lot {n}", text=TEXT)
        made.append((proposals.put_up(proposal, by=author, at=at), author))
    return made


def open_votes(body: Body, people: list[Person], number: int) -> list[Vote]:
    """So many open votes."""
    made = in_discussion(body, people, number)
    move(4)
    return [opening.open_vote(proposal, by=author) for proposal, author in made]


def let_pass(votes: list[Vote]) -> None:
    """The windows of these votes pass."""
    left = max(vote.closes_at for vote in votes) - folkmoot_now()
    move((left + timedelta(seconds=1)) / timedelta(days=1))


def grant(body: Body, author: Person, delegate: Person, title: str) -> Mandate:
    """A mandate, as an adopted proposal gives it."""
    at = folkmoot_now()
    proposal = proposals.draft(body, by=author, at=at, title=title, text=TEXT, kind="mandate")
    mandates.offer(proposal, mandates.Terms(delegate, "Keep the keys.", "Spend nothing.", 90), by=author)
    proposals.put_up(proposal, by=author, at=at)
    mandates.accept(proposal, by=delegate, at=at)
    with transaction.atomic():
        proposal = Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
        return mandates.grant(proposal, at=folkmoot_now())


def electorate(size: int) -> dict[str, Any]:
    """One open vote and everybody's session: what voters over HTTP need."""
    body, people = town("cast", size)
    vote = open_votes(body, people, 1)[0]
    entries = vote.roll.select_related("person").order_by("pk")
    sessions = [session_of(entry.person) for entry in entries]
    return {"vote": vote.pk, "proposal": vote.proposal_id, "sessions": sessions, "body": body.slug}
