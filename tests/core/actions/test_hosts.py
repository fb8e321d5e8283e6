"""The host that a body answers to: chosen on both sides; when it ends, the body is suspended until it has another."""

from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from core.actions import accords, endings, hosts, opening, proposals, recalls, unions
from core.actions.settling import settle
from core.models import Body, Cause, Person, Proposal, Stage
from core.refusals import Denied, Invalid, WrongStep
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import refused, refused_by_the_database, undone
from tests.core.actions.test_unions import decide
from tests.core.people.cast import as_, text_of
from tests.scenes import scene
from tests.verify.honest import assert_whole

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Hosted:
    """A bakery that answers to Alder, and Birch, which could be its host too."""

    alder: Body
    birch: Body
    bakery: Body
    bakers: list[Person]
    alders: list[Person]
    birches: list[Person]


def make_hosted() -> Hosted:
    """All of them."""
    names = ("Alder", "Birch", "Bakery")
    people = [village.make_people(*(f"{name.lower()}{number}" for number in range(3))) for name in names]
    alder, birch, bakery = (village.make_council(*each) for each in zip(names, people, strict=True))
    Body.objects.filter(pk=bakery.pk).update(kind=Body.Kind.COOPERATIVE, host=alder)
    return Hosted(alder, birch, fresh(bakery), people[2], people[0], people[1])


def fresh(body: Body) -> Body:
    return Body.objects.select_related("host").get(pk=body.pk)


hosted = scene(make_hosted)
SUSPENDED = "This body is suspended. Until it has another host"


def choose(hosted: Hosted) -> Proposal:
    body, by = fresh(hosted.bakery), hosted.bakers[0]
    return hosts.propose(body, hosted.birch, "They eat our bread.", by=by, at=folkmoot_now())


def end(body: Body) -> None:
    with transaction.atomic():
        endings.end(endings.take_all(body), at=folkmoot_now())


def test_both_decide_and_then_it_answers_to_the_new_host(hosted: Hosted) -> None:
    proposal = decide(choose(hosted), hosted.bakers)
    settle()
    assert fresh(hosted.bakery).host == hosted.alder
    accord = proposal.accord.accord
    decide(accords.take_up(accord, hosted.birch, by=hosted.birches[0], at=folkmoot_now()), hosted.birches)
    settle()

    bakery = fresh(hosted.bakery)
    assert (bakery.host, bakery.suspended_at) == (hosted.birch, None)
    for body in (bakery, hosted.birch):
        assert_whole(body)
    assert Cause.objects.filter(what=Cause.What.HOST_SET).count() == 2
    page = text_of(as_(hosted.bakers[0]).get(bakery.get_absolute_url()))
    assert "It answers to Birch" in page


def test_while_its_host_has_ended_it_decides_on_little_but_another(hosted: Hosted, no_decision: None) -> None:
    body, [ana, bruno, eva] = hosted.bakery, hosted.bakers
    mandate = village.make_mandate(body, hosted.bakers, bruno, author=ana)
    ripe = village.make_proposal(body, ana)
    open_vote = village.make_vote(body, bruno)
    idea = proposals.draft(body, by=ana, at=folkmoot_now(), title="Ovens", text="Two.")
    end(hosted.alder)

    body = fresh(body)
    assert body.suspended_at == fresh(hosted.alder).ended_at
    with refused(Denied, SUSPENDED):
        proposals.draft(body, by=ana, at=folkmoot_now(), title="Shelves", text="Three.")
    with refused(Denied, SUSPENDED):
        proposals.put_up(idea, by=ana, at=folkmoot_now())
    with refused(Denied, SUSPENDED):
        opening.open_vote(ripe, by=ana)
    with refused_by_the_database("decides once it has another"):
        opening.begin_vote(Proposal.objects.get(pk=ripe.pk), body, by=None, at=folkmoot_now())
    recall = recalls.open_recall(mandate, "He lost the key.", by=eva)
    assert recall.votes.count() == 1
    for person in hosted.bakers:
        village.cast(open_vote, person, "agree")
    village.close(open_vote)
    assert Proposal.objects.get(pk=open_vote.proposal_id).stage == Stage.ADOPTED
    page = text_of(as_(ana).get(body.get_absolute_url()))
    assert "Alder, the host of this body, has ended" in page

    accord = decide(choose(hosted), hosted.bakers).accord.accord
    settle()
    decide(accords.take_up(accord, hosted.birch, by=hosted.birches[0], at=folkmoot_now()), hosted.birches)
    settle()
    assert (fresh(body).host, fresh(body).suspended_at) == (hosted.birch, None)
    opening.open_vote(Proposal.objects.get(pk=ripe.pk), by=ana)
    assert_whole(body)


def test_it_is_told_when_its_host_decides_to_end_and_when_it_has(hosted: Hosted) -> None:
    decide(endings.propose(hosted.alder, "Enough.", by=hosted.alders[0], at=folkmoot_now()), hosted.alders)
    settle()
    told = Cause.objects.filter(body=hosted.bakery, what__startswith="host.")
    assert [cause.what for cause in told] == ["host.ending"]
    assert settle() == 0
    village.move_clock(timedelta(days=31))
    settle()

    assert [cause.what for cause in told.order_by("pk")] == ["host.ending", "host.ended"]
    assert fresh(hosted.bakery).suspended_at is not None
    assert settle() == 0


@pytest.mark.slow
def test_of_bodies_that_become_one_only_those_that_end_lose_what_they_host(hosted: Hosted) -> None:
    for lead, told in ((hosted.alder, []), (hosted.birch, ["host.ending", "host.ended"])):
        with undone():
            joined = unions.propose(hosted.alder, [hosted.birch], lead, "Near.", by=hosted.alders[0], at=folkmoot_now())
            accord = decide(joined, hosted.alders).accord.accord
            decide(accords.take_up(accord, hosted.birch, by=hosted.birches[0], at=folkmoot_now()), hosted.birches)
            settle()
            village.move_clock(timedelta(days=31))
            settle()
            assert (fresh(hosted.bakery).suspended_at is not None) == bool(told)
            news = Cause.objects.filter(body=hosted.bakery, what__startswith="host.").order_by("pk")
            assert [cause.what for cause in news] == told


@pytest.mark.slow
def test_where_the_host_does_not_agree_nothing_changes(hosted: Hosted) -> None:
    accord = decide(choose(hosted), hosted.bakers).accord.accord
    settle()
    decide(accords.take_up(accord, hosted.birch, by=hosted.birches[0], at=folkmoot_now()), hosted.birches, says="block")
    proposal = Proposal.objects.get(body=hosted.birch, kind="host")
    while proposal.is_live:
        village.move_clock(timedelta(days=15))
        settle()
        proposal.refresh_from_db()
    settle()

    accord.refresh_from_db()
    assert (accord.why, fresh(hosted.bakery).host) == ("not_adopted", hosted.alder)
    assert_whole(hosted.birch)
    assert_whole(hosted.bakery)


def test_who_may_be_the_host_of_whom(hosted: Hosted) -> None:
    at, ana = folkmoot_now(), hosted.bakers[0]
    bakery = fresh(hosted.bakery)
    mill = village.make_council("Mill", hosted.bakers)
    Body.objects.filter(pk=mill.pk).update(kind=Body.Kind.COOPERATIVE)
    with refused(Invalid, "a council or a confederation"):
        hosts.propose(bakery, fresh(mill), "Near.", by=ana, at=at)
    with refused(Invalid, "its host already"):
        hosts.propose(bakery, hosted.alder, "Again.", by=ana, at=at)
    with refused(Invalid, "to no host"):
        hosts.propose(hosted.birch, hosted.alder, "Above us.", by=hosted.birches[0], at=at)
    with refused(Denied):
        hosts.propose(bakery, hosted.birch, "Mine.", by=hosted.birches[0], at=at)
    choose(hosted)
    with refused(WrongStep, "proposed already"):
        choose(hosted)
    for kind in ("pod", "defense"):
        Body.objects.filter(pk=bakery.pk).update(kind=kind)
        with refused(Denied, "decides on its structure"):
            choose(hosted)


def test_no_body_is_above_itself(hosted: Hosted) -> None:
    Body.objects.filter(pk=hosted.alder.pk).update(host=hosted.birch)
    with refused_by_the_database("never its own ancestor"):
        Body.objects.filter(pk=hosted.birch.pk).update(host=hosted.bakery)
    Body.objects.filter(pk=hosted.alder.pk).update(host=None)
    Body.objects.filter(pk=hosted.birch.pk).update(host=hosted.bakery)


def test_nothing_but_another_host_lifts_a_suspension(hosted: Hosted, no_decision: None) -> None:
    rows = Body.objects.filter(pk=hosted.bakery.pk)
    with refused_by_the_database("a body that answers to a host is not suspended"):
        rows.update(suspended_at=folkmoot_now())
    end(hosted.alder)
    for wrong in ({"suspended_at": None}, {"suspended_at": None, "host": None}):
        with refused_by_the_database("nothing but another host lifts a suspension"):
            rows.update(**wrong)
    with refused_by_the_database("a body that answers to a host is not suspended"):
        rows.update(host=hosted.birch)
    with refused_by_the_database("a body that has ended hosts nobody"):
        Body.objects.filter(pk=hosted.birch.pk).update(host=hosted.alder)


def test_no_host_ends_without_suspending_what_answers_to_it(hosted: Hosted) -> None:
    with refused_by_the_database("what answers to it is suspended"):
        Body.objects.filter(pk=hosted.alder.pk).update(ended_at=folkmoot_now())
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_bodies_whose_host_had_ended_before_are_carried_over(hosted: Hosted) -> None:
    ended = folkmoot_now()
    with undone():
        Body.objects.filter(pk=hosted.alder.pk).update(ended_at=ended)
        with connection.cursor() as cursor:
            cursor.execute(import_module("core.migrations.0024_suspended").HOST_HAS_ENDED)

        assert fresh(hosted.bakery).suspended_at == ended
        assert fresh(hosted.birch).suspended_at is None


def test_the_bodies_that_answer_to_it_are_locked_with_a_host_that_ends(hosted: Hosted) -> None:
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        endings.take_all(hosted.alder)
    [locked] = [each["sql"] for each in asked if 'FROM "core_body"' in each["sql"] and "FOR NO KEY" in each["sql"]]
    assert all(f"{body.pk}" in locked.partition("WHERE")[2] for body in (hosted.alder, hosted.bakery))
