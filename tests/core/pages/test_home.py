"""The first page: what waits and how long it takes, and nothing else."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from core.actions import bodies, candidacies, comments, mandates, memberships, opening, proposals
from core.actions.charters import Draft
from core.models import Person
from core.queries.home import get_home
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.pages.cast import Queries, SignedIn, Street

pytestmark = pytest.mark.django_db


def waiting(person: Person) -> set[tuple[str, str]]:
    return {(call.title, str(call.action)) for call in get_home(person, at=folkmoot_now()).calls}


def test_home_lists_an_open_vote_until_one_has_voted(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)
    client = as_person(street.bruno)

    before = client.get("/").content.decode()
    village.cast(vote, street.bruno, "agree")
    after = client.get("/").content.decode()

    assert "One thing." in before
    assert "About 2 minutes." in before
    assert "0 of 5 have spoken" in before
    assert "Nothing is waiting for you" in after
    assert "Read and decide" not in after


def test_home_does_not_tell_how_many_have_voted_where_counts_are_hidden(street: Street, as_person: SignedIn) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    vote = village.open_recall(mandate, street.carla)
    village.cast(vote, street.carla, "yes")

    page = as_person(street.eva).get("/").content.decode()

    assert "Recall: Run the tool library" in page
    assert "have spoken" not in page


def test_home_leaves_out_votes_past_their_close_and_those_of_who_left(street: Street) -> None:
    vote = village.make_vote(street.body, street.ana)
    memberships.leave(street.body, by=street.farid)
    assert waiting(street.farid) == set()
    assert waiting(street.bruno) == {("Open the corner lot", "Read and decide")}

    village.move_clock(vote.closes_at - folkmoot_now())

    assert waiting(street.bruno) == set()


def test_home_asks_for_seconds_until_there_are_two(street: Street) -> None:
    urgent = village.make_proposal(street.body, street.ana, title="Pump the cellar", urgent=True)
    call = ("Pump the cellar", "Read and second")
    assert call in waiting(street.bruno)
    assert call not in waiting(street.ana)

    for person in (street.bruno, street.carla):
        proposals.second(urgent, by=person, at=folkmoot_now())

    assert call not in waiting(street.bruno)
    assert call not in waiting(street.eva)
    assert ("Pump the cellar", "Open the vote") in waiting(street.ana)


def test_home_shows_an_offer_to_whom_it_is_made_alone(street: Street) -> None:
    at = folkmoot_now()
    proposal = proposals.draft(street.body, by=street.ana, at=at, title="Tools", text="Lend them.", kind="mandate")
    mandates.offer(proposal, mandates.Terms(street.bruno, "Lend.", "Spend nothing.", 90), by=street.ana)
    proposals.put_up(proposal, by=street.ana, at=at)
    assert ("Tools", "Read and answer") in waiting(street.bruno)
    assert ("Tools", "Read and answer") not in waiting(street.carla)

    mandates.accept(proposal, by=street.bruno, at=at)

    assert ("Tools", "Read and answer") not in waiting(street.bruno)


def test_home_calls_to_a_round_of_talks_until_one_has_spoken(street: Street) -> None:
    vote = village.make_vote(street.body, street.ana, title="Quiet hours")
    for person in (street.ana, street.carla, street.eva):
        village.cast(vote, person, "agree")
    village.cast(vote, street.bruno, "block", "I work nights.")
    village.close(vote)
    assert waiting(street.eva) == {("Quiet hours", "Talk it over")}

    comments.write(vote.proposal, "23:00 at weekends?", by=street.eva, at=folkmoot_now())

    assert waiting(street.eva) == set()


def test_home_has_tasks_and_reports_of_who_owes_them(street: Street) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    todo = proposals.Todo("Buy the racks", street.farid, date(2030, 1, 1))
    village.decide(street.body, street.members, street.ana, title="Racks", tasks=[todo])
    village.move_clock(timedelta(days=16))

    assert ("Buy the racks", "Say it is done") in waiting(street.farid)
    assert ("Your report on “Run the tool library”", "Write it") in waiting(street.bruno)
    assert waiting(street.eva) == set()

    mandates.report(mandate, "All lent out.", by=street.bruno)

    assert waiting(street.bruno) == set()


def test_home_reminds_of_drafts_and_of_votes_one_may_open(street: Street) -> None:
    proposals.draft(street.body, by=street.ana, at=folkmoot_now(), title="My draft", text="Soon.")
    village.make_proposal(street.body, street.ana, title="Ripe")
    assert waiting(street.ana) == {("My draft", "Go on writing")}

    village.move_clock(timedelta(days=3))

    assert waiting(street.ana) == {("My draft", "Go on writing"), ("Ripe", "Open the vote")}
    assert waiting(street.bruno) == set()


def test_home_asks_founding_members_to_adopt_the_charter(street: Street) -> None:
    content = Draft("We share a garden.", "", CharterNumbers())
    body = bodies.form("Garden", content, by=street.ana, at=folkmoot_now())
    assert ("The charter of Garden", "Read the charter") in waiting(street.ana)

    bodies.adopt(body.charters.get(), by=street.ana, at=folkmoot_now())

    assert waiting(street.ana) == set()


def test_home_shows_what_is_talked_over_and_decided(street: Street, as_person: SignedIn) -> None:
    village.decide(street.body, street.members, street.ana, title="Bike racks")
    village.make_proposal(street.body, street.carla, title="A second key")

    page = as_person(street.bruno).get("/").content.decode()

    assert "Being talked over" in page
    assert "A second key" in page
    assert "Decided lately" in page
    assert "Bike racks" in page


def test_home_says_the_own_time_of_a_body_in_another_zone(street: Street, as_person: SignedIn) -> None:
    for name in ("Near", "Nearer"):
        village.make_council(name, street.members, time_zone="Europe/Madrid")
    far = village.make_council("Far", street.members, time_zone="Asia/Tokyo")
    vote = village.make_vote(far, street.ana)

    page = as_person(street.bruno).get("/").content.decode()

    here, there = (f"{vote.closes_at.astimezone(ZoneInfo(name)):%H:%M}" for name in ("Europe/Madrid", "Asia/Tokyo"))
    assert f"{there} in Asia/Tokyo" in page
    assert here in page


def test_home_of_a_guest_shows_listed_bodies_and_no_other(street: Street, client: Client) -> None:
    village.make_council("Hidden House", [street.ana, street.bruno, street.carla], listed=False)

    page = client.get("/").content.decode()

    assert "Neighbours govern themselves" in page
    assert "Alder Street" in page
    assert "Hidden House" not in page


def test_home_of_somebody_without_a_body_says_what_to_do(street: Street, as_person: SignedIn) -> None:
    page = as_person(street.dario).get("/").content.decode()

    assert "You are not a member of a body yet" in page
    assert "Form a new body" in page


def test_home_asks_the_database_as_often_however_much_there_is(
    street: Street, as_person: SignedIn, django_assert_max_num_queries: Queries
) -> None:
    client = as_person(street.eva)
    for number in range(8):
        author = street.members[number % 4]
        village.make_proposal(street.body, author, title=f"Proposal {number}")
    village.move_clock(timedelta(days=8))
    for proposal in list(street.body.proposals.all())[:6]:
        opening.open_vote(proposal, by=street.ana)

    with django_assert_max_num_queries(12):  # with session and person
        page = client.get("/").content.decode()

    assert page.count("Read and decide") == 6


def test_home_says_who_is_asked_to_stand(street: Street, as_person: SignedIn) -> None:
    proposal = village.make_election(street.body, street.ana)
    candidacies.propose(proposal, street.bruno, by=street.eva, at=folkmoot_now())

    page = as_person(street.bruno).get(reverse("core:home")).content.decode()

    assert "Alder Street elects, and somebody asks you to stand" in page
    candidacies.step_back(proposal, by=street.bruno, at=folkmoot_now())
    assert "somebody asks you to stand" not in as_person(street.bruno).get(reverse("core:home")).content.decode()
