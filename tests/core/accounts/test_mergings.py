"""Two accounts of one person become one: who may say so, when it happens, and what never passes over."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from core.actions import confidence, mandates, memberships, mergings
from core.actions.settling import settle
from core.models import Cause, Mandate, Membership, Merging, Task, Vote
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.accounts.cast import Home, asked, is_member, news_of, of, vouched
from tests.core.actions.locking import locks_of
from tests.core.actions.scene import from_now, refused, refused_by_the_database, undone
from tests.core.actions.test_matrix import attempt
from tests.verify.honest import assert_whole

pytestmark = pytest.mark.django_db

Verb = Callable[[Merging, Any], object]
VERBS: dict[str, Verb] = {
    "vouch": lambda merging, by: mergings.vouch(merging, by=by, at=folkmoot_now()),
    "agree": lambda merging, by: mergings.agree(merging, by=by, at=folkmoot_now()),
    "stop": lambda merging, by: mergings.stop(merging, by=by, at=folkmoot_now()),
}
BY_PERSON = {
    "vouch": {"bruno", "carla", "eva", "farid"},
    "agree": {"anita"},
    "stop": {"ana", "anita", "bruno", "carla", "eva", "farid"},
}
IN_STATE = {
    "asked": {"vouch", "agree", "stop"},
    "vouched": {"vouch", "agree", "stop"},
    "agreed": {"vouch", "stop"},
    "done": set[str](),
    "stopped": set[str](),
}
WHO = {"vouch": "eva", "agree": "anita", "stop": "farid"}


def test_every_verb_by_everybody(home: Home) -> None:
    merging = asked(home)
    wrong: list[str] = []
    for verb, allowed in BY_PERSON.items():
        for name in ("ana", "anita", "bruno", "carla", "eva", "farid", "dario"):
            with undone():
                wrong += attempt(verb, partial(VERBS[verb], merging, getattr(home, name)), name in allowed, name)
    assert wrong == []


def bring_to(home: Home, state: str) -> Merging:
    """The merging in that state."""
    merging = asked(home) if state in ("asked", "agreed", "stopped") else vouched(home)
    if state == "agreed":
        mergings.agree(merging, by=home.anita, at=folkmoot_now())
    if state == "stopped":
        mergings.stop(merging, by=home.ana, at=folkmoot_now())
    if state == "done":
        village.move_clock(timedelta(hours=73))
        settle()
    return merging


def test_every_verb_in_every_state(home: Home) -> None:
    wrong: list[str] = []
    for state, allowed in IN_STATE.items():
        with undone():
            merging = bring_to(home, state)
            for verb, act in VERBS.items():
                with undone():
                    person = getattr(home, WHO[verb])
                    wrong += attempt(verb, partial(act, merging, person), verb in allowed, state)
    assert wrong == []


def test_two_who_vouch_and_72_hours_make_one_membership_of_two(home: Home) -> None:
    news = from_now()
    vouched(home)

    village.move_clock(timedelta(hours=71, minutes=59))
    settle()
    assert is_member(home, home.anita)
    village.move_clock(timedelta(minutes=2))
    settle()

    assert (is_member(home, home.ana), is_member(home, home.anita)) == (True, False)
    assert of(home, home.anita).ending == Membership.Ending.MERGED
    assert news.recorded() == ["merging.asked", "merging.vouched", "merging.vouched", "member.merged"]
    assert news.told() == [Cause.What.MERGING_ASKED, Cause.What.MEMBER_MERGED]
    assert news_of(home.anita) == ["merging.asked"]
    assert_whole(home.body, home.ana)


def test_nobody_waits_if_the_other_account_agrees(home: Home) -> None:
    merging = vouched(home)
    mergings.agree(merging, by=home.anita, at=folkmoot_now())

    settle()

    assert not is_member(home, home.anita)
    assert_whole(home.body, home.ana)


def test_without_two_who_vouch_nothing_happens(home: Home) -> None:
    merging = asked(home)
    mergings.vouch(merging, by=home.bruno, at=folkmoot_now())
    mergings.agree(merging, by=home.anita, at=folkmoot_now())

    village.move_clock(timedelta(days=30))
    settle()

    assert is_member(home, home.anita)


def test_no_mandate_passes_from_one_to_the_other(home: Home) -> None:
    mandate = village.make_mandate(home.body, home.members, home.anita, author=home.bruno)
    vouched(home)

    village.move_clock(timedelta(hours=73))
    settle()

    mandate.refresh_from_db()
    assert (mandate.person, mandate.ending) == (home.anita, Mandate.Ending.LEFT)
    assert not Mandate.objects.filter(person=home.ana).exists()
    with refused():
        mandates.report(mandate, "As if I held it.", by=home.ana)
    assert_whole(home.body, home.ana)


def test_a_ballot_of_the_account_that_ends_does_not_become_two(home: Home) -> None:
    vote = village.make_vote(home.body, home.bruno)
    village.cast(vote, home.anita, "agree")
    merging = vouched(home)
    mergings.agree(merging, by=home.anita, at=folkmoot_now())

    settle()
    assert is_member(home, home.anita)  # both could count in this vote: it waits

    village.close(vote)
    settle()
    assert not is_member(home, home.anita)
    assert Vote.objects.get(pk=vote.pk).ballots.count() == 1
    assert_whole(home.body, home.ana)


def test_what_the_account_that_ends_has_not_voted_it_cannot_vote_any_more(home: Home) -> None:
    vote = village.make_vote(home.body, home.bruno)
    village.cast(vote, home.ana, "agree")
    merging = vouched(home)
    mergings.agree(merging, by=home.anita, at=folkmoot_now())

    settle()

    assert not is_member(home, home.anita)
    with refused():
        village.cast(vote, home.anita, "agree")


def test_the_earlier_voice_and_open_tasks_go_over(home: Home) -> None:
    village.decide(home.body, home.members, home.bruno, tasks=[])
    decided = home.body.proposals.get()
    Task.objects.create(proposal=decided, what="Dig", person=home.anita)
    later = folkmoot_now() + timedelta(days=6)
    Membership.objects.filter(person=home.ana).update(voice_from=later)
    vouched(home)

    with undone():
        village.move_clock(timedelta(hours=73))
        settle()
        assert of(home, home.ana).voice_from == of(home, home.anita).voice_from
        assert Task.objects.get().person == home.ana


def test_confidence_is_counted_anew_when_two_become_one(home: Home) -> None:
    """Three of six are no majority; three of five are."""
    mandate = village.make_mandate(home.body, home.members, home.farid, author=home.bruno)
    for person in (home.bruno, home.carla, home.eva):
        confidence.withdraw(mandate, by=person)
    vouched(home)

    village.move_clock(timedelta(hours=73))
    settle()

    mandate.refresh_from_db()
    assert mandate.ending == Mandate.Ending.CONFIDENCE
    assert_whole(home.body, home.ana)


def test_who_leaves_meanwhile_is_not_merged(home: Home) -> None:
    merging = vouched(home)
    memberships.leave(home.body, by=home.anita)

    village.move_clock(timedelta(hours=73))
    settle()

    merging.refresh_from_db()
    assert (merging.ending, of(home, home.anita).ending) == (Merging.Ending.LAPSED, Membership.Ending.LEFT)
    assert_whole(home.body, home.ana)


def test_one_thing_at_a_time_and_never_oneself(home: Home) -> None:
    with refused():
        mergings.ask(of(home, home.ana), by=home.ana, at=folkmoot_now())
    asked(home)
    for other, by in ((home.anita, home.bruno), (home.ana, home.bruno), (home.farid, home.ana)):
        with refused(words="One of these two accounts is being merged already"):
            mergings.ask(of(home, other), by=by, at=folkmoot_now())


def test_it_is_one_body_alone_in_which_anything_is_said(home: Home) -> None:
    """Anita is a member elsewhere too: no line and no news there (invariant 25)."""
    birch = village.make_council("Birch Street", [home.anita, home.ana, *village.make_people("gina")])
    before = birch.record_lines.count(), birch.causes.count()
    vouched(home)

    village.move_clock(timedelta(hours=73))
    settle()

    assert not is_member(home, home.anita)
    assert (birch.record_lines.count(), birch.causes.count()) == before
    assert birch.memberships.open().filter(person=home.anita).exists()


def test_the_database_takes_no_merging_without_two_others(home: Home) -> None:
    merging = asked(home)
    mergings.vouch(merging, by=home.bruno, at=folkmoot_now())
    at = folkmoot_now()
    with refused_by_the_database("it takes two who vouch"):
        Merging.objects.update(until=at, ended_at=at, ending="done")
    mergings.vouch(merging, by=home.eva, at=at)
    with refused_by_the_database("merging_done_when_due"):
        Merging.objects.update(ended_at=at, ending="done")
    with refused_by_the_database("stays as it is"):
        Merging.objects.update(until=at)


def test_it_takes_memberships_body_mandates_then_the_merging(home: Home) -> None:
    merging = vouched(home)
    village.move_clock(timedelta(hours=73))

    taken = locks_of(lambda: mergings.finish_if_ripe(merging.pk))

    assert taken[:3] == ["membership", "body", "merging"] or taken[:4] == ["membership", "body", "mandate", "merging"]
    assert locks_of(lambda: mergings.vouch(merging, by=home.eva, at=folkmoot_now()))[:3] == [
        "membership",
        "body",
        "merging",
    ]
