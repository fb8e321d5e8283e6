"""Many votes at once: all written down by one member, all said again by another, and what becomes of each row."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import gatherings
from core.actions import entering, opening
from core.gatherings import Gathering
from core.models import Ballot, EnteredBallot, Person, Vote
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.pages.cast import SignedIn, Street
from tests.core.pages.test_talk import between_texts

pytestmark = pytest.mark.django_db


def send(client: Client, vote: Vote, rows: dict[int, dict[str, Any]], once: str = "k1", page: str = "roll-call") -> Any:
    """Send the page with these rows: by key what is typed in each."""
    typed = {f"row{key}-{name}": value for key, row in rows.items() for name, value in row.items()}
    data = {"vote": vote.pk, "row": list(rows), "once": once, **typed}
    return client.post(reverse(f"core:{page}", args=[vote.proposal_id]), data)


def all_say(people: Iterable[Person], position: str = "agree") -> dict[int, dict[str, Any]]:
    """A row for each of them."""
    return {person.pk: {"position": position} for person in people}


def again(vote: Vote, **other: str) -> dict[int, dict[str, Any]]:
    """What waits, said again by the second; `other` is what is said otherwise, by name."""
    rows = EnteredBallot.objects.waiting().filter(vote=vote).select_related("roll__person")
    return {row.pk: {"position": other.get(row.roll.person.sign_in_name, row.position)} for row in rows}


def stands(vote: Vote) -> dict[str, tuple[str, str]]:
    """Position and way of each ballot, by name."""
    rows = Ballot.objects.filter(vote=vote).select_related("roll__person")
    return {row.roll.person.sign_in_name: (row.position, row.way) for row in rows}


def test_roll_call_is_written_down_by_one_and_confirmed_by_another(street: Street, as_person: SignedIn) -> None:
    vote, ana, bruno = village.make_vote(street.body, street.ana), as_person(street.ana), as_person(street.bruno)
    shown = ana.get(reverse("core:roll-call", args=[vote.proposal_id])).content.decode()
    assert [f'name="row{person.pk}-position"' in shown for person in street.members] == [False, True, True, True, True]
    rows = all_say([street.carla, street.farid]) | {street.eva.pk: {"position": "aside", "reason": "Not mine."}}

    answer = send(ana, vote, rows | {street.bruno.pk: {"position": "", "reason": ""}})
    assert answer.status_code == 303
    shown = ana.get(answer["Location"]).content.decode()
    assert "3 votes are written down." in shown
    assert "written down by Ana, waits for a second member" in shown
    assert stands(vote) == {}

    page = reverse("core:roll-call-confirm", args=[vote.proposal_id])
    assert "Nothing waits for you." in ana.get(page).content.decode()
    shown = bruno.get(page).content.decode()
    assert "Not mine." not in shown
    assert shown.count(" checked") == shown.count('value="" checked') == 3
    assert send(bruno, vote, again(vote), page="roll-call-confirm").status_code == 303

    agreed = dict.fromkeys(("carla", "farid"), ("agree", "entered"))
    assert stands(vote) == agreed | {"eva": ("aside", "entered")}
    assert Ballot.objects.get(roll__person=street.eva).reason == "Not mine."


def test_roll_call_confirm_keeps_only_those_on_whom_the_two_differ(street: Street, as_person: SignedIn) -> None:
    vote, bruno = village.make_vote(street.body, street.ana), as_person(street.bruno)
    send(as_person(street.ana), vote, all_say([street.carla, street.eva, street.farid]))

    answer = send(bruno, vote, again(vote, eva="aside"), page="roll-call-confirm")
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "This is not what was written down first." in shown
    assert "2 votes count." in shown
    assert "2 others are done" in shown
    [left] = again(vote)
    assert shown.count('name="row"') == 1
    assert f'name="row{left}-position" value="aside" checked' in shown
    assert f"roll-call/?only={street.eva.pk}" in shown
    assert "wrote down" not in shown  # at the desk the second member does not see it
    alone = bruno.get(f"{reverse('core:roll-call', args=[vote.proposal_id])}?only={street.eva.pk}").content.decode()
    assert alone.count('name="row"') == 1

    assert send(bruno, vote, again(vote), once="k2", page="roll-call-confirm").status_code == 303
    assert stands(vote) == dict.fromkeys(("carla", "eva", "farid"), ("agree", "entered"))


def test_roll_call_says_what_people_did_themselves_meanwhile(street: Street, as_person: SignedIn) -> None:
    vote, bruno = village.make_vote(street.body, street.ana), as_person(street.bruno)
    send(as_person(street.ana), vote, all_say([street.carla, street.eva]))
    village.cast(vote, street.eva, "aside")

    answer = send(bruno, vote, again(vote), page="roll-call-confirm")

    shown = bruno.get(answer["Location"]).content.decode()
    assert "1 vote counts. They are told." in shown
    assert "Eva had voted already, and that stands." in shown
    assert stands(vote) == {"carla": ("agree", "entered"), "eva": ("aside", "own")}


def test_roll_call_keeps_the_row_that_is_refused_and_writes_down_the_others(
    street: Street, as_person: SignedIn
) -> None:
    vote, ana = village.make_vote(street.body, street.ana), as_person(street.ana)
    rows = all_say([street.carla]) | {street.eva.pk: {"position": "block", "reason": " "}}
    rows[street.farid.pk] = {"position": "", "reason": "He thinks aloud."}

    answer = send(ana, vote, rows)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "A block needs its reason" in shown
    assert "He thinks aloud." in shown
    assert shown.count('name="row"') == 2
    assert f'name="row{street.eva.pk}-position" value="block" checked' in shown
    assert EnteredBallot.objects.get().roll.person == street.carla

    rows = {street.eva.pk: {"position": "block", "reason": "The pipe."}, street.farid.pk: {"position": "agree"}}
    assert send(ana, vote, rows, once="k2").status_code == 303
    assert EnteredBallot.objects.waiting().count() == 3
    empty = send(ana, vote, {street.carla.pk: {"position": ""}}, once="k3")
    assert (empty.status_code, "Mark what at least one of them says." in empty.content.decode()) == (422, True)


def test_roll_call_sent_twice_writes_down_and_confirms_once(street: Street, as_person: SignedIn) -> None:
    vote, ana, bruno = village.make_vote(street.body, street.ana), as_person(street.ana), as_person(street.bruno)
    people = [street.carla, street.eva]

    assert [send(ana, vote, all_say(people)).status_code for _time in range(2)] == [303, 303]
    rows = again(vote)
    sent = [send(bruno, vote, rows, page="roll-call-confirm").status_code for _time in range(2)]

    assert sent == [303, 303]
    assert EnteredBallot.objects.count() == Ballot.objects.count() == 2


def test_roll_call_of_another_vote_than_was_seen_writes_nothing(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)
    vote.pk += 1000

    answer = send(as_person(street.ana), vote, all_say([street.eva]))

    assert answer.status_code == 409
    assert f'name="row{street.eva.pk}-position" value="agree" checked' in answer.content.decode()
    assert not EnteredBallot.objects.exists()


def test_roll_call_in_a_meeting_asks_those_present_and_shows_where_two_differ(
    street: Street, as_person: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = {street.carla.pk, street.eva.pk, street.ana.pk}
    at = folkmoot_now() + timedelta(days=8)
    meeting = Gathering("Assembly", "/", at, at + timedelta(days=6))
    monkeypatch.setattr(gatherings, "_ask", [lambda _proposal, _before: meeting])
    monkeypatch.setattr(gatherings, "_ask_who", [lambda _vote: there])
    proposal = village.make_proposal(street.body, street.ana)
    village.move_clock(timedelta(days=8))
    vote, ana, bruno = opening.open_vote(proposal, by=street.ana), as_person(street.ana), as_person(street.bruno)
    shown = ana.get(reverse("core:roll-call", args=[vote.proposal_id])).content.decode()
    assert f'name="row{street.carla.pk}-position"' in shown
    assert f'name="row{street.farid.pk}-position"' not in shown

    late = send(ana, vote, all_say([street.eva, street.carla, street.farid]))
    assert "They are not on the list of those present at the meeting." in late.content.decode()
    differs = send(bruno, vote, again(vote, eva="aside"), page="roll-call-confirm").content.decode()

    assert "Ana wrote down: Agree" in differs
    assert stands(vote) == {"carla": ("agree", "entered")}


def test_roll_call_takes_marks_among_texts_and_choices_in_an_election(street: Street, as_person: SignedIn) -> None:
    vote, ana, bruno = between_texts(street), as_person(street.ana), as_person(street.bruno)
    said = {"marks": ["2"], "position": "aside"}
    page = ana.get(reverse("core:roll-call", args=[vote.proposal_id])).content.decode()
    assert "<summary>Text 2, with the words of Bruno</summary>" in page
    silent = send(ana, vote, {street.eva.pk: {"marks": ["2"]}}).content.decode()
    assert "Mark too what they say if a text comes first that they did not name." in silent
    send(ana, vote, {street.eva.pk: said}, once="k2")
    send(bruno, vote, {EnteredBallot.objects.get().pk: said}, page="roll-call-confirm")
    assert Ballot.objects.get().choice == "[2]"

    election = village.open_election(street.body, street.ana, street.bruno)
    send(ana, election, {street.eva.pk: {"approve": ["1"]}}, once="k3")
    row = EnteredBallot.objects.waiting().get()
    assert (
        as_person(street.farid).get(reverse("core:roll-call-confirm", args=[election.proposal_id])).status_code == 200
    )
    send(as_person(street.farid), election, {row.pk: {"approve": ["1"]}}, page="roll-call-confirm")
    assert Ballot.objects.get(vote=election).choice == "[1]"


def test_roll_call_reads_as_much_for_many_as_for_few(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)
    page = reverse("core:roll-call", args=[vote.proposal_id])
    ana = as_person(street.ana)
    ana.get(page)
    asked = []
    for person in (None, street.carla, street.eva):
        if person is not None:
            entering.enter(vote, person, "agree", by=street.bruno, way="desk")
        with CaptureQueriesContext(
            connection,
        ) as captured:
            ana.get(page)
        asked.append(len(captured))

    assert asked[1] == asked[2]
