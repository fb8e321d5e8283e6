"""The one reminder of a vote, and the asking for reports."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.actions import mandates, memberships
from core.actions.reminding import ask_for_report, remind, remind_from, reports_due, votes_to_remind
from core.actions.settling import settle
from core.models import Body, Cause, Notice, Person
from core.notices.fanning import fan_out
from core.timekeeping import folkmoot_now
from tests import village

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[Person]:
    return village.make_people("ana", "bruno", "carla", "dario", "eva")


@pytest.fixture
def street(people: list[Person]) -> Body:
    return village.make_council("Alder Street", people)


def reminded() -> list[str]:
    for cause in Cause.objects.filter(fanned_at__isnull=True).order_by("pk"):
        fan_out(cause.pk)
    names = Notice.objects.filter(cause__what=Cause.What.VOTE_REMINDER).values_list("person__display_name", flat=True)
    return sorted(names)


def test_only_who_has_not_voted_is_reminded_and_only_once(street: Body, people: list[Person]) -> None:
    vote = village.make_vote(street, people[0])
    village.cast(vote, people[0], "agree")
    village.cast(vote, people[1], "agree")
    memberships.leave(street, by=people[4])
    village.move_clock(vote.closes_at - folkmoot_now() - timedelta(hours=23))

    settle()
    settle()

    assert reminded() == ["Carla", "Dario"]
    assert Cause.objects.filter(what=Cause.What.VOTE_REMINDER).count() == 1


def test_nobody_is_reminded_before_the_last_day(street: Body, people: list[Person]) -> None:
    vote = village.make_vote(street, people[0])
    village.move_clock(vote.closes_at - folkmoot_now() - timedelta(hours=25))

    settle()

    assert reminded() == []
    assert not remind(vote.pk)


def test_nobody_is_reminded_of_a_closed_vote(street: Body, people: list[Person]) -> None:
    vote = village.make_vote(street, people[0])

    village.close(vote)

    assert not remind(vote.pk)
    assert reminded() == []


def test_a_short_window_reminds_in_its_last_quarter(street: Body, people: list[Person]) -> None:
    mandate = village.make_mandate(street, people, people[1], author=people[0])
    recall = village.open_recall(mandate, people[2])
    recall.closes_at = recall.opened_at + timedelta(hours=24)

    assert remind_from(recall) == recall.opened_at + timedelta(hours=18)


def test_a_reminder_locks_the_vote(street: Body, people: list[Person]) -> None:
    vote = village.make_vote(street, people[0])
    village.move_clock(vote.closes_at - folkmoot_now() - timedelta(hours=1))

    with CaptureQueriesContext(connection) as asked:
        assert remind(vote.pk)

    assert any('FROM "core_vote"' in query["sql"] and "FOR NO KEY UPDATE" in query["sql"] for query in asked)
    assert list(votes_to_remind(folkmoot_now())) == []


def test_a_report_is_asked_for_once_on_each_due_date(street: Body, people: list[Person]) -> None:
    mandate = village.make_mandate(street, people, people[1], author=people[0])

    settle()
    assert not Cause.objects.filter(what=Cause.What.REPORT_DUE).exists()
    for days in (31, 1, 30):
        village.move_clock(timedelta(days=days))
        settle()
        settle()

    asked = Cause.objects.filter(what=Cause.What.REPORT_DUE)
    assert [cause.person for cause in asked] == [people[1], people[1]]
    assert not ask_for_report(mandate.pk)


def test_who_reported_ahead_is_not_asked(street: Body, people: list[Person]) -> None:
    mandate = village.make_mandate(street, people, people[1], author=people[0])
    village.move_clock(timedelta(days=29))
    mandates.report(mandate, "Lent out forty tools.", by=people[1])

    village.move_clock(timedelta(days=2))

    assert list(reports_due(folkmoot_now())) == []
    settle()
    assert not Cause.objects.filter(what=Cause.What.REPORT_DUE).exists()


def test_no_report_is_asked_for_under_an_ended_mandate(street: Body, people: list[Person]) -> None:
    mandate = village.make_mandate(street, people, people[1], author=people[0])
    mandates.resign(mandate, by=people[1])
    village.move_clock(timedelta(days=31))

    assert list(reports_due(folkmoot_now())) == []
    assert not ask_for_report(mandate.pk)
