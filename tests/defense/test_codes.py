"""Codes of conduct: decided by the host, in force after two weeks, accepted by name; who has not waits."""

from datetime import timedelta

import pytest
from django.db import transaction

from core.actions import ballots, candidacies, mandates, memberships
from core.actions.settling import settle
from core.models import Body, Cause, Mandate, Membership, RecordLine
from core.notices.fanning import fan_out
from core.refusals import Denied, Invalid, Stale
from core.timekeeping import folkmoot_now
from defense.actions import codes, forming, posts
from defense.models import Code
from defense.permissions.bodies import HOST_ONLY, PENDING
from defense.queries.standing import get_codes, get_standings, is_in_good_standing
from tests import village
from tests.core.actions.locking import locks_of
from tests.core.actions.scene import from_now, query, refused, refused_by_the_database, run
from tests.defense.scene import CODE, TERMS, Watch, accept_both, elect, open_election, set_code

pytestmark = pytest.mark.django_db


def good(watch: Watch, name: str) -> bool:
    return is_in_good_standing(watch.people[name], watch.body, at=folkmoot_now())


def new_version(watch: Watch, scope: str = "own") -> Code:
    set_code(watch.body, scope, watch.ana, watch.neighbours, f"{CODE}\n\nWe tell what we saw.")
    return Code.objects.latest("pk")


def test_a_host_forms_a_body_and_only_its_own_members_join(watch: Watch) -> None:
    assert (watch.body.host, watch.body.kind) == (watch.host, Body.Kind.DEFENSE)
    assert watch.body.decides
    with refused(Denied, str(HOST_ONLY)):
        memberships.admit(watch.body, watch.dario, at=folkmoot_now())
    at = folkmoot_now()
    with refused_by_the_database("members of a defence body are members of its host"):
        Membership.objects.create(body=watch.body, person=watch.dario, joined_at=at, voice_from=at)
    with refused(Denied, "A defence body answers to a council."):
        plan = forming.Plan("Another", "militia", "Why not.")
        forming.propose(watch.body, plan, "Why.", by=watch.ana, at=folkmoot_now())
    with refused(Invalid, "Choose what sort"):
        forming.propose(watch.host, forming.Plan("A", "army", "B"), "Why.", by=watch.ana, at=folkmoot_now())


def test_who_leaves_the_host_leaves_its_defence_body_at_once_and_the_post_with_it(watch: Watch) -> None:
    taken = locks_of(lambda: memberships.leave(watch.host, by=watch.bruno))
    assert taken == ["membership", "body", "mandate", "recordhead"]

    memberships.leave(watch.host, by=watch.bruno)

    assert not Membership.objects.open().filter(person=watch.bruno).exists()
    watch.mandate.refresh_from_db()
    assert watch.mandate.ending == "left"
    assert RecordLine.objects.filter(body=watch.body, what="member.left").exists()


@pytest.mark.usefixtures("no_decision")
def test_who_is_removed_from_the_host_leaves_too_and_the_database_insists(watch: Watch) -> None:
    membership = village.membership(watch.host, watch.eva)
    with transaction.atomic():
        memberships.remove(membership, at=folkmoot_now())
    assert not Membership.objects.open().filter(person=watch.eva).exists()

    with refused_by_the_database("who leaves a host leaves its defence bodies"):
        at = village.membership(watch.host, watch.bruno)
        run("UPDATE core_membership SET ended_at = folkmoot_now(), ending = 'left' WHERE id = %s", at.pk)
        run("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_new_version_is_in_force_after_14_days_and_makes_who_has_not_accepted_wait(watch: Watch) -> None:
    assert good(watch, "bruno")
    version = new_version(watch)
    assert version.adopted_at is not None
    assert version.in_force_at == version.adopted_at + timedelta(days=14)
    assert good(watch, "bruno")
    codes.accept(watch.body, "own", 2, by=watch.ana)

    village.move_clock(timedelta(days=14))

    assert (good(watch, "ana"), good(watch, "bruno")) == (True, False)
    watch.mandate.refresh_from_db()
    assert watch.mandate.ended_at is None  # it rests, and does not end
    with refused(Denied, "This post rests"):
        mandates.report(watch.mandate, "All is well.", by=watch.bruno)
    village.make_proposal(watch.host, watch.bruno)  # rights in the host never wait
    codes.accept(watch.body, "own", 2, by=watch.bruno)
    assert good(watch, "bruno")
    mandates.report(watch.mandate, "All is well.", by=watch.bruno)


def test_a_post_that_rests_can_be_given_back(watch: Watch) -> None:
    new_version(watch)
    village.move_clock(timedelta(days=14))

    mandates.resign(watch.mandate, by=watch.bruno)

    watch.mandate.refresh_from_db()
    assert watch.mandate.ending == "resigned"


def test_only_the_newest_version_is_accepted_once_and_with_its_day(watch: Watch) -> None:
    new_version(watch)
    news = from_now()
    with refused(Stale, "There is a newer version of this code."):
        codes.accept(watch.body, "own", 1, by=watch.ana)
    with refused(Invalid, "There is no such code yet."):
        codes.accept(watch.body, "other", 1, by=watch.ana)
    with refused(Denied, "Only members can do this."):
        codes.accept(watch.body, "own", 2, by=watch.farid)

    first, again = (codes.accept(watch.body, "own", 2, by=watch.ana) for _time in range(2))

    assert first == again
    assert news.recorded() == ["code.accepted"]
    assert locks_of(lambda: codes.accept(watch.body, "own", 2, by=watch.bruno)) == ["membership", "body", "recordhead"]
    old = Code.objects.get(body=watch.body, number=1)
    inside = village.membership(watch.body, watch.eva)
    with refused_by_the_database("a member accepts the newest version of the codes"):
        run("INSERT INTO defense_acceptance (membership_id, code_id, at) VALUES (%s, %s, now())", inside.pk, old.pk)
    with refused_by_the_database("an acceptance stays"):
        run("DELETE FROM defense_acceptance")


@pytest.mark.usefixtures("no_decision")
def test_nobody_is_in_good_standing_without_both_acceptances(watch: Watch) -> None:
    with transaction.atomic():
        joined = memberships.admit(watch.body, watch.gina, at=folkmoot_now())
    assert not good(watch, "gina")
    codes.accept(watch.body, "own", 1, by=watch.gina)
    assert not good(watch, "gina")
    codes.accept(watch.body, "confederal", 1, by=watch.gina)
    assert good(watch, "gina")
    standing = "SELECT defense_good_standing(%s, folkmoot_now())"
    assert query(standing % joined.pk) == [(True,)]
    new_version(watch, "confederal")
    village.move_clock(timedelta(days=14))
    assert query(standing % joined.pk) == [(False,)]
    rows = get_standings(watch.body, get_codes(watch.body, at=folkmoot_now()), at=folkmoot_now())
    assert [row.good for row in rows] == [False] * 4


def test_no_post_for_a_member_who_waits_and_the_database_says_so_too(watch: Watch) -> None:
    new_version(watch)
    village.move_clock(timedelta(days=14))
    accept_both(watch.body, watch.ana)
    proposal = posts.call_election(watch.steward, TERMS, "Why.", by=watch.ana, at=folkmoot_now())
    for person in (watch.eva, watch.farid):
        with refused(Denied, str(PENDING)):
            candidacies.stand(proposal, by=person, at=folkmoot_now())
    at = folkmoot_now()
    granted = {"body": watch.host, "granted_by": proposal, "title": "x", "task": "x", "limits": "x", "starts_at": at}
    with refused_by_the_database("a post is for members in good standing"):
        Mandate.objects.create(person=watch.eva, ends_at=at + timedelta(days=9), **granted)
    with refused_by_the_database("a post is for members in good standing, and a year at most"):
        Mandate.objects.create(person=watch.ana, ends_at=at + timedelta(days=366), **granted)


def test_who_waits_on_the_day_of_the_count_is_not_given_the_post(watch: Watch) -> None:
    new_version(watch)
    village.move_clock(timedelta(days=8))
    vote = open_election(watch.steward, watch.eva, watch.ana)
    for person in watch.neighbours:
        ballots.cast(vote, (1,), by=person)

    village.close(vote)

    assert vote.proposal.granted.count() == 0
    accept_both(watch.body, watch.eva, watch.ana)
    assert elect(watch.steward, watch.eva, watch.ana, watch.neighbours).granted.get().person == watch.eva


def test_members_are_reminded_before_and_after_and_only_who_has_not_accepted(watch: Watch) -> None:
    new_version(watch)
    codes.accept(watch.body, "own", 2, by=watch.ana)
    village.move_clock(timedelta(days=11, hours=1))
    news = from_now()
    settle()
    settle()
    village.move_clock(timedelta(days=3))
    settle()
    settle()

    assert [what for what in news.told() if what.startswith("code.")] == ["code.coming", "code.pending"]
    cause = Cause.objects.get(what="code.pending")
    fan_out(cause.pk)
    assert {notice.person for notice in cause.notices.all()} == {watch.bruno, watch.eva}


def test_the_host_decides_and_nobody_else(watch: Watch) -> None:
    with refused(Denied, "Only members can do this."):
        codes.propose(watch.body, "own", CODE, "Why.", by=watch.dario, at=folkmoot_now())
    with refused(Denied, "This is not a defence body."):
        codes.propose(watch.host, "own", CODE, "Why.", by=watch.ana, at=folkmoot_now())
    with refused(Invalid, "Write the code"):
        codes.propose(watch.body, "own", " ", "Why.", by=watch.ana, at=folkmoot_now())
    code = Code.objects.filter(number=1).first()
    assert code is not None
    with refused_by_the_database("a code that was adopted never changes"):
        run("UPDATE defense_code SET text = 'x' WHERE id = %s", code.pk)
