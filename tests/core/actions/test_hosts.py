"""The host that a body answers to: chosen on both sides; when it ends, the body is suspended until it has another."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction

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
    assert (bakery.host, bakery.suspended) == (hosted.birch, False)
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
    end(hosted.alder)

    body = fresh(body)
    assert body.suspended
    idea = proposals.draft(body, by=ana, at=folkmoot_now(), title="Ovens", text="Two.")
    with refused(Denied, "has ended. Until it has another one"):
        proposals.put_up(idea, by=ana, at=folkmoot_now())
    with refused(Denied, "has ended. Until it has another one"):
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
    assert not fresh(body).suspended
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
    assert fresh(hosted.bakery).suspended
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
            assert fresh(hosted.bakery).suspended == bool(told)
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
