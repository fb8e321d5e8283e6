"""Many bodies and trees of them at once, written as rows: for tests that need more of them than actions can make."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from confederation.models import Ceded, Confederation, Delegation, Seat
from core.actions import bodies, charters, proposals
from core.actions.settling import settle
from core.models import (
    Accord,
    Adoption,
    Body,
    Charter,
    Mandate,
    Membership,
    Person,
    Proposal,
    Stage,
    Vote,
)
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now
from tests import village

OLD = timedelta(days=100)
BALLOTS = """
    INSERT INTO core_ballot (vote_id, roll_id, position, choice, reason, cast_at, changed_at, change_no, nonce, leaf)
    SELECT r.vote_id, r.id, %(position)s, '', %(reason)s, folkmoot_now(), folkmoot_now(), 1, '\\x00',
        encode(sha256(r.id::text::bytea), 'hex')
    FROM core_rollentry r WHERE r.vote_id = %(vote)s ORDER BY r.id LIMIT %(number)s
"""


def form(name: str, kind: Body.Kind, at: datetime, **numbers: Any) -> Body:
    """A body with its draft of a charter, formed long ago."""
    content = charters.Draft("We look after it.", "We hear everybody.", replace(CharterNumbers(), **numbers))
    body = bodies.form(name, content, by=None, at=at, kind=kind)
    Body.objects.filter(pk=body.pk).update(formed_at=at - OLD)
    return body


def in_force(body: Body, at: datetime) -> Body:
    """Its charter is in force."""
    Charter.objects.filter(body=body).update(in_force_at=at)
    Body.objects.filter(pk=body.pk).update(adopted_at=at)
    body.refresh_from_db()
    return body


@transaction.atomic
def street(name: str, size: int = 7, **numbers: Any) -> Body:
    """A council of so many, all with a voice."""
    at = folkmoot_now()
    body = form(name, Body.Kind.COUNCIL, at, **numbers)
    people = village.make_people(*(f"{body.slug}-{n}" for n in range(size)))
    rows = [Membership(body=body, person=person, joined_at=at - OLD, voice_from=at - OLD) for person in people]
    members = Membership.objects.bulk_create(rows)
    if members:
        charter = body.charters.get()
        Adoption.objects.bulk_create(Adoption(charter=charter, membership=each, at=at) for each in members[:3])
        in_force(body, at)
    return body


@transaction.atomic
def confederation(name: str, members: Sequence[Body], **numbers: Any) -> Body:
    """A confederation of these bodies."""
    at = folkmoot_now()
    body = form(name, Body.Kind.CONFEDERATION, at, **numbers)
    accord = Accord.objects.create(
        kind="confederate", lead=members[0], title=name, text="Let us.", begun_at=at, fell_at=at, why="time"
    )
    Confederation.objects.create(body=body, accord=accord, of_kind="council")
    for member in members:
        seat(body, member)
    return in_force(body, at)


def seat(above: Body, member: Body, *, voice: bool = True) -> Seat:
    """A body joins."""
    accord = Confederation.objects.get(body=above).accord
    charter, at = above.charters.get(), folkmoot_now()
    return Seat.objects.create(
        confederation=above, body=member, accord=accord, charter=charter, voice=voice, joined_at=at
    )


def leave(place: Seat) -> None:
    """A seat ends, and nothing else."""
    Seat.objects.filter(pk=place.pk).update(left_at=folkmoot_now(), leaving="left")


def ceded(body: Body) -> Ceded:
    """A matter that was ceded to a confederation."""
    at = folkmoot_now()
    return Ceded.objects.create(confederation=body, sort="works", words="The pump at the well", since=at)


@transaction.atomic
def question(body: Body, title: str = "A pump for the well", **about: Any) -> Proposal:
    """A proposal before a confederation."""
    about = {"kind": "decision", **about}
    return proposals.start_by_clock(body, at=folkmoot_now(), title=title, text="We mend the pump.", **about)


def delegate(place: Seat, person: Person, *, bound: bool = False, alternate: bool = False) -> Mandate:
    """A delegate of a body for its seat."""
    at = folkmoot_now()
    proposal = granting(place.body, at)
    Delegation.objects.create(proposal=proposal, seat=place, bound=bound, alternate=alternate)
    return mandate(proposal, person, at)


def granting(body: Body, at: datetime) -> Proposal:
    """An adopted proposal that grants a mandate."""
    return Proposal.objects.create(
        body=body,
        kind="mandate",
        title="Our delegate",
        created_at=at,
        discussion_at=at,
        stage=Stage.ADOPTED,
        closed_at=at,
        effect="done",
    )


def mandate(proposal: Proposal, person: Person, at: datetime) -> Mandate:
    """The mandate it grants, for half a year."""
    return Mandate.objects.create(
        body=proposal.body,
        person=person,
        granted_by=proposal,
        title=proposal.title,
        task="Speak for us.",
        limits="Promise nothing.",
        starts_at=at,
        ends_at=at + timedelta(days=180),
    )


def vote_of(proposal: Proposal, position: str, number: int) -> None:
    """So many on the roll of its open vote take this position."""
    vote = Vote.objects.open().get(proposal=proposal)
    words = {
        "vote": vote.pk,
        "position": position,
        "number": number,
        "reason": "Not so." if position == "block" else "",
    }
    with connection.cursor() as cursor:
        cursor.execute(BALLOTS, words)


def settle_all() -> None:
    """Everything due happens, and what follows from it."""
    while settle():
        pass


def pass_by(**time: float) -> None:
    """So much time passes, and everything due in it happens."""
    village.move_clock(timedelta(**time))
    settle_all()
