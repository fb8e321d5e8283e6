"""On real connections: a code and an election at once; who joins a defence body while leaving its host."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from core.actions import ballots, memberships, opening
from core.actions.closing import close
from core.locks import lock
from core.models import Body, Mandate, Membership, Person
from core.permissions.mandates import can_act
from core.registry import rests
from core.timekeeping import folkmoot_now
from defense.actions import codes
from tests import village
from tests.core.people.test_races import at_once
from tests.defense.scene import Watch, accept_both, make_watch, open_election

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def watch(transactional_db: None) -> Watch:
    return make_watch()


@transaction.atomic
def join(body: Body, person: Person) -> Membership:
    """As an admission does."""
    return memberships.admit(lock(body), person, at=folkmoot_now())


def test_a_new_code_and_an_election_at_once_leave_a_post_that_rests_until_it_is_accepted(watch: Watch) -> None:
    version = codes.propose(watch.body, "own", "We tell what we saw.", "Why.", by=watch.ana, at=folkmoot_now())
    vote = open_election(watch.steward, watch.eva, watch.farid)
    coding = opening.open_vote(version, by=watch.ana)
    for person in watch.neighbours:
        ballots.cast(vote, (1,), by=person)
        village.cast(coding, person, "agree")
    village.move_clock(max(vote.closes_at, coding.closes_at) - folkmoot_now() + timedelta(seconds=1))

    at_once([*[partial(close, vote.pk)] * 2, *[partial(close, coding.pk)] * 2])

    [mandate] = Mandate.objects.filter(granted_by=vote.proposal_id)
    assert can_act(watch.eva, mandate, at=folkmoot_now())
    assert rests(mandate, at=folkmoot_now())
    later = folkmoot_now() + timedelta(days=14)
    assert not rests(mandate, at=later)
    accept_both(watch.body, watch.eva)
    assert rests(mandate, at=later)


def test_who_leaves_the_host_while_joining_is_in_neither(watch: Watch) -> None:
    for person in village.make_people(*(f"both{number}" for number in range(8))):
        join(watch.host, person)

        at_once([partial(memberships.leave, watch.host, by=person), partial(join, watch.body, person)])

        there = Membership.objects.open().filter(person=person)
        in_host = there.filter(body=watch.host).exists()
        assert in_host or not there.exists()
