"""Streets and confederations of them, many at once: founded by core, filled by rows. Needs Django: see make_valley."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from confederation.models import Confederation, Seat
from core.actions import bodies, charters, proposals
from core.models import Accord, Adoption, Body, Charter, Membership, Person, Proposal
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now

OLD = timedelta(days=100)
"""Old enough to be counted, and past all waiting times."""
MEMBERS = 7
BALLOTS = """
    INSERT INTO core_ballot (vote_id, roll_id, position, choice, reason, cast_at, changed_at, change_no, nonce, leaf)
    SELECT r.vote_id, r.id, %(position)s, '', %(reason)s, folkmoot_now(), folkmoot_now(), 1, '\\x00',
        encode(sha256(r.id::text::bytea), 'hex')
    FROM core_rollentry r WHERE r.vote_id = %(vote)s
    AND NOT EXISTS (SELECT FROM core_ballot b WHERE b.roll_id = r.id) ORDER BY r.id LIMIT %(number)s
"""


def form(name: str, kind: Body.Kind, at: datetime, **numbers: Any) -> Body:
    """A body with the draft of its charter, formed long ago."""
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
def street(name: str, size: int = MEMBERS, **numbers: Any) -> Body:
    """A council of so many, all with a voice."""
    at = folkmoot_now()
    body = form(name, Body.Kind.COUNCIL, at, **numbers)
    people = Person.objects.bulk_create(
        Person(sign_in_name=f"{body.slug}-{n}", display_name=f"{name} {n}", password="!") for n in range(size)
    )
    members = Membership.objects.bulk_create(
        Membership(body=body, person=person, joined_at=at - OLD, voice_from=at - OLD) for person in people
    )
    charter = body.charters.get()
    Adoption.objects.bulk_create(Adoption(charter=charter, membership=each, at=at) for each in members[:3])
    return in_force(body, at)


@transaction.atomic
def confederation(name: str, members: Sequence[Body], **numbers: Any) -> Body:
    """A confederation of these bodies."""
    at = folkmoot_now()
    body = form(name, Body.Kind.CONFEDERATION, at, **numbers)
    accord = Accord.objects.create(
        kind="confederate", lead=members[0], title=name, text="Let us.", begun_at=at, fell_at=at, why="time"
    )
    Confederation.objects.create(body=body, accord=accord, of_kind=Body.Kind.COUNCIL)
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


@transaction.atomic
def question(body: Body, title: str = "A pump for the well", **about: Any) -> Proposal:
    """A proposal before a confederation."""
    about = {"kind": "decision", **about}
    return proposals.start_by_clock(body, at=folkmoot_now(), title=title, text="We mend the pump.", **about)


def give(vote_id: int, position: str, number: int) -> None:
    """So many on a roll who have not voted take this position."""
    words: dict[str, Any] = {
        "vote": vote_id,
        "position": position,
        "number": number,
        "reason": "No." if position == "block" else "",
    }
    with connection.cursor() as cursor:
        cursor.execute(BALLOTS, words)


def together(name: str, members: list[Body], number: int) -> list[Body]:
    """Confederations of so many each."""
    parts = [members[n : n + number] for n in range(0, len(members), number)]
    return [confederation(f"{name} {n}", part) for n, part in enumerate(parts)]


def main(streets: int) -> None:
    """Ten streets form a hill, ten hills a country, all countries the valley; a question waits before it. Its key."""
    hills = together("Hill", [street(f"Street {n}") for n in range(streets)], 10)
    print(question(confederation("Valley", together("Country", hills, 10))).pk)
