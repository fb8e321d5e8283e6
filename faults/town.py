"""A council in a running house, made beside it: people, sessions, open votes. Needs Django: see make_town."""

import json
import sys
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction

from core.actions import bodies, charters, mandates, memberships, opening, proposals
from core.models import Body, ClockOffset, Mandate, Person, Proposal, Vote
from core.rules.charter import RANGES, CharterNumbers
from core.timekeeping import folkmoot_now

TEXT = "We open the lot at the corner."


def session_of(person: Person) -> str:
    """A signed-in session, as the sign-in page would make it."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def move(days: float) -> None:
    """Move the clock of decisions, as the owner."""
    clock, _made = ClockOffset.objects.get_or_create(pk=1, defaults={"offset": timedelta(0)})
    clock.offset += timedelta(days=days)
    clock.save(update_fields=["offset"])


@transaction.atomic
def council(size: int) -> tuple[Body, list[Person]]:
    """A council of so many, with its charter."""
    at = folkmoot_now()
    people = Person.objects.bulk_create(
        Person(sign_in_name=f"neighbour{n}", display_name=f"Neighbour {n}", password="!") for n in range(size)
    )
    numbers = CharterNumbers(consensus_up_to=150, open_proposals=RANGES["open_proposals"][1])
    body = bodies.form("Fault Street", charters.Draft("We stand.", "", numbers), by=people[0], at=at)
    for person in people[1:]:
        memberships.admit(body, person, at=at)
    for person in people[:3]:
        bodies.adopt(body.charters.get(), by=person, at=at)
    body.refresh_from_db()
    return body, people


def grant(body: Body, people: list[Person]) -> Mandate:
    """A mandate, given by consensus as in life."""
    at = folkmoot_now()
    proposal = proposals.draft(body, by=people[0], at=at, title="Keep the keys", text=TEXT, kind="mandate")
    mandates.offer(proposal, mandates.Terms(people[1], "Keep them.", "Spend nothing.", 90), by=people[0])
    proposals.put_up(proposal, by=people[0], at=at)
    mandates.accept(proposal, by=people[1], at=at)
    with transaction.atomic():
        proposal = Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
        return mandates.grant(proposal, at=folkmoot_now())


def open_votes(body: Body, people: list[Person], number: int) -> list[Vote]:
    """So many votes; one in ten opens four days before the others, so that it closes before them."""
    at = folkmoot_now()
    made = []
    for n in range(number):
        author = people[n % len(people)]
        proposal = proposals.draft(body, by=author, at=at, title=f"Lot {n}", text=TEXT)
        made.append((proposals.put_up(proposal, by=author, at=at), author))
    early = -(-number // 10)
    move(8)
    votes = [opening.open_vote(proposal, by=author) for proposal, author in made[:early]]
    move(4)
    return votes + [opening.open_vote(proposal, by=author) for proposal, author in made[early:]]


def told(body: Body, mandate: Mandate | None) -> dict[str, Any]:
    """What the clients need: who is there, with a new session each, and what is being voted on."""
    members = body.memberships.filter(ended_at=None).select_related("person").order_by("person")
    open_now = Vote.objects.open().filter(proposal__body=body).order_by("pk")
    return {
        "body": body.slug,
        "mandate": mandate.pk if mandate else None,
        "cookie": settings.SESSION_COOKIE_NAME,
        "sessions": {member.person_id: session_of(member.person) for member in members},
        "votes": {vote.pk: vote.proposal_id for vote in open_now},
    }


def main() -> None:
    """Make it and say on the last line what the clients need; without words, say it of the town that is there."""
    if len(sys.argv) == 1:
        body = Body.objects.get()
        print(json.dumps(told(body, body.mandates.first())))
        return
    size, number = int(sys.argv[1]), int(sys.argv[2])
    body, people = council(size)
    mandate = grant(body, people) if len(sys.argv) > 3 else None
    open_votes(body, people, number)
    print(json.dumps(told(body, mandate)))
