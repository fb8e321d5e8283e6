"""A secret vote on its pages and in the API, as the web role: what is shown, to whom, and what is nowhere."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from core.actions.reminding import remind
from core.actions.secret_ballots import cast
from core.actions.settling import settle
from core.models import Cause, DoneOnce, Notice, Person, SealedBallot, Vote
from core.notices.digests import letter, pending_of
from core.notices.fanning import fan_out
from core.notices.words import words_of
from core.queries.home import get_calls
from core.rules.secrecy import grouped, new_code, normal, show_of
from core.signer import votes
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import spoken
from tests.core.secret.scene import Court, at_commit, make_court, recall

CODE = "7Q2M4-ZX9RT-0KCVB-3HN5D"
YES, NO, ABSTAIN = "1", "2", "3"


def as_(person: Person) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(client: Client, vote: Vote, position: str, code: str = CODE, **extra: Any) -> Any:
    """The form, as a browser sends it."""
    data = {"vote": vote.pk, "position": position, "code": code}
    return client.post(reverse("core:secret-ballot-cast", args=[vote.proposal_id]), data, **extra)


def page_of(person: Person, vote: Vote) -> str:
    """The page of the proposal."""
    return str(as_(person).get(vote.proposal.get_absolute_url()).content.decode())


def counts_as(vote: Vote, choices: str) -> Vote:
    """These have voted, one after the other from the third member on, and it is counted."""
    for person, choice in zip(vote.proposal.body.memberships.order_by("pk")[2:], choices.split(), strict=False):
        village.cast_secretly(vote, person.person, choice)
    return village.close(vote)


def test_secret_ballot_cast_says_what_is_secret_and_shows_a_code_before_it_is_sent(court: Court) -> None:
    vote = recall(court)
    page = page_of(court.eva, vote)

    assert "Secret from members, officers, and anyone who gets the data after the close." in page
    assert "Not secret from someone who controls the server while you vote." in page
    assert "Your code proves your vote: keep it to yourself." in page
    assert "Only 8 are on the roll. The result alone may reveal people" in page
    assert "This server made the code while it made this page, and keeps it nowhere." in page
    field = re.search(r'<input class="code long"[^>]*value="([^"]+)"[^>]*>', page)
    assert field is not None
    assert len(normal(field[1])) == 20
    assert "readonly" in field[0]
    assert field[1] not in page_of(court.eva, vote)  # another one each time
    assert "anonymous" not in page.lower()
    assert "checked" not in page


def test_secret_ballot_cast_answers_with_code_and_number_and_nothing_else_keeps_them(court: Court) -> None:
    vote = recall(court)
    client = as_(court.eva)

    answer = send(client, vote, YES)

    page = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert "Your ballot is in its box." in page
    assert CODE in page
    assert grouped(show_of(vote.pk, CODE), 4) in page
    assert vote.roll.get(person=court.eva).used
    kept = [str(dict(client.session)), str(list(DoneOnce.objects.values())), str(answer.cookies)]
    kept.append(str(client.get(vote.proposal.get_absolute_url()).content))
    for words in kept:
        assert CODE not in words
        assert show_of(vote.pk, CODE) not in words
    at_commit()


def test_secret_ballot_cast_answers_alike_whatever_was_chosen(court: Court) -> None:
    vote = recall(court)
    voters = court.people[4:7]  # whose names, which stand on the page, are of one length
    answers = [
        send(as_(person), vote, choice, new_code()) for person, choice in zip(voters, (YES, NO, ABSTAIN), strict=True)
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({len(answer.content) for answer in answers}) == 1
    assert len({tuple(answer.headers) for answer in answers}) == 1


def test_secret_ballot_cast_again_with_its_code_changes_it_and_with_another_is_refused_in_words(court: Court) -> None:
    vote = recall(court)
    client = as_(court.eva)
    send(client, vote, YES)
    before = client.get(vote.proposal.get_absolute_url()).content.decode()
    assert "Your ballot is in its box and will be counted. With your code you can change it" in before
    assert CODE not in before

    again = send(client, vote, NO, CODE.lower())
    assert "Your ballot is changed." in again.content.decode()
    other = send(client, vote, YES, "8R3N5-0A9ST-1MDWC-4JP6E")
    assert other.status_code == 403
    assert "You have voted in this vote already, and not with this code." in other.content.decode()
    mistyped = send(client, vote, YES, CODE[:-1])
    assert mistyped.status_code == 422
    assert f'value="{CODE[:-1]}"' in mistyped.content.decode()  # nothing that was typed is lost
    assert SealedBallot.objects.filter(vote=vote).count() == 1


def test_secret_ballot_cast_is_refused_for_another_vote_than_the_one_shown(court: Court) -> None:
    vote = recall(court)
    answer = as_(court.eva).post(
        reverse("core:secret-ballot-cast", args=[vote.proposal_id]),
        {"vote": vote.pk + 1, "position": YES, "code": CODE},
    )
    assert answer.status_code == 409
    assert not SealedBallot.objects.exists()


def test_secret_ballot_cast_without_a_position_keeps_the_code(court: Court) -> None:
    vote = recall(court)
    answer = send(as_(court.eva), vote, "")
    assert answer.status_code == 422
    assert "Choose a position first." in answer.content.decode()
    assert f'value="{CODE}"' in answer.content.decode()


def test_secret_ballot_cast_after_the_session_ended_keeps_neither_choice_nor_code(court: Court) -> None:
    vote = recall(court)
    client = Client()
    answer = send(client, vote, YES, headers={"Referer": f"http://testserver{vote.proposal.get_absolute_url()}"})
    assert answer.status_code == 302
    assert "unsent" not in client.session
    assert CODE not in str(dict(client.session))


def test_secret_ballot_cast_is_limited_as_all_ballots_are(court: Court, settings: Any) -> None:
    settings.RATE_LIMITS = True
    cache.clear()
    vote = recall(court)
    client = as_(court.eva)
    statuses = [send(client, vote, YES).status_code for _time in range(31)]
    assert statuses == [200] * 30 + [429]


@pytest.mark.django_db
def test_secret_ballot_cast_without_codes_is_final_and_says_so() -> None:
    court = make_court(codes=False)
    vote = recall(court)
    page = page_of(court.eva, vote)
    assert "This body has no codes: nobody can check a ballot" in page
    assert 'name="code"' not in page

    client = as_(court.eva)
    assert "It is final: this body has no codes." in send(client, vote, YES, "").content.decode()
    again = send(client, vote, NO, "")
    assert again.status_code == 403
    assert "your ballot is final" in again.content.decode()
    assert 'type="radio"' not in client.get(vote.proposal.get_absolute_url()).content.decode()


def test_secret_count_is_404_before_the_count_and_shows_list_and_voters_after_it(court: Court) -> None:
    vote = recall(court)
    address = reverse("core:secret-count", args=[vote.proposal_id, vote.number])
    send(as_(court.ana), vote, NO)
    assert as_(court.ana).get(address).status_code == 404
    village.move_clock(timedelta(days=4))
    assert as_(court.ana).get(address).status_code == 404
    votes.open_closed()
    assert as_(court.ana).get(address).status_code == 404


def test_secret_count_lists_every_ballot_by_its_number(court: Court) -> None:
    vote = recall(court)
    cast(vote, "no", CODE, by=court.ana)
    counts_as(vote, "yes yes yes yes abstain")
    address = reverse("core:secret-count", args=[vote.proposal_id, vote.number])
    assert as_(court.carla).get(address).status_code == 404

    page = as_(court.eva).get(address).content.decode()
    rows = re.findall(r'<tr id="show-(\w{16})"><td><code translate="no">([\w-]+)</code></td><td>(\w+)</td>', page)
    assert [show for show, _words, _choice in rows] == sorted(show for show, _words, _choice in rows)
    assert {show: choice for show, _words, choice in rows}[show_of(vote.pk, CODE)] == "No"
    assert "6 of 8 on the roll." in page
    assert "Who took which position" not in page_of(court.eva, vote)
    assert f'data-find="{vote.pk}"' in page
    assert "The key to the boxes is destroyed within the next minute." in page
    votes.destroy_counted()
    assert "nobody can link a ballot to a name any more" in as_(court.eva).get(address).content.decode()


@pytest.mark.parametrize(
    ("choices", "said"), [("yes yes yes", "Adopted."), ("yes no", "Not adopted."), ("", "Not adopted.")]
)
def test_of_fewer_than_five_ballots_only_the_outcome_is_told(court: Court, choices: str, said: str) -> None:
    vote = counts_as(recall(court), choices)
    assert (vote.tally, vote.listed) == ({}, None)
    assert vote.reason == ("adopted" if said == "Adopted." else "few")
    assert f"{said} Fewer than five voted, so only the outcome is told." in page_of(court.eva, vote)
    listed = as_(court.eva).get(reverse("core:secret-count", args=[vote.proposal_id, vote.number])).content.decode()
    assert "only the outcome is told" in listed
    assert "<table" not in listed


def test_before_the_close_nobody_reads_counts_turnout_or_who_voted(court: Court) -> None:
    vote = recall(court)
    empty = {person.pk: page_of(person, vote) for person in (court.ana, court.bruno)}
    for person in court.people[2:6]:
        village.cast_secretly(vote, person, "yes")

    for person in (court.ana, court.bruno):
        page = page_of(person, vote)
        assert same_but_for_codes(page) == same_but_for_codes(empty[person.pk])
    read = as_(court.ana).get(reverse("api:proposal-read", args=[vote.proposal_id])).json()
    (shown,) = read["votes"]
    assert (shown["secret"], shown["tally"], shown["listed"], shown["ballots_root"]) == (True, None, None, "")
    assert as_(court.ana).get(reverse("api:ballot-list", args=[vote.proposal_id, 1])).json() == []


def test_pages_of_many_votes_do_not_read_their_lists(court: Court) -> None:
    vote = counts_as(recall(court), "yes yes yes yes yes")
    listing = reverse("core:proposal-list", args=[court.body.slug])
    with spoken() as heard:
        assert "Adopted" in page_of(court.eva, vote)
        for path in (f"{listing}?stage=adopted", court.mandate.get_absolute_url()):
            assert as_(court.eva).get(path).status_code == 200
    assert not [each for each in heard if '"core_vote"."listed"' in each]


def same_but_for_codes(page: str) -> str:
    """A page without what differs each time it is made."""
    page = re.sub(r'value="[^"]{23,}"', "", page)
    return re.sub(r"in \d+ \w+|nonce-\S+", "", page)


def test_the_api_takes_a_secret_ballot_and_keeps_no_key_of_it(court: Court) -> None:
    vote = recall(court)
    client = as_(court.eva)
    address = reverse("api:secret-ballot-cast", args=[vote.proposal_id])

    def call(position: str, code: str) -> Any:
        data = json.dumps({"vote": vote.pk, "position": position, "code": code})
        return client.post(address, data, content_type="application/json", headers={"Idempotency-Key": "mine"})

    first, again = call("yes", CODE), call("no", CODE)
    assert (first.status_code, first.json()) == (200, {"show": show_of(vote.pk, CODE), "changed": False})
    assert again.json() == {"show": show_of(vote.pk, CODE), "changed": True}
    assert call("no", "8R3N5-0A9ST-1MDWC-4JP6E").status_code == 403
    assert call("no", "x").status_code == 422
    assert "mine" not in str(list(DoneOnce.objects.values()))
    opened = as_(court.eva).post(
        reverse("api:ballot-cast", args=[vote.proposal_id]), {"vote": vote.pk, "position": "yes"}, "application/json"
    )
    assert opened.status_code == 409


def test_the_reminder_goes_to_the_whole_roll(court: Court) -> None:
    vote = recall(court)
    village.cast_secretly(vote, court.eva, "yes")
    village.move_clock(timedelta(hours=60))
    assert remind(vote.pk)
    cause = Cause.objects.get(what="vote.secret_reminder")
    fan_out(cause.pk)
    assert Notice.objects.filter(cause=cause).count() == 8
    told = {words_of(notice).sentence for notice in Notice.objects.filter(cause=cause)}
    assert told == {"This vote is secret. If you have voted, there is nothing to do. This is the only reminder."}
    with_vote = letter(court.eva, list(pending_of(court.eva)), folkmoot_now())
    without = letter(court.people[5], list(pending_of(court.people[5])), folkmoot_now())
    assert str(with_vote.content["needs"]) == str(without.content["needs"])


def test_ones_own_first_page_asks_until_one_has_voted(court: Court) -> None:
    vote = recall(court)
    title = vote.proposal.title
    assert waiting(court.eva) == [title]
    village.cast_secretly(vote, court.eva, "yes")
    assert waiting(court.eva) == []
    assert "Where you have voted" in as_(court.eva).get("/").content.decode()


def waiting(person: Person) -> list[str]:
    """What the first page asks of somebody."""
    return [call.title for call in get_calls(person, at=folkmoot_now())]


@pytest.mark.django_db
def test_a_recall_that_is_open_says_why() -> None:
    court = make_court(secret_from=20)
    vote = recall(court)
    page = page_of(court.eva, vote)
    assert "It would be secret with 20 on the roll, and 8 are." in page
    never = make_court_without_secrets()
    assert "The charter says that no vote is secret." in page_of(never.eva, recall(never))


def make_court_without_secrets() -> Court:
    """Another council, which has no secret votes."""
    people = village.make_people(*(f"never{n}" for n in range(8)))
    body = village.make_council("Never Street", people, secret_from=None)
    mandate = village.make_mandate(body, people, people[1], author=people[0])
    return Court(body, people, people[0], people[1], mandate)


def test_a_recall_that_waits_for_its_key_says_so_on_both_pages(court: Court) -> None:
    answer = as_(court.ana).post(
        reverse("core:mandate-recall", args=[court.mandate.pk]), {"reason": "No word.", "once": "k"}, follow=True
    )
    assert "The vote waits for its key" in answer.content.decode()
    about = as_(court.eva).get(court.mandate.get_absolute_url()).content.decode()
    assert "Its secret vote waits for its key and begins by itself." in about
    votes.stock(1)
    settle()
    assert "The vote is secret." in as_(court.eva).get(court.mandate.get_absolute_url()).content.decode()
