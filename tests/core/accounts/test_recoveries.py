"""Back into one's account: what it takes, who waits, who hears of it, and what nobody can do silently."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import transaction

from core.actions import friends, people, recoveries
from core.actions.settling import settle
from core.actions.throttle import TooMany
from core.models import Cause, Friend, Person, RecordLine, Recovery, RecoveryVouch
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.accounts.cast import NEW, Home, has_new_password, news_of, proven
from tests.core.actions.locking import locks_of
from tests.core.actions.scene import from_now, refused, refused_by_the_database, undone
from tests.core.actions.test_matrix import attempt

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tries_are_fresh(db: None) -> None:
    cache.clear()


# -- verbs and people, verbs and states

VOUCHING = {"bruno", "carla", "eva"}
STOPPING = {"ana"}
PEOPLE = ("ana", "bruno", "carla", "eva", "farid", "anita", "dario")


def test_who_may_vouch_and_who_may_stop(home: Home) -> None:
    code = recoveries.ask("ana", NEW)
    recovery = Recovery.objects.get()
    wrong: list[str] = []
    for name in PEOPLE:
        person = getattr(home, name)
        with undone():
            act: Callable[[], Any] = partial(recoveries.vouch, code, by=person, at=folkmoot_now())
            wrong += attempt("vouch", act, name in VOUCHING, name)
        with undone():
            wrong += attempt("stop", partial(recoveries.stop, recovery, by=person), name in STOPPING, name)
    assert wrong == []


AT = {
    "asked": {"vouch", "stop"},
    "vouched": {"vouch", "stop"},
    "waiting": {"stop"},
    "too old": {"stop"},
    "done": set[str](),
    "stopped": set[str](),
}


def bring_to(home: Home, state: str) -> tuple[str, Recovery]:
    """Ana's recovery in that state, and its code. She holds a mandate, so that it waits."""
    village.make_mandate(home.body, home.members, home.ana, author=home.bruno)
    code, at = "ABCDE-FGHJK", folkmoot_now()
    recoveries.begin("ana", make_password(NEW), code, at=at)
    if state not in ("asked", "too old"):
        recoveries.vouch(code, by=home.bruno, at=folkmoot_now())
    if state in ("waiting", "done", "stopped"):
        recoveries.vouch(code, by=home.carla, at=folkmoot_now())
    if state == "too old":
        village.move_clock(timedelta(hours=25))
    if state == "done":
        village.move_clock(timedelta(hours=73))
        settle()
    recovery = Recovery.objects.get()
    if state == "stopped":
        recoveries.stop(recovery, by=home.ana)
    return code, recovery


def test_every_verb_in_every_state(home: Home) -> None:
    wrong: list[str] = []
    for state, allowed in AT.items():
        with undone():
            code, recovery = bring_to(home, state)
            at = folkmoot_now()
            with undone():
                act = partial(recoveries.vouch, code, by=home.eva, at=at)
                idle = state == "waiting"  # said once more, and nothing changes
                wrong += [] if idle and act().pk == recovery.pk else attempt("vouch", act, "vouch" in allowed, state)
            with undone():
                wrong += attempt("stop", partial(recoveries.stop, recovery, by=home.ana), "stop" in allowed, state)
    assert wrong == []


# -- by friends


def test_two_friends_let_somebody_in_who_lost_everything(home: Home) -> None:
    totp.TOTP.activate(home.ana, "JBSWY3DPEHPK3PXP")

    code = recoveries.ask("ana", NEW)
    recoveries.vouch(code.lower().replace("-", " "), by=home.bruno, at=folkmoot_now())
    assert not has_new_password(home)
    recoveries.vouch(code, by=home.bruno, at=folkmoot_now())
    assert not has_new_password(home)
    recoveries.vouch(code, by=home.carla, at=folkmoot_now())

    assert has_new_password(home)
    assert not home.ana.authenticator_set.exists()  # type: ignore[attr-defined]
    assert news_of(home.ana) == ["friends.chosen", "recovery.begun", "recovery.done"]
    assert Recovery.objects.get().password_hash == ""


def test_who_holds_a_mandate_waits_and_those_who_gave_it_hear_of_it(home: Home) -> None:
    village.make_mandate(home.body, home.members, home.ana, author=home.bruno)
    news = from_now()

    recovery = proven(home)

    assert not has_new_password(home)
    assert recovery.due_at == recovery.proven_at + timedelta(hours=72)  # type: ignore[operator]
    assert news.told() == [Cause.What.RECOVERY_WAITS]
    assert news.recorded() == []  # lines at one moment in two records would show that two labels are one person
    village.move_clock(timedelta(hours=71, minutes=59))
    settle()
    assert not has_new_password(home)
    village.move_clock(timedelta(minutes=2))
    settle()
    assert has_new_password(home)


def test_each_body_that_gave_a_mandate_hears_of_its_own_alone(home: Home) -> None:
    others = village.make_people("gina", "hugo")
    birch = village.make_council("Birch Street", [home.ana, *others])
    village.make_mandate(home.body, home.members, home.ana, author=home.bruno)
    village.make_mandate(birch, [home.ana, *others], home.ana, author=home.ana, title="Keep the keys")

    proven(home)

    told = Cause.objects.filter(what=Cause.What.RECOVERY_WAITS).order_by("pk")
    assert [(cause.body, cause.mandate.body) for cause in told if cause.mandate] == [
        (home.body, home.body),
        (birch, birch),
    ]
    assert not RecordLine.objects.filter(what__startswith="recovery").exists()


def test_the_person_stops_it_and_those_who_were_told_hear_that_too(home: Home) -> None:
    village.make_mandate(home.body, home.members, home.ana, author=home.bruno)
    recovery = proven(home)
    news = from_now()

    recoveries.stop(recovery, by=home.ana)

    village.move_clock(timedelta(hours=80))
    settle()
    assert not has_new_password(home)
    assert news.told() == [Cause.What.RECOVERY_STOPPED]
    assert news_of(home.ana)[-1] == "recovery.stopped"


def test_one_friend_and_a_stranger_are_not_two(home: Home) -> None:
    code = recoveries.ask("ana", NEW)
    recoveries.vouch(code, by=home.bruno, at=folkmoot_now())

    with refused(words="This code is of nobody who counts on you"):
        recoveries.vouch(code, by=home.farid, at=folkmoot_now())
    assert not has_new_password(home)


def test_friends_of_an_hour_do_not_count(home: Home) -> None:
    friends.choose(home.ana, [home.farid, home.anita, home.eva], at=folkmoot_now())

    code = recoveries.ask("ana", NEW)

    assert not Recovery.objects.exists()  # eva alone has been one for long enough
    with refused():
        recoveries.vouch(code, by=home.eva, at=folkmoot_now())


def test_who_was_chosen_after_the_question_does_not_count_either(home: Home) -> None:
    """A thief with a session makes farid a friend in the middle of it."""
    code = recoveries.ask("ana", NEW)
    friends.choose(home.ana, [home.farid, home.carla, home.eva], at=folkmoot_now())

    with refused(words="This code is of nobody who counts on you"):
        recoveries.vouch(code, by=home.farid, at=folkmoot_now())
    with refused(words="This code is of nobody who counts on you"):
        recoveries.vouch(code, by=home.bruno, at=folkmoot_now())


def test_a_name_without_friends_and_one_that_nobody_has_get_a_code_all_the_same(home: Home) -> None:
    codes = [recoveries.ask(name, NEW) for name in ("ana", "farid", "nobody-at-all")]

    assert {len(code) for code in codes} == {11}
    assert Recovery.objects.count() == 1


def test_who_asks_in_anothers_name_ends_nothing(home: Home) -> None:
    code = recoveries.ask("ana", NEW)
    recoveries.ask("ana", "the password of a thief")

    recoveries.vouch(code, by=home.bruno, at=folkmoot_now())
    recoveries.vouch(code, by=home.eva, at=folkmoot_now())

    assert has_new_password(home)


def test_the_sixth_ask_in_an_hour_waits_for_every_name_alike(home: Home) -> None:
    for name in ("ana", "nobody-at-all"):
        for _number in range(5):
            recoveries.ask(name, NEW)
        with pytest.raises(TooMany):
            recoveries.ask(name.upper(), NEW)


# -- by the mailbox


def test_the_mailbox_replaces_a_password_at_once_for_who_holds_no_mandate(home: Home) -> None:
    recoveries.by_mailbox(home.ana, NEW)

    assert has_new_password(home)
    assert news_of(home.ana)[-1] == "recovery.done"


def test_two_friends_are_believed_before_a_mailbox(home: Home) -> None:
    village.make_mandate(home.body, home.members, home.ana, author=home.bruno)
    thief = recoveries.by_mailbox(home.ana, "the password of a thief")
    with refused(words="A new password waits already"):
        recoveries.by_mailbox(home.ana, "another one")

    proven(home)

    thief.refresh_from_db()
    assert thief.ending == Recovery.Ending.STOPPED
    village.move_clock(timedelta(hours=73))
    settle()
    assert has_new_password(home)


# -- friends


def test_friends_are_three_others_from_ones_own_bodies(home: Home) -> None:
    at = folkmoot_now()
    for wrong in (
        [home.bruno, home.carla],
        [home.bruno, home.bruno, home.carla],
        [home.bruno, home.carla, home.ana],
        [home.bruno, home.carla, home.dario],
    ):
        with refused():
            friends.choose(home.ana, wrong, at=at)


def test_a_friend_who_is_kept_goes_on_counting_and_new_ones_are_told(home: Home) -> None:
    at = folkmoot_now()

    friends.choose(home.ana, [home.farid, home.bruno, home.carla], at=at)

    counting = Friend.objects.filter(person=home.ana, counts_from__lte=at)
    assert {row.friend for row in counting} == {home.bruno, home.carla}
    assert (news_of(home.farid), news_of(home.eva)) == (["friend.chosen"], ["friend.chosen"])
    assert news_of(home.bruno) == ["friend.chosen"]


def test_only_the_friend_steps_back(home: Home) -> None:
    row = Friend.objects.get(friend=home.eva)
    with refused():
        friends.step_back(row, by=home.ana)

    friends.step_back(row, by=home.eva)

    assert Friend.objects.filter(person=home.ana).count() == 2


def test_who_leaves_the_house_helps_nobody_and_needs_no_way_back(home: Home) -> None:
    recoveries.ask("ana", NEW)

    people.close_account(home.ana, at=folkmoot_now())
    people.close_account(home.bruno, at=folkmoot_now())

    assert not Friend.objects.filter(friend=home.bruno).exists()
    assert not Friend.objects.filter(person=home.ana).exists()
    assert not Recovery.objects.open().exists()


# -- the database


def test_the_database_takes_no_proof_without_two_friends_and_no_haste(home: Home) -> None:
    village.make_mandate(home.body, home.members, home.ana, author=home.bruno)
    at = folkmoot_now()
    recoveries.ask("ana", NEW)
    recovery = Recovery.objects.get()
    with refused_by_the_database("only friends chosen beforehand vouch"):
        RecoveryVouch.objects.create(recovery=recovery, friend=home.farid, at=at)
    with refused_by_the_database("it takes two friends"):
        Recovery.objects.update(proven_at=at, due_at=at + timedelta(hours=72))
    RecoveryVouch.objects.bulk_create(
        RecoveryVouch(recovery=recovery, friend=friend, at=at) for friend in (home.bruno, home.eva)
    )
    with refused_by_the_database("who holds a mandate waits"):
        Recovery.objects.update(proven_at=at, due_at=at)
    Recovery.objects.update(proven_at=at, due_at=at + timedelta(hours=72))
    with refused_by_the_database("stays as it is"):
        Recovery.objects.update(password_hash=make_password("the password of a thief"))
    with refused_by_the_database("stays as it is"):
        Recovery.objects.update(due_at=at)
    with refused_by_the_database("recovery_done_when_due"):
        Recovery.objects.update(ended_at=at, ending="done", password_hash="")


def test_vouching_and_stopping_lock_the_person_then_the_recovery(home: Home) -> None:
    code = recoveries.ask("ana", NEW)
    recovery = Recovery.objects.get()

    assert locks_of(lambda: recoveries.vouch(code, by=home.bruno, at=folkmoot_now())) == ["person", "recovery"]
    assert locks_of(lambda: recoveries.stop(recovery, by=home.ana)) == ["person", "recovery"]
    assert locks_of(lambda: recoveries.by_mailbox(home.ana, NEW))[0] == "person"


def test_an_account_that_has_ended_is_not_recovered(home: Home) -> None:
    with transaction.atomic():
        Person.objects.filter(pk=home.ana.pk).update(is_active=False)

    recoveries.ask("ana", NEW)

    assert not Recovery.objects.exists()
