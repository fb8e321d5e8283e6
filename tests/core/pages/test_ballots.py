"""Casting on the page: what is acknowledged counts, what is refused keeps what was typed and changes nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from core.actions import memberships
from core.actions.settling import settle
from core.models import Ballot, Mandate, Proposal, Stage, Vote
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.pages.cast import Lines, Queries, SignedIn, Street

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def send(
    client: Client,
    vote: Vote,
    position: str,
    reason: str = "",
    *,
    once: str = "k1",
    shown: int | None = None,
    **extra: Any,
) -> Any:
    url = reverse("core:ballot-cast", args=[vote.proposal_id])
    data = {"vote": shown or vote.pk, "position": position, "reason": reason, "once": once}
    return client.post(url, data, **extra)


def test_ballot_cast_counts_and_leads_back_to_the_page(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)

    answer = send(as_person(street.bruno), vote, "reservations", "Who waters?")

    assert answer.status_code == 303
    assert answer["Location"] == f"{vote.proposal.get_absolute_url()}#ballot-box"
    ballot = Ballot.objects.get(vote=vote)
    assert (ballot.roll.person, ballot.position, ballot.reason) == (street.bruno, "reservations", "Who waters?")


def test_ballot_cast_answers_htmx_with_the_ballot_box_alone(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)

    answer = send(as_person(street.bruno), vote, "agree", headers=HTMX)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<section class="card stack" id="ballot-box">' in page
    assert "<html" not in page
    assert 'value="agree" checked' in page
    assert "Your position counts." in page
    assert 'id="standing" hx-swap-oob="true"' in page


def test_ballot_cast_can_be_changed_until_the_close(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)
    client = as_person(street.bruno)
    send(client, vote, "agree", once="a")

    send(client, vote, "aside", once="b")

    ballot = Ballot.objects.get(vote=vote)
    assert (ballot.position, ballot.change_no) == ("aside", 2)


def test_ballot_cast_sent_again_late_does_not_undo_a_change(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)
    client = as_person(street.bruno)
    send(client, vote, "agree", once="first")
    send(client, vote, "block", "It floods my cellar.", once="second")

    again = send(client, vote, "agree", once="first")

    assert again.status_code == 409
    assert "you have given another position since" in again.content.decode()
    assert Ballot.objects.get(vote=vote).position == "block"


def test_ballot_cast_refuses_a_block_without_a_reason_and_keeps_the_choice(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)

    answer = send(as_person(street.bruno), vote, "block", "   ")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "A block needs its reason" in page
    assert 'value="block" checked' in page
    assert not Ballot.objects.exists()


def test_ballot_cast_without_a_position_says_so_and_keeps_the_reason(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)

    answer = send(as_person(street.bruno), vote, "", "Because of the <b>bench</b>.")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose a position first." in page
    assert "Because of the &lt;b&gt;bench&lt;/b&gt;." in page
    assert not Ballot.objects.exists()


def test_ballot_cast_refuses_a_position_of_another_rule(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)

    answer = send(as_person(street.bruno), vote, "yes")

    assert answer.status_code == 422
    assert not Ballot.objects.exists()


def test_ballot_cast_refuses_a_reason_that_is_too_long_and_keeps_it(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)
    words = "water " * 400

    answer = send(as_person(street.bruno), vote, "agree", words)

    assert answer.status_code == 422
    assert words.strip() in answer.content.decode()
    assert not Ballot.objects.exists()


def test_ballot_cast_after_the_close_is_refused_and_says_that_nothing_was_counted(
    street: Street, as_person: SignedIn
) -> None:
    vote = village.make_vote(street.body, street.ana)
    village.cast(vote, street.bruno, "agree")
    village.move_clock(vote.closes_at - folkmoot_now() + timedelta(seconds=1))

    answer = send(as_person(street.bruno), vote, "block", "Too late, but kept?")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Too late, but kept?" in page
    assert "Voting has closed. Your ballot was not counted" in page
    assert Ballot.objects.get(vote=vote).position == "agree"


def test_ballot_cast_off_the_roll_is_refused(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)
    newcomer = village.make_person("gina")
    with transaction.atomic():
        memberships.admit(street.body, newcomer, at=folkmoot_now())

    page = as_person(newcomer).get(vote.proposal.get_absolute_url())
    answer = send(as_person(newcomer), vote, "agree")

    assert "You are not on the roll of this vote" in page.content.decode()
    assert answer.status_code == 403
    assert "You are not on the roll of this vote" in answer.content.decode()
    assert not Ballot.objects.exists()


def test_ballot_cast_for_another_vote_than_the_open_one_is_stale(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)
    for person in (street.ana, street.carla, street.eva):
        village.cast(vote, person, "agree")
    village.cast(vote, street.bruno, "block", "It floods my cellar.")
    village.close(vote)
    village.move_clock(timedelta(days=15))
    settle()
    following = Proposal.objects.get(pk=vote.proposal_id).votes.latest("number")

    answer = send(as_person(street.bruno), following, "agree", "As before", shown=vote.pk)

    page = answer.content.decode()
    assert following.number == 2
    assert answer.status_code == 409
    assert "Another vote on this has opened meanwhile." in page
    assert f'name="vote" value="{following.pk}"' in page
    assert "As before" in page
    assert not Ballot.objects.filter(vote=following).exists()


def test_ballot_cast_without_any_vote_is_refused(street: Street, as_person: SignedIn) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    url = reverse("core:ballot-cast", args=[proposal.pk])

    answer = as_person(street.bruno).post(url, {"vote": 1, "position": "agree", "once": "k"})

    assert answer.status_code == 409
    assert "No vote on this is open." in answer.content.decode()
    assert not Ballot.objects.exists()


def test_ballot_cast_by_an_outsider_is_not_found(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)

    assert send(as_person(street.dario), vote, "agree").status_code == 404
    assert not Ballot.objects.exists()


def test_ballot_cast_that_carries_a_recall_ends_the_mandate_and_reloads_the_page(
    street: Street, as_person: SignedIn
) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    vote = village.open_recall(mandate, street.carla)
    for person in (street.carla, street.eva):
        village.cast(vote, person, "yes")

    answer = send(as_person(street.ana), vote, "yes", headers=HTMX)

    assert answer.status_code == 204
    assert answer["HX-Redirect"] == vote.proposal.get_absolute_url()
    assert Mandate.objects.get(pk=mandate.pk).ending == Mandate.Ending.RECALL
    page = as_person(street.ana).get(vote.proposal.get_absolute_url()).content.decode()
    assert "Adopted: 3 say yes and 0 say no." in page


def test_ballot_cast_is_by_post_alone(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)

    assert as_person(street.bruno).get(reverse("core:ballot-cast", args=[vote.proposal_id])).status_code == 405


def test_who_blocked_and_kept_silent_is_not_offered_another_block(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)
    for person in (street.ana, street.carla, street.eva):
        village.cast(vote, person, "agree")
    village.cast(vote, street.bruno, "block", "It floods my cellar.")
    village.close(vote)
    village.move_clock(timedelta(days=15))
    settle()
    following = vote.proposal.votes.latest("number")
    client = as_person(street.bruno)

    page = client.get(vote.proposal.get_absolute_url()).content.decode()
    answer = send(client, following, "block", "Still.")

    assert 'value="block"' not in page
    assert answer.status_code == 403
    assert "You blocked before and took no part in the round of talks" in answer.content.decode()
    assert not Ballot.objects.filter(vote=following).exists()


def test_a_vote_past_its_close_is_shown_as_being_counted_and_reading_writes_nothing(
    street: Street, as_person: SignedIn, lines: Lines
) -> None:
    vote = village.make_vote(street.body, street.ana)
    village.cast(vote, street.bruno, "agree")
    village.move_clock(vote.closes_at - folkmoot_now() + timedelta(seconds=1))
    before = lines()

    page = as_person(street.bruno).get(vote.proposal.get_absolute_url()).content.decode()

    assert "closed, being counted" in page
    assert 'name="position"' not in page
    assert "This is the position you gave." in page
    assert lines() == before
    assert Proposal.objects.get(pk=vote.proposal_id).stage == Stage.VOTING


def test_opening_the_box_chooses_nothing_beforehand(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)

    page = as_person(street.bruno).get(vote.proposal.get_absolute_url()).content.decode()

    assert page.count('name="position"') == 5
    assert " checked" not in page.split('id="ballot-box"')[1].split("</section>")[0]


def test_ballot_cast_takes_few_statements(
    street: Street, as_person: SignedIn, django_assert_max_num_queries: Queries
) -> None:
    vote = village.make_vote(street.body, street.ana)
    client = as_person(street.bruno)
    savepoints_of_the_test = 2

    with django_assert_max_num_queries(2 + 7 + savepoints_of_the_test):  # with session and person
        assert send(client, vote, "agree").status_code == 303


def test_ballot_cast_with_the_same_key_and_another_position_changes_it(street: Street, as_person: SignedIn) -> None:
    vote, browser = village.make_vote(street.body, street.ana), as_person(street.bruno)
    send(browser, vote, "agree")

    answer = send(browser, vote, "aside", "I changed my mind.")

    assert answer.status_code == 303
    assert Ballot.objects.get(vote=vote).position == "aside"


def test_ballot_cast_sent_again_after_a_change_says_that_it_did_nothing(street: Street, as_person: SignedIn) -> None:
    vote, browser = village.make_vote(street.body, street.ana), as_person(street.bruno)
    send(browser, vote, "agree")
    send(browser, vote, "aside", "I changed my mind.")

    answer = send(browser, vote, "agree")

    assert answer.status_code == 409
    assert "you have given another position since" in answer.content.decode()
    assert Ballot.objects.get(vote=vote).position == "aside"


def test_ballot_cast_with_the_key_of_another_vote_counts(street: Street, as_person: SignedIn) -> None:
    browser = as_person(street.bruno)
    send(browser, village.make_vote(street.body, street.ana), "agree")
    second = village.make_vote(street.body, street.eva, title="Another")

    assert send(browser, second, "agree").status_code == 303
    assert Ballot.objects.filter(vote=second).count() == 1
