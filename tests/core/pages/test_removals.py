"""Removals on their pages: proposed once, and appealed against once."""

from datetime import timedelta

import pytest

from core.actions import opening, proposals
from core.actions.settling import settle
from core.models import Membership, Proposal
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.pages.cast import Lines, SignedIn, Street, act

pytestmark = pytest.mark.django_db


def removed(street: Street) -> Proposal:
    """Farid's removal, adopted."""
    at = folkmoot_now()
    member = village.membership(street.body, street.farid)
    proposal = proposals.draft(
        street.body, by=street.ana, at=at, title="Remove Farid", text="He hit Eva.", kind="removal", subject=member
    )
    proposals.put_up(proposal, by=street.ana, at=at)
    village.move_clock(timedelta(days=8))
    vote = opening.open_vote(proposal, by=street.ana)
    for person in street.members[:4]:
        village.cast(vote, person, "yes")
    village.close(vote)
    return Proposal.objects.get(pk=proposal.pk)


def test_proposal_appeal_of_the_removed_goes_before_the_body_and_takes_them_back(
    street: Street, as_person: SignedIn
) -> None:
    removal = removed(street)
    assert not Membership.objects.open().filter(person=street.farid).exists()

    answer = act(as_person(street.farid), "proposal-appeal", removal, text="It was not me.")

    appeal = Proposal.objects.get(kind="appeal")
    assert answer.status_code == 303
    assert answer["Location"] == appeal.get_absolute_url()
    assert as_person(street.farid).get(appeal.get_absolute_url()).status_code == 200
    village.move_clock(timedelta(days=4))
    settle()
    vote = appeal.votes.get()
    for person in street.members[:4]:
        village.cast(vote, person, "yes")
    village.close(vote)
    assert Membership.objects.open().filter(person=street.farid).exists()


def test_proposal_appeal_comes_once_in_time_and_from_the_person(
    street: Street, as_person: SignedIn, lines: Lines
) -> None:
    removal = removed(street)
    before = lines()

    other = act(as_person(street.bruno), "proposal-appeal", removal, text="He is good.")
    empty = act(as_person(street.farid), "proposal-appeal", removal, text=" ")
    village.move_clock(timedelta(days=15))
    late = act(as_person(street.farid), "proposal-appeal", removal, text="It was not me.")

    assert [answer.status_code for answer in (other, empty, late)] == [403, 422, 403]
    assert "He is good." in other.content.decode()
    assert "An appeal has to come within 14 days." in late.content.decode()
    assert "It was not me." in late.content.decode()
    assert lines() == before
    assert not Proposal.objects.filter(kind="appeal").exists()


def test_a_second_removal_of_the_same_member_is_refused_in_words(street: Street, as_person: SignedIn) -> None:
    path = f"/members/{village.membership(street.body, street.eva).pk}/remove/"
    assert as_person(street.ana).post(path, {"reason": "Shouts.", "once": "a"}).status_code == 303

    answer = as_person(street.bruno).post(path, {"reason": "Shouts a lot.", "once": "b"})

    assert answer.status_code == 409
    assert "This removal is proposed already." in answer.content.decode()
    assert "Shouts a lot." in answer.content.decode()
    assert Proposal.objects.count() == 1
