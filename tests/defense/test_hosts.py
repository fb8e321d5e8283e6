"""A defence body whose host ends: it is suspended with its members, until another host of all of them agrees."""

import pytest
from django.db import connection, transaction

from core.actions import accords, endings, hosts
from core.actions.settling import settle
from core.models import Body, Person
from core.timekeeping import folkmoot_now
from defense.permissions.bodies import may_join
from tests import village
from tests.core.actions.test_unions import decide
from tests.defense.scene import Watch

pytestmark = pytest.mark.django_db


def end(host: Body) -> None:
    """It ends, and all that the database judges at the commit is judged."""
    with transaction.atomic():
        endings.end(endings.take_all(host), at=folkmoot_now())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def choose(watch: Watch, host: Body, agreeing: list[Person]) -> Body:
    """The watch decides that this is its host, and the host that it is."""
    members, body = [watch.ana, watch.bruno, watch.eva], Body.objects.get(pk=watch.body.pk)
    proposal = decide(hosts.propose(body, host, "They know us.", by=watch.ana, at=folkmoot_now()), members)
    settle()
    decide(accords.take_up(proposal.accord.accord, host, by=agreeing[0], at=folkmoot_now()), agreeing)
    settle()
    return Body.objects.get(pk=watch.body.pk)


def test_a_host_ends_and_its_watch_waits_for_one_that_all_its_members_are_members_of(
    watch: Watch, no_decision: None
) -> None:
    others = village.make_people("x", "y", "z")
    birch = village.make_council("Birch Street", [*others, watch.ana])
    elm = village.make_council("Elm Street", [*others, watch.ana, watch.bruno, watch.eva])

    end(watch.host)
    suspended = Body.objects.get(pk=watch.body.pk)
    assert suspended.suspended_at is not None
    assert suspended.memberships.open().count() == 3
    assert "Nobody joins" in str(may_join(watch.farid, suspended, folkmoot_now()).reason)

    still = choose(watch, birch, others)
    assert (still.host, still.suspended_at) == (watch.host, suspended.suspended_at)
    assert still.proposals.get(kind="host").effect == "failed"

    lifted = choose(watch, elm, others)
    assert (lifted.host, lifted.suspended_at) == (elm, None)
