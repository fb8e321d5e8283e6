"""Several at once, on real connections: recovered once, merged once, a place taken once."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.cache import cache

from core.actions import mergings, recoveries
from core.actions.settling import settle
from core.models import AccountNews, Recovery
from core.refusals import Refusal
from core.timekeeping import folkmoot_now
from councils.actions import studies
from tests import village
from tests.core.accounts.cast import NEW, Home, has_new_password, is_member, make_village, news_of, vouched
from tests.core.people.test_races import at_once, refused

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def home(transactional_db: None) -> Home:
    cache.clear()
    return make_village()


def test_three_friends_at_once_let_somebody_in_once(home: Home) -> None:
    code, at = recoveries.ask("ana", NEW), folkmoot_now()
    friends = (home.bruno, home.carla, home.eva)

    answers = at_once([partial(recoveries.vouch, code, by=friend, at=at) for friend in friends])

    assert has_new_password(home)
    assert news_of(home.ana).count(AccountNews.What.RECOVERY_DONE) == 1
    assert len(refused(answers)) <= 1  # the third may come too late


def test_a_stop_and_the_clock_at_once_are_one_or_the_other(home: Home) -> None:
    village.make_mandate(home.body, home.members, home.ana, author=home.bruno)
    recovery = recoveries.by_mailbox(home.ana, NEW)
    village.move_clock(timedelta(hours=73))

    at_once([partial(recoveries.stop, recovery, by=home.ana), partial(recoveries.finish_if_over, recovery.pk)])

    ending = Recovery.objects.get(pk=recovery.pk).ending
    assert has_new_password(home) == (ending == Recovery.Ending.DONE)
    assert ending in (Recovery.Ending.DONE, Recovery.Ending.STOPPED)


def test_a_ballot_and_the_merging_at_once_leave_one_ballot(home: Home) -> None:
    """Either the ballot of the account that ends is in and the merging waits, or it is refused."""
    vote = village.make_vote(home.body, home.bruno)
    merging = vouched(home)
    mergings.agree(merging, by=home.anita, at=folkmoot_now())

    at_once([partial(village.cast, vote, home.anita, "agree"), partial(mergings.finish_if_ripe, merging.pk)])

    cast = vote.ballots.count()
    assert (cast, is_member(home, home.anita)) in ((1, True), (0, False))
    village.close(vote)
    settle()
    assert not is_member(home, home.anita)


def test_the_last_place_goes_to_one(home: Home) -> None:
    begins = folkmoot_now() + timedelta(days=2)
    plan = studies.Plan("reading", "A text", "", "Kitchen", begins, begins + timedelta(hours=1), places=2)
    study = studies.announce(home.body, plan, by=home.ana, at=folkmoot_now())

    answers = at_once([partial(studies.come, study, by=each) for each in (home.bruno, home.carla, home.eva)])

    assert study.seats.count() == 2
    assert sum(isinstance(answer, Refusal) for answer in answers) == 2
