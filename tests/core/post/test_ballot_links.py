"""The link in a mail with which an open vote is given: once, by no other, not by looking, in no secret vote."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse

from core.actions import ballots, memberships
from core.models import Ballot, Body, Cause, Person, RollEntry, Vote
from core.notices import ballot_links, fanning, mails
from core.refusals import Denied, UsedUp
from tests import village

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db: None) -> list[Person]:
    """Five neighbours; bruno has an address and wants every mail."""
    found = village.make_people("ana", "bruno", "eva", "farid", "gina")
    village.confirm(found[1], "bruno@example.org")
    Person.objects.filter(pk=found[1].pk).update(mail="each", language="es")
    found[1].refresh_from_db()
    return found


@pytest.fixture
def vote(people: list[Person]) -> Vote:
    """An open vote of a body whose charter allows links."""
    body = village.make_council("Alder Street", people, votes_by_mail=True)
    return village.make_vote(body, people[0])


def entry_of(vote: Vote, person: Person) -> RollEntry:
    """A place on the roll, read anew."""
    return RollEntry.objects.select_related("vote__charter", "ballot", "person").get(vote=vote, person=person)


def path_of(vote: Vote, person: Person) -> str:
    """Where the link of this moment leads."""
    return "/" + ballot_links.url_for(entry_of(vote, person)).split("/", 3)[3]


def send(path: str, vote: Vote, position: str = "agree") -> Any:
    """Send the form of a link, from a browser that nobody is signed in on."""
    return Client().post(path, {"vote": vote.pk, "position": position, "reason": ""})


def test_the_mail_of_an_open_vote_has_the_link(vote: Vote, people: list[Person]) -> None:
    cause = Cause.objects.get(what="vote.opened", proposal=vote.proposal)
    for notice in fanning.fan_out(cause.pk):
        mails.deliver(notice)

    [letter] = mail.outbox
    assert path_of(vote, people[1]) in letter.body
    assert "Vota con este enlace" in letter.body


def test_looking_gives_nothing_and_sending_gives_the_vote_once(vote: Vote, people: list[Person]) -> None:
    path = path_of(vote, people[1])

    for _scanner in range(3):
        looked = Client().get(path)
        assert (looked.status_code, Ballot.objects.count()) == (200, 0)
    assert "Votas como Bruno" in looked.content.decode()
    first = send(path, vote)
    assert first.status_code == 200
    assert [(row.roll.person, row.position, row.way) for row in Ballot.objects.all()] == [(people[1], "agree", "link")]

    again = send(path, vote, "block")
    assert again.status_code in (410, 422)
    assert Client().get(path).status_code == 410
    assert Ballot.objects.get().position == "agree"


def test_a_link_is_over_when_the_person_votes_otherwise_and_a_new_one_changes_that(
    vote: Vote, people: list[Person]
) -> None:
    old = path_of(vote, people[1])
    village.cast(vote, people[1], "aside")

    assert send(old, vote).status_code == 410
    assert send(path_of(vote, people[1]), vote).status_code == 200
    assert Ballot.objects.get().position == "agree"


def test_a_forged_or_foreign_link_leads_nowhere(vote: Vote, people: list[Person]) -> None:
    path = path_of(vote, people[1])
    village.confirm(people[1], "new@example.org")

    assert Client().get(path).status_code == 404  # sent to an address that is no longer theirs
    assert send(f"{path[:-3]}x/", vote).status_code == 404
    assert Ballot.objects.count() == 0


def test_a_link_is_over_at_the_close_and_for_who_has_left(vote: Vote, people: list[Person]) -> None:
    path = path_of(vote, people[2])
    memberships.leave(vote.proposal.body, by=people[2])
    assert send(path, vote).status_code == 403
    assert Client().get(path).status_code == 410

    other = path_of(vote, people[1])
    village.move_clock(timedelta(days=8))
    assert send(other, vote).status_code == 409
    assert Client().get(other).status_code == 410
    assert Ballot.objects.count() == 0


def test_no_link_where_the_charter_does_not_allow_it_or_the_vote_is_secret(people: list[Person]) -> None:
    body = village.make_council("Birch Street", people)
    vote = village.make_vote(body, people[0])
    assert ballot_links.url_for(entry_of(vote, people[1])) == ""
    with pytest.raises(Denied):
        ballots.cast_by_link(vote, "agree", by=people[1], change=0)

    entry = entry_of(village.make_vote(allowing(people), people[0]), people[1])
    assert ballot_links.url_for(entry) != ""
    entry.vote.secret = True
    assert ballot_links.url_for(entry) == ""


def allowing(people: list[Person]) -> Body:
    """A body whose charter allows links."""
    return village.make_council("Cedar Street", people, votes_by_mail=True)


def test_the_action_judges_the_change_number_after_its_lock(vote: Vote, people: list[Person]) -> None:
    ballots.cast_by_link(vote, "agree", by=people[1], change=0)

    with pytest.raises(UsedUp):
        ballots.cast_by_link(vote, "block", by=people[1], change=0, reason="No.")


@override_settings(RATE_LIMITS=True)
def test_tries_are_counted(vote: Vote, people: list[Person]) -> None:
    path = path_of(vote, people[1])

    answers = [Client().post(path, {"vote": vote.pk}).status_code for _try in range(21)]

    assert set(answers[:20]) == {422}
    assert answers[20] == 429


def test_an_open_election_is_voted_in_by_link(people: list[Person]) -> None:
    vote = village.open_election(allowing(people), people[0], people[2])
    path = path_of(vote, people[1])

    assert "Eva" in Client().get(path).content.decode()
    assert Client().post(path, {"vote": vote.pk, "approve": "1"}).status_code == 200

    assert Ballot.objects.get().choice == "[1]"
    assert reverse("core:ballot-link", args=["x"]) == "/vote/x/"
