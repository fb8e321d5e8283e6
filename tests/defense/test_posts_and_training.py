"""The chain of command, experts, and training: what a post requires, who lacks it, when it expires."""

from datetime import timedelta

import pytest

from core.actions import audits, candidacies, elections, recalls
from core.actions.settling import settle
from core.models import Mandate
from core.queries.charters import today_in
from core.refusals import Denied, Invalid
from core.timekeeping import folkmoot_now
from defense.actions import posts, training
from defense.models import Post
from defense.queries.chain import get_chain
from defense.queries.training import get_training_page
from tests import village
from tests.core.actions.locking import locks_of
from tests.core.actions.scene import from_now, refused, refused_by_the_database, run
from tests.core.audits.scene import call_for_audit
from tests.core.audits.scene import elect as elect_auditor
from tests.defense.scene import TERMS, Watch, adopted, elect, open_post

pytestmark = pytest.mark.django_db


def test_the_chain_of_command_is_a_tree_with_who_holds_what(watch: Watch) -> None:
    chain = get_chain(watch.body, at=folkmoot_now())

    assert [(depth, node.post.name) for depth, node in chain.lines] == [(0, "Coordinator"), (1, "Steward")]
    assert [mandate.person for mandate in chain.top[0].held] == [watch.bruno]
    assert chain.top[0].requires == ["First aid"]
    with refused_by_the_database("a post stands under an older one"):
        run("UPDATE defense_post SET above_id = %s WHERE id = %s", watch.steward.pk, watch.coordinator.pk)


def test_any_neighbour_recalls_who_holds_a_post(watch: Watch) -> None:
    vote = recalls.open_recall(watch.mandate, "He decides alone.", by=watch.farid).votes.get()
    for person in (watch.farid, watch.gina, watch.eva):
        village.cast(vote, person, "yes")

    assert Mandate.objects.get(pk=watch.mandate.pk).ending == "recall"


def test_posts_are_opened_and_filled_by_the_host_for_a_year_at_most(watch: Watch) -> None:
    at = folkmoot_now()
    with refused(Denied, "Only members can do this."):
        posts.propose(watch.body, posts.Place("Scout"), "Why.", by=watch.dario, at=at)
    with refused(Invalid, "Say what the post is called."):
        posts.propose(watch.body, posts.Place(" "), "Why.", by=watch.ana, at=at)
    with refused(Invalid, "Choose trainings from the list."):
        posts.propose(watch.body, posts.Place("Scout", requires=("shooting",)), "Why.", by=watch.ana, at=at)
    too_long = elections.Terms("Speak.", "Nothing.", 366)
    with refused(Invalid, "A post lasts a year at most."):
        posts.call_election(watch.steward, too_long, "Why.", by=watch.ana, at=at)
    idea = Post(body=watch.body, name="Scout")
    with refused(Invalid, "This post is not open."):
        posts.call_election(idea, TERMS, "Why.", by=watch.ana, at=at)


def test_a_post_is_closed_by_the_host_after_those_under_it(watch: Watch) -> None:
    at = folkmoot_now()
    with refused(Denied, "Only members can do this."):
        posts.propose_closing(watch.steward, "Why.", by=watch.dario, at=at)
    with refused(Invalid, "Other posts stand under it."):
        posts.propose_closing(watch.coordinator, "Why.", by=watch.ana, at=at)
    with refused_by_the_database("a post is closed after those under it"):
        run("UPDATE defense_post SET ended_at = now() WHERE id = %s", watch.coordinator.pk)
    twice = [posts.propose_closing(watch.steward, "Why.", by=who, at=at) for who in (watch.ana, watch.eva)]
    below = posts.propose(watch.body, posts.Place("Scout", watch.steward), "Why.", by=watch.farid, at=at)
    election = posts.call_election(watch.steward, TERMS, "Why.", by=watch.gina, at=at)
    with refused_by_the_database("the host closes the posts of what answers to it"):
        keys = [election.pk, watch.steward.pk]
        run("INSERT INTO defense_closing (proposal_id, post_id) VALUES (%s, %s)", *keys)
    assert locks_of(lambda: posts.close_post(twice[0], at=folkmoot_now())) == ["post", "recordhead"]
    news = from_now()

    assert adopted(twice[0], watch.neighbours).effect == "done"

    assert news.recorded().count("post.closed") == 2
    assert [node.post for _depth, node in get_chain(watch.body, at=folkmoot_now()).lines] == [watch.coordinator]
    closed = Post.objects.get(pk=watch.steward.pk)
    assert (adopted(twice[1], watch.neighbours).effect, adopted(below, watch.neighbours).effect) == ("failed", "failed")
    with refused(Denied, "This post has ended."):
        candidacies.stand(election, by=watch.eva, at=folkmoot_now())
    with refused(Invalid, "This post is not open."):
        posts.propose_closing(closed, "Why.", by=watch.ana, at=at)
    with refused(Invalid, "This post is not open."):
        posts.call_election(closed, TERMS, "Why.", by=watch.ana, at=at)
    with refused_by_the_database("a post that was closed stays closed"):
        run("UPDATE defense_post SET ended_at = NULL WHERE id = %s", closed.pk)
    with refused_by_the_database("a post stands under one that is open"):
        run("UPDATE defense_post SET in_force_at = now() WHERE id = %s", below.opens_post.pk)


def test_who_holds_a_closed_post_keeps_the_mandate_and_the_page_shows_it(watch: Watch) -> None:
    for post in (watch.steward, watch.coordinator):
        proposal = posts.propose_closing(post, "Why.", by=watch.ana, at=folkmoot_now())
        assert adopted(proposal, watch.neighbours).effect == "done"

    [(_depth, node)] = get_chain(watch.body, at=folkmoot_now()).lines
    assert (node.post, [mandate.pk for mandate in node.held]) == (watch.coordinator, [watch.mandate.pk])
    assert node.post.ended_at is not None
    village.move_clock(timedelta(days=300))
    settle()
    assert get_chain(watch.body, at=folkmoot_now()).lines == []


def test_an_expert_need_not_be_a_member_and_does_not_audit(watch: Watch) -> None:
    medic = open_post(watch.body, "Medic", watch.ana, watch.neighbours, expert=True)
    granted = elect(medic, watch.gina, watch.ana, watch.neighbours).granted.get()
    assert granted.person == watch.gina
    assert [node.post for node in get_chain(watch.body, at=folkmoot_now()).experts] == [medic]

    proposal = call_for_audit(watch.host, watch.body, watch.ana)
    with refused(Denied, "Who holds a post in a body does not audit it."):
        candidacies.stand(proposal, by=watch.gina, at=folkmoot_now())
    audit = elect_auditor(proposal, watch.farid, watch.neighbours)
    again = posts.call_election(medic, TERMS, "Why.", by=watch.ana, at=folkmoot_now())
    with refused(Denied, "Who audits a body holds no post in it."):
        candidacies.stand(again, by=watch.farid, at=folkmoot_now())
    read = audits.read(audit, "mandates", item=watch.mandate.pk, by=watch.farid)  # posts belong to what is audited
    day = folkmoot_now().date() + timedelta(days=9)
    finding = audits.find(audit, audits.Found("Late", "No report.", "fault", day, (read.pk,)), by=watch.farid)
    assert audits.recall(finding, watch.mandate, "No report.", by=watch.gina).kind == "recall"


def test_training_is_announced_written_down_by_another_and_expires(watch: Watch) -> None:
    at, today = folkmoot_now(), today_in(watch.body, folkmoot_now())
    with refused(Denied, "Only members can do this."):
        training.set_up(watch.body, "first_aid", 365, by=watch.farid, at=at)
    with refused(Invalid, "Choose trainings from the list."):
        training.set_up(watch.body, "shooting", 365, by=watch.ana, at=at)
    taught = training.set_up(watch.body, "first_aid", 365, by=watch.ana, at=at)
    with refused(Invalid, "Choose a day from today on"):
        training.announce(taught, today - timedelta(days=1), by=watch.ana, at=at)
    day = training.announce(taught, today, by=watch.ana, at=at)
    with refused(Invalid, "This day is announced already."):
        training.announce(taught, today, by=watch.eva, at=at)
    page = get_training_page(watch.body, today, at)
    assert [(post.name, mandate.person, lacks) for post, mandate, lacks in page.lacking] == [
        ("Coordinator", watch.bruno, ["First aid"])
    ]
    came = [village.membership(watch.body, watch.bruno)]
    with refused(Invalid, "Another member writes down that you came."):
        training.enter(day, came, by=watch.bruno)
    assert locks_of(lambda: training.enter(day, came, by=watch.ana)) == ["membership", "trainingday", "recordhead"]

    training.enter(day, came, by=watch.ana)

    with refused(Invalid, "This day is over"):
        training.call_off(day, by=watch.ana, at=at)
    assert get_training_page(watch.body, today, at).lacking == []
    village.move_clock(timedelta(days=340))
    news = from_now()
    settle()
    settle()
    assert "training.expiring" not in news.told()  # the post itself was over by then


def test_who_holds_a_post_hears_before_what_it_requires_expires(watch: Watch) -> None:
    taught = training.set_up(watch.body, "first_aid", 40, by=watch.ana, at=folkmoot_now())
    day = training.announce(taught, today_in(watch.body, folkmoot_now()), by=watch.ana, at=folkmoot_now())
    people = [village.membership(watch.body, person) for person in (watch.bruno, watch.eva)]
    training.enter(day, people, by=watch.ana)
    news = from_now()
    settle()
    assert "training.expiring" not in news.told()
    village.move_clock(timedelta(days=11))
    settle()
    settle()

    assert [what for what in news.told() if what.startswith("training")] == ["training.expiring"]


def test_a_day_is_called_off_by_who_announced_it(watch: Watch) -> None:
    at = folkmoot_now()
    taught = training.set_up(watch.body, "deescalation", None, by=watch.ana, at=at)
    day = training.announce(taught, today_in(watch.body, at) + timedelta(days=9), by=watch.ana, at=at)
    with refused(Invalid, "Who announced a day calls it off."):
        training.call_off(day, by=watch.eva, at=at)
    training.call_off(day, by=watch.ana, at=at)
    with refused(Invalid, "This day is still to come, or was called off."):
        training.enter(day, [village.membership(watch.body, watch.bruno)], by=watch.ana)
    with refused_by_the_database("another member of the body enters who came"):
        keys = [day.pk, *(village.membership(watch.body, who).pk for who in (watch.bruno, watch.ana))]
        run("INSERT INTO defense_trained (day_id, membership_id, entered_by_id, at) VALUES (%s, %s, %s, now())", *keys)
