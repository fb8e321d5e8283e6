"""Who is removed or leaves while votes are open, and appeals."""

from datetime import timedelta

import pytest
from django.db import transaction

from core.actions import appeals, memberships, opening, settling
from core.models import Person, Vote
from core.refusals import Denied
from core.rules.positions import Position
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street, all_say, refused
from tests.village import cast, close, make_proposal, make_vote, move_clock


def removal(street: Street, person: Person) -> Vote:
    return make_vote(street.body, street.ana, kind="removal", subject=village.membership(street.body, person))


def test_a_removed_member_is_not_on_the_roll_and_goes_at_once(street: Street) -> None:
    talked = make_proposal(street.body, street.bruno, title="Meanwhile")
    vote = removal(street, street.gina)
    other = opening.open_vote(talked, by=street.bruno)
    assert (vote.rule, vote.roll_size) == ("removal", 4)

    all_say(vote, Position.YES)

    membership = village.membership(street.body, street.gina)
    assert membership.ending == "removed"
    assert other.roll.filter(person=street.gina).exists()


@pytest.mark.usefixtures("no_decision")
def test_who_is_removed_keeps_the_votes_already_open(street: Street) -> None:
    vote = make_vote(street.body, street.ana)
    with transaction.atomic():
        memberships.remove(village.membership(street.body, street.gina), at=folkmoot_now())

    assert cast(vote, street.gina, Position.AGREE).position == "agree"
    assert cast(vote, street.gina, Position.ABSTAIN).change_no == 2


def test_who_leaves_has_a_cast_ballot_counted_and_cannot_cast_another(street: Street) -> None:
    vote = make_vote(street.body, street.ana)
    cast(vote, street.gina, Position.AGREE)
    memberships.leave(street.body, by=street.gina)
    memberships.leave(street.body, by=street.farid)

    with refused(Denied, "You have left"):
        cast(vote, street.gina, Position.ABSTAIN)
    with refused(Denied, "You have left"):
        cast(vote, street.farid, Position.AGREE)
    with refused(Denied):
        memberships.leave(street.body, by=street.gina)
    close(vote)
    assert (vote.tally, vote.roll_size) == ({"agree": 1}, 5)


def test_an_appeal_once_within_14_days_brings_a_member_back_with_a_voice(street: Street) -> None:
    vote = all_say(removal(street, street.gina), Position.YES)
    with refused(Denied, "Only the person it is about"):
        appeals.appeal(vote.proposal, "No.", by=street.eva, at=folkmoot_now())
    appeal = appeals.appeal(vote.proposal, "It was not so.", by=street.gina, at=folkmoot_now())
    with refused(Denied, "an appeal already"):
        appeals.appeal(vote.proposal, "It was not so.", by=street.gina, at=folkmoot_now())
    move_clock(timedelta(days=3, minutes=1))
    settling.settle()
    assert appeal.votes.get().rule == "majority"

    all_say(appeal.votes.get(), Position.YES)

    again = village.membership(street.body, street.gina)
    assert again.has_voice(folkmoot_now())
    assert street.body.memberships.filter(person=street.gina).count() == 2


def test_an_appeal_after_14_days_is_too_late(street: Street) -> None:
    vote = all_say(removal(street, street.gina), Position.YES)
    move_clock(timedelta(days=14, minutes=1))

    with refused(Denied, "within 14 days"):
        appeals.appeal(vote.proposal, "It was not so.", by=street.gina, at=folkmoot_now())
