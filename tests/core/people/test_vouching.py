"""Vouching for who wants to join: who may, for how many, and what comes of it."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from core.actions import applications, invitations, memberships
from core.models import Application, Cause
from core.refusals import Denied
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.people.cast import Street, ask, link, recorded, stage

pytestmark = pytest.mark.django_db


def test_the_second_vouch_opens_the_time_for_objections(street: Street) -> None:
    application = ask(street)

    applications.vouch(application, by=street.ana, at=folkmoot_now())
    assert stage(application) == "open"
    at = folkmoot_now()
    applications.vouch(application, by=street.bruno, at=at)

    application.refresh_from_db()
    assert application.stage == "objections"
    assert application.objections_until == at + timedelta(hours=72)
    assert recorded(street.body)[-2:] == ["application.vouched", "application.vouched"]
    assert Cause.objects.filter(what=Cause.What.OBJECTIONS_OPEN, application=application).count() == 1


def test_vouching_twice_counts_once(street: Street) -> None:
    application = ask(street)

    applications.vouch(application, by=street.ana, at=folkmoot_now())
    applications.vouch(application, by=street.ana, at=folkmoot_now())

    assert application.vouches.count() == 1
    assert stage(application) == "open"


def test_the_vouch_of_who_has_left_does_not_count(street: Street) -> None:
    application = ask(street)
    applications.vouch(application, by=street.ana, at=folkmoot_now())
    memberships.leave(street.body, by=street.ana)

    applications.vouch(application, by=street.bruno, at=folkmoot_now())
    assert stage(application) == "open"
    applications.vouch(application, by=street.carla, at=folkmoot_now())

    assert stage(application) == "objections"


def test_a_member_vouches_for_three_at_a_time(street: Street) -> None:
    names = village.make_people("ines", "jan", "kim", "lea")
    asked = [ask(street, person) for person in names]
    for application in asked[:3]:
        applications.vouch(application, by=street.ana, at=folkmoot_now())

    with pytest.raises(Denied, match="You vouch for three people already"):
        applications.vouch(asked[3], by=street.ana, at=folkmoot_now())
    assert asked[3].vouches.count() == 0
    applications.withdraw(asked[0], by=names[0], at=folkmoot_now())
    applications.vouch(asked[3], by=street.ana, at=folkmoot_now())

    assert asked[3].vouches.count() == 1


def test_a_newcomer_vouches_after_30_days_and_a_founder_at_once(street: Street) -> None:
    with transaction.atomic():
        memberships.admit(street.body, street.hugo, at=folkmoot_now())
    application = ask(street)

    village.move_clock(timedelta(days=29))
    with pytest.raises(Denied):
        applications.vouch(application, by=street.hugo, at=folkmoot_now())
    village.move_clock(timedelta(days=1, seconds=1))
    applications.vouch(application, by=street.hugo, at=folkmoot_now())

    assert application.vouches.get().membership.person == street.hugo


def test_vouching_locks_the_membership_before_the_body(street: Street) -> None:
    application = ask(street)

    with CaptureQueriesContext(connection) as asked:
        applications.vouch(application, by=street.ana, at=folkmoot_now())

    locked = [query["sql"] for query in asked if "FOR NO KEY UPDATE" in query["sql"]]
    tables = [sql.split(' FROM "')[1].split('"')[0] for sql in locked]
    assert tables[:3] == ["core_membership", "core_body", "core_application"]


def test_an_invitation_is_the_inviters_vouch_if_they_may_vouch(street: Street) -> None:
    with transaction.atomic():
        memberships.admit(street.body, street.hugo, at=folkmoot_now())
    by_ana = invitations.accept(link(street, street.ana)[1], by=street.gina, at=folkmoot_now())
    by_hugo = invitations.accept(link(street, street.hugo)[1], by=street.dario, at=folkmoot_now())

    assert isinstance(by_ana, Application)
    assert isinstance(by_hugo, Application)
    assert by_ana.vouches.get().membership.person == street.ana
    assert (by_hugo.vouches.count(), by_hugo.invited_by.person) == (0, street.hugo)  # type: ignore[union-attr]
