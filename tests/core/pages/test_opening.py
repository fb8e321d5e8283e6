"""Seconding what is urgent, and opening votes: each act with its refusals."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.actions import opening, proposals
from core.models import Second, Stage
from core.refusals import Invalid
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.pages.cast import Lines, SignedIn, Street, act, page_of, stage_of

pytestmark = pytest.mark.django_db


def test_proposal_second_counts_once_for_each(street: Street, as_person: SignedIn) -> None:
    urgent = village.make_proposal(street.body, street.ana, urgent=True)
    client = as_person(street.bruno)

    first, again = act(client, "proposal-second", urgent), act(client, "proposal-second", urgent, once="k2")

    assert (first.status_code, again.status_code) == (303, 303)
    assert Second.objects.get().person == street.bruno
    assert "1 of 2 others has seconded it." in page_of(client, urgent)


def test_proposal_second_by_its_author_or_of_what_can_wait_is_refused(street: Street, as_person: SignedIn) -> None:
    urgent = village.make_proposal(street.body, street.ana, urgent=True)
    calm = village.make_proposal(street.body, street.ana)

    own = act(as_person(street.ana), "proposal-second", urgent)
    needless = act(as_person(street.bruno), "proposal-second", calm)

    assert (own.status_code, needless.status_code) == (403, 403)
    assert "Two others must second it." in own.content.decode()
    assert "Only urgent proposals are seconded." in needless.content.decode()
    assert not Second.objects.exists()


def test_proposal_open_begins_the_vote(street: Street, as_person: SignedIn) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    village.move_clock(timedelta(days=3))

    answer = act(as_person(street.ana), "proposal-open", proposal)

    assert answer.status_code == 303
    assert stage_of(proposal) == Stage.VOTING


def test_proposal_open_too_early_or_by_another_says_why(street: Street, as_person: SignedIn, lines: Lines) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    before = lines()

    early = act(as_person(street.ana), "proposal-open", proposal)
    village.move_clock(timedelta(days=4))
    other = act(as_person(street.bruno), "proposal-open", proposal)

    assert (early.status_code, other.status_code) == (403, 403)
    assert "The talk has to last longer before the vote can open." in early.content.decode()
    assert "only the author can open the vote" in other.content.decode()
    assert (stage_of(proposal), lines()) == (Stage.DISCUSSION, before)


def test_proposal_open_of_an_urgent_one_takes_its_closing_time_in_the_time_of_the_body(
    street: Street, as_person: SignedIn
) -> None:
    people = village.make_people("gina", "hugo", "ines", "jana")
    body = village.make_council("Calle Mayor", people, time_zone="Asia/Tokyo")
    urgent = village.make_proposal(body, people[0], urgent=True)
    for person in people[1:3]:
        proposals.second(urgent, by=person, at=folkmoot_now())
    with timezone.override("Asia/Tokyo"):
        close = timezone.localtime(folkmoot_now() + timedelta(hours=30)).replace(second=0, microsecond=0)

    answer = act(as_person(people[0]), "proposal-open", urgent, closes_at=f"{close:%Y-%m-%dT%H:%M}")

    assert answer.status_code == 303
    assert urgent.votes.get().closes_at == close


@pytest.mark.parametrize(("closes_at", "status"), [("", 422), ("soon", 422), ("2026-01-01T10:00", 422)])
def test_proposal_open_of_an_urgent_one_refuses_a_window_that_is_none(
    street: Street, as_person: SignedIn, closes_at: str, status: int
) -> None:
    urgent = village.make_proposal(street.body, street.ana, urgent=True)
    for person in (street.bruno, street.carla):
        proposals.second(urgent, by=person, at=folkmoot_now())

    answer = act(as_person(street.ana), "proposal-open", urgent, closes_at=closes_at)

    assert answer.status_code == status
    assert stage_of(urgent) == Stage.DISCUSSION


def test_an_urgent_vote_is_open_no_longer_than_an_ordinary_one(street: Street) -> None:
    urgent = village.make_proposal(street.body, street.ana, urgent=True)
    for person in (street.bruno, street.eva):
        proposals.second(urgent, by=person, at=folkmoot_now())

    with pytest.raises(Invalid, match="no longer than an ordinary one"):
        opening.open_vote(urgent, by=street.ana, closes_at=folkmoot_now() + timedelta(days=360_000))
