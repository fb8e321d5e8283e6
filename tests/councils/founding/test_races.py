"""Several at once, on real connections: nobody gets onto both sides of a founding, and it ends once."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from core.actions import bodies, invitations, memberships
from core.models import Membership, Person, RecordLine
from core.refusals import Refusal
from core.timekeeping import folkmoot_now
from councils.actions import boards
from councils.models import Board
from tests import village
from tests.core.people.test_races import at_once
from tests.councils.founding import scene as made
from tests.councils.founding.scene import Founding

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def going(transactional_db: None) -> Founding:
    return made.founding_now()


def come_into_the_group(going: Founding, person: Person) -> Membership:
    """As an admission does."""
    with transaction.atomic():
        return memberships.admit(going.group, person, at=folkmoot_now())


def come_into_the_council(token: str, person: Person) -> object:
    """By a link of a catalyst."""
    return invitations.accept(token, by=person, at=folkmoot_now())


def test_nobody_gets_onto_both_sides(going: Founding) -> None:
    for person in village.make_people(*(f"both{number}" for number in range(8))):
        token = boards.invite(going.board, by=going.eva)[1]
        joins = (partial(come_into_the_council, token, person), partial(come_into_the_group, going, person))

        at_once(list(joins))

        sides = Membership.objects.open().filter(person=person, body__in=[going.group, going.council])
        assert sides.count() == 1


def test_five_who_adopt_at_once_begin_once(going: Founding) -> None:
    draft = made.draft_of(going)

    at_once([partial(bodies.adopt, draft, by=person, at=folkmoot_now()) for person in going.neighbours[:5]])

    assert going.council.decides
    assert RecordLine.objects.filter(body=going.council, what="charter.adopted").count() == 1


def test_a_hand_over_and_the_clock_end_a_founding_once(transactional_db: None) -> None:
    ready = made.ready()
    village.move_clock(ready.board.ends_at - folkmoot_now() - timedelta(milliseconds=300))

    answers = at_once(
        [
            *[partial(boards.hand_over, ready.board, by=person) for person in ready.neighbours[:3]],
            *[partial(boards.end_if_over, ready.board.pk)] * 3,
        ]
    )

    assert [answer for answer in answers if not isinstance(answer, Refusal | bool | Board)] == []
    boards.end_if_over(ready.board.pk)
    assert RecordLine.objects.filter(body=ready.group, what="board.closed").count() == 1
