"""Deeds of lives that take another body: a small one next door is asked to come, and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.actions import accords, opening, unions
from core.actions.settling import settle
from core.models import Accord, Body
from core.rules.ending import NOTICE
from core.timekeeping import folkmoot_now
from tests import village

if TYPE_CHECKING:
    from tests.verify.life import Life


def ask_next_door(life: Life) -> None:
    """Propose that a small body next door comes to this one, or (rarely) that this one goes there."""
    number, by = Body.objects.count(), life.member()
    next_door = village.make_council(f"Door {number}", village.make_people(*(f"door{number}.{n}" for n in range(3))))
    lead = life.body if life.dice.random() < 0.9 else next_door
    unions.propose(life.body, [next_door], lead, "They are few.", by=by, at=folkmoot_now())


def next_door_answers(life: Life) -> None:
    """A body next door that was asked decides on it; mostly they come, and often nothing else is done meanwhile."""
    accord = Accord.objects.open().filter(sides__body=life.body, asked_at__isnull=False).first()
    side = accord.sides.filter(first=False, proposal=None).select_related("body").first() if accord else None
    if accord is None or side is None:
        return
    people = [row.person for row in side.body.memberships.open().select_related("person").order_by("pk")]
    proposal = accords.take_up(accord, side.body, by=people[0], at=folkmoot_now())
    village.move_clock(opening.SECOND_CALL)
    vote = opening.open_vote(proposal, by=people[0])
    says = "agree" if life.dice.random() < 0.8 else "aside"
    for person in people:
        village.cast(vote, person, says)
    village.close(vote)
    settle()
    if life.dice.random() < 0.7:
        village.move_clock(NOTICE)
        settle()
    life.people += people
