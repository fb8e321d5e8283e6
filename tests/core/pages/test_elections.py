"""Elections on their pages: calling one, standing, the ballot without JavaScript, and the count that all can follow."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.actions import ballots, candidacies, comments, memberships, opening
from core.models import Ballot, Candidacy, Mandate, Person, Proposal, Vote
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.pages.cast import Lines, Queries, SignedIn, Street

pytestmark = pytest.mark.django_db

CALLED = {
    "title": "Speak for the street",
    "task": "Speak for us.",
    "limits": "Promise nothing.",
    "seats": "2",
    "method": "ranked",
    "term_days": "90",
    "report_days": "30",
    "text": "We need somebody.",
    "once": "k1",
}


def page_of(client: Client, proposal: Proposal) -> str:
    answer = client.get(proposal.get_absolute_url())
    assert answer.status_code == 200
    return str(answer.content.decode())


def send(client: Client, vote: Vote, data: dict[str, Any], **extra: Any) -> Any:
    url = reverse("core:ballot-cast", args=[vote.proposal_id])
    return client.post(url, {"vote": vote.pk, "once": "k1"} | data, **extra)


def places(page: str) -> dict[str, str]:
    """What is chosen on a ranked ballot, by the name of each list."""
    lists = re.findall(r'<select [^>]*name="(place_\d+)">(.*?)</select>', page, re.DOTALL)
    return {name: re.findall(r'value="(\d*)" selected', options)[0] for name, options in lists}


def choose(vote: Vote, *choices: tuple[Person, tuple[int, ...]]) -> Vote:
    """Ballots, and the close."""
    for person, choice in choices:
        ballots.cast(vote, choice, by=person)
    return village.close(vote)


def test_election_new_is_put_up_with_what_it_fills(street: Street, as_person: SignedIn) -> None:
    answer = as_person(street.ana).post(reverse("core:election-new", args=[street.body.slug]), CALLED)

    proposal = Proposal.objects.get(kind="election")
    assert (answer.status_code, answer["Location"]) == (303, proposal.get_absolute_url())
    election = proposal.election
    assert (proposal.stage, election.seats, election.ranked, election.term_days) == ("discussion", 2, True, 90)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"seats": "0"}, "Write a number from 1 to 20."),
        ({"seats": "21"}, "Write a number from 1 to 20."),
        ({"task": ""}, "This is missing"),
        ({"term_days": "400"}, "Write a number from 1 to 365."),
        ({"method": "dice"}, "Choose from those on the list."),
    ],
)
def test_election_new_keeps_what_was_typed(
    street: Street, as_person: SignedIn, lines: Lines, changes: dict[str, str], said: str
) -> None:
    before = lines()

    answer = as_person(street.ana).post(reverse("core:election-new", args=[street.body.slug]), CALLED | changes)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "We need somebody." in page
    assert (lines(), Proposal.objects.filter(kind="election").exists()) == (before, False)


def test_candidacy_stand_with_words_that_all_read(street: Street, as_person: SignedIn) -> None:
    proposal = village.make_election(street.body, street.ana)

    answer = as_person(street.bruno).post(
        reverse("core:candidacy-stand", args=[proposal.pk]), {"words": "I listen.", "once": "k1"}
    )

    assert (answer.status_code, answer["Location"]) == (303, f"{proposal.get_absolute_url()}#candidates")
    page = page_of(as_person(street.eva), proposal)
    assert "I listen." in page
    assert "Stand yourself" in page
    own = page_of(as_person(street.bruno), proposal)
    assert "Step back" in own
    assert "Stand yourself" not in own


def test_candidacy_stand_with_too_many_words_keeps_them(street: Street, as_person: SignedIn, lines: Lines) -> None:
    proposal = village.make_election(street.body, street.ana)
    before = lines()

    answer = as_person(street.bruno).post(
        reverse("core:candidacy-stand", args=[proposal.pk]), {"words": "long " * 500, "once": "k1"}
    )

    assert answer.status_code == 422
    assert "long long" in answer.content.decode()
    assert (lines(), Candidacy.objects.exists()) == (before, False)


def test_candidacy_propose_asks_and_the_one_asked_answers(street: Street, as_person: SignedIn) -> None:
    proposal = village.make_election(street.body, street.ana)

    address = reverse("core:candidacy-propose", args=[proposal.pk])

    form = as_person(street.eva).get(address).content.decode()
    answer = as_person(street.eva).post(address, {"person": street.bruno.pk, "once": "k1"})

    assert ">Bruno</option>" in form
    assert ">Eva</option>" not in form
    assert (answer.status_code, answer["Location"]) == (303, f"{proposal.get_absolute_url()}#candidates")
    assert "Asked, and not answered yet: <bdi>Bruno</bdi>" in page_of(as_person(street.ana), proposal)
    own = page_of(as_person(street.bruno), proposal)
    assert "You are asked to stand." in own
    assert "I do not want to stand" in own
    as_person(street.bruno).post(reverse("core:candidacy-step-back", args=[proposal.pk]), {"once": "k2"})
    assert Candidacy.objects.get().withdrawn_at is not None


def test_candidacy_propose_twice_says_why_not(street: Street, as_person: SignedIn, lines: Lines) -> None:
    proposal = village.make_election(street.body, street.ana, street.bruno)
    before = lines()

    answer = as_person(street.eva).post(
        reverse("core:candidacy-propose", args=[proposal.pk]), {"person": street.bruno.pk, "once": "k1"}
    )

    assert answer.status_code == 403
    assert "They stand, or were asked already." in answer.content.decode()
    assert lines() == before


def test_candidacy_step_back_when_the_vote_is_open_is_refused(street: Street, as_person: SignedIn) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno)

    answer = as_person(street.bruno).post(reverse("core:candidacy-step-back", args=[vote.proposal_id]), {"once": "k1"})

    assert answer.status_code == 403
    assert "the vote keeps its candidates" in answer.content.decode()


def test_the_open_vote_says_that_it_is_open_and_why(street: Street, as_person: SignedIn) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno)

    page = page_of(as_person(street.ana), vote.proposal)

    assert "This is an open vote: members see who chose whom after the close." in page
    assert "It would be secret with 7 on the roll, and 5 are." in page
    assert "None of these" in page


def test_an_approval_ballot_is_marks_beside_names(street: Street, as_person: SignedIn) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno, street.eva)

    answer = send(as_person(street.farid), vote, {"approve": ["2", "1"]})

    assert answer.status_code == 303
    assert Ballot.objects.get().choice == "[1,2]"
    page = page_of(as_person(street.farid), vote.proposal)
    assert 'name="approve" value="1" checked' in page
    assert "Bruno, Eva" in page


def test_a_ranked_ballot_is_numbers_and_gaps_do_not_matter(street: Street, as_person: SignedIn) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno, street.eva, ranked=True)

    answer = send(as_person(street.farid), vote, {"place_1": "3", "place_2": "1", "place_0": ""})

    assert answer.status_code == 303
    assert Ballot.objects.get().choice == "[2,1]"
    page = page_of(as_person(street.farid), vote.proposal)
    assert "1 Eva, 2 Bruno" in page
    assert places(page) == {"place_1": "2", "place_2": "1", "place_0": ""}


@pytest.mark.parametrize(
    ("ranked", "data", "said"),
    [
        (False, {}, "Mark at least one candidate"),
        (False, {"approve": ["0", "1"]}, "You marked “None of these” and also Bruno."),
        (False, {"approve": ["7"]}, "Choose from those on the list."),
        (True, {}, "Give at least one number: 1 for your first choice."),
        (True, {"place_1": "2", "place_2": "2"}, "You gave the number 2 to more than one: Bruno, Eva."),
        (True, {"place_1": "first"}, "Write a whole number, such as 30."),
        (True, {"place_1": "100"}, "Write a number from 1 to 99."),
    ],
)
def test_a_ballot_with_a_mistake_says_so_and_keeps_what_was_typed(
    street: Street, as_person: SignedIn, ranked: bool, data: dict[str, Any], said: str
) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno, street.eva, ranked=ranked)

    answer = send(as_person(street.farid), vote, data)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert not Ballot.objects.exists()
    kept = {name: value for name, value in data.items() if value == "2"}  # the page itself offers 1 to 3
    assert places(page) == (dict.fromkeys(("place_1", "place_2", "place_0"), "") | kept if ranked else {})
    for number in data.get("approve", []):
        assert number == "7" or f'value="{number}" checked' in page


def test_a_ballot_is_exchanged_in_place_and_changed_until_the_close(street: Street, as_person: SignedIn) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno, street.eva)
    client = as_person(street.farid)

    answer = send(client, vote, {"approve": "1"}, headers={"HX-Request": "true"})
    send(client, vote, {"approve": "0", "once": "k2"})

    page = answer.content.decode()
    assert "<html" not in page
    assert "Change my ballot" in page
    assert Ballot.objects.get().choice == "[0]"
    again = send(client, vote, {"approve": "1"}, headers={"HX-Request": "true"})
    assert again.status_code == 409


def test_a_ballot_after_the_close_is_refused_in_words(street: Street, as_person: SignedIn) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno)
    village.move_clock(vote.closes_at - folkmoot_now())

    answer = send(as_person(street.farid), vote, {"approve": "1"})

    assert answer.status_code == 409
    assert "Voting has closed." in answer.content.decode()
    assert not Ballot.objects.exists()


def test_the_result_of_an_approval_names_who_was_elected(street: Street, as_person: SignedIn) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno, street.eva, seats=2)
    choose(vote, (street.ana, (1, 2)), (street.bruno, (1,)), (street.carla, (1,)), (street.eva, (0,)))

    page = page_of(as_person(street.farid), vote.proposal)

    mandate = Mandate.objects.get(granted_by=vote.proposal)
    assert "Elected: 4 of 5 took part." in page
    assert mandate.get_absolute_url() in page
    assert "1 seat stays vacant." in page
    assert "Marks on 4 ballots. A seat needs 3." in page
    assert "No lot was needed." in page
    assert vote.seed in page
    assert "<dt><bdi>Ana</bdi></dt>" in page


def test_the_result_of_a_ranking_shows_each_against_each(street: Street, as_person: SignedIn) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno, street.eva, ranked=True)
    choose(vote, (street.ana, (1, 2)), (street.bruno, (1,)), (street.carla, (1, 0, 2)), (street.eva, (2, 1)))

    page = page_of(as_person(street.farid), vote.proposal)

    assert "Each against each" in page
    assert "Bruno before Eva: 3 to 1." in page
    assert "Bruno before None of these: 4 to 0." in page
    assert "1 Bruno, 2 None of these, 3 Eva" in page


def test_the_result_of_several_seats_shows_every_stage(street: Street, as_person: SignedIn) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno, street.eva, street.carla, seats=2, ranked=True)
    choose(
        vote,
        (street.ana, (1, 2)),
        (street.bruno, (1, 2)),
        (street.carla, (1, 2)),
        (street.eva, (2,)),
        (street.farid, (3,)),
    )

    page = page_of(as_person(street.farid), vote.proposal)

    assert "Every ballot lies with its first choice. The quota is 2." in page
    assert "Bruno has more votes than the quota: what is over goes on to the next choices." in page
    assert "3 ballots go to Eva, each as 0.33333 of a vote." in page
    assert "All stages in one table" in page
    assert "Eva would have had a seat" not in page


def test_a_seat_that_too_few_want_says_why_it_is_vacant(street: Street, as_person: SignedIn) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno, street.eva, seats=2, ranked=True)
    choose(vote, (street.ana, (1,)), (street.bruno, (1,)), (street.carla, (1,)), (street.eva, (2,)))

    page = page_of(as_person(street.farid), vote.proposal)

    assert "Eva would have had a seat, but too few are in favour: 1, and 3 are needed." in page
    assert "1 seat stays vacant." in page


def test_nobody_elected_is_said(street: Street, as_person: SignedIn) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno)
    choose(vote, (street.ana, (0,)), (street.bruno, (1,)), (street.carla, (0,)))

    page = page_of(as_person(street.farid), vote.proposal)

    assert "Nobody was elected: 3 of 5 took part, and all seats stay vacant." in page


def test_who_left_before_the_count_is_named_without_a_mandate(street: Street, as_person: SignedIn) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno, street.eva, seats=2)
    for person in (street.ana, street.carla, street.farid):
        ballots.cast(vote, (1, 2), by=person)
    memberships.leave(street.body, by=street.bruno)
    village.close(vote)

    page = page_of(as_person(street.farid), vote.proposal)

    assert "elected, and could not hold it any more when it was counted" in page
    assert "1 seat stays vacant." in page


@pytest.mark.parametrize("stage", ["talk", "due", "voting", "decided"])
def test_an_election_asks_the_database_at_most_twelve_times(
    street: Street, as_person: SignedIn, stage: str, django_assert_max_num_queries: Queries
) -> None:
    proposal = village.make_election(street.body, street.ana, street.bruno)
    for person in (street.carla, street.eva, street.farid):
        candidacies.stand(proposal, by=person, at=folkmoot_now())
        comments.write(proposal, "A voice.", by=person, at=folkmoot_now())
    if stage != "talk":
        village.move_clock(timedelta(days=4))
    if stage in ("voting", "decided"):
        vote = opening.open_vote(proposal, by=street.ana)
        for person in street.members:
            ballots.cast(vote, (1, 2), by=person)
    if stage == "decided":
        village.close(vote)
    client = as_person(street.ana)
    page_of(client, proposal)

    with django_assert_max_num_queries(12):  # with session and person
        page_of(client, proposal)
