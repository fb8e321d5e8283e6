"""Entering votes for others, on the pages: by two, with paper, and what the one it is for sees."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.actions import entering, papers
from core.models import Ballot, EnteredBallot, PaperBallot, Person, Vote
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.pages.cast import SignedIn, Street

pytestmark = pytest.mark.django_db
Way = EnteredBallot.Way


def write(client: Client, vote: Vote, person: Person, position: str = "agree", **more: Any) -> Any:
    """Send the form of the first member."""
    data = {
        "vote": vote.pk,
        "person": person.pk,
        "way": "desk",
        "position": position,
        "reason": "",
        "once": "k1",
        **more,
    }
    return client.post(reverse("core:ballot-enter", args=[vote.proposal_id]), data)


def test_two_members_enter_a_vote_and_the_one_it_is_for_sees_it_and_strikes_it_out(
    street: Street, as_person: SignedIn
) -> None:
    vote = village.make_vote(street.body, street.ana)
    page = reverse("core:ballot-enter", args=[vote.proposal_id])

    answer = write(as_person(street.ana), vote, street.eva)
    assert (answer.status_code, answer["Location"]) == (303, page)
    row = EnteredBallot.objects.get()
    confirm = reverse("core:ballot-confirm", args=[row.pk])
    shown = as_person(street.bruno).get(confirm).content.decode()
    assert "You do not see what was typed first." in shown
    assert " checked" not in shown
    answer = as_person(street.bruno).post(confirm, {"vote": vote.pk, "position": "agree", "once": "k2"})
    assert answer.status_code == 303
    assert Ballot.objects.get().way == "entered"

    eva = as_person(street.eva)
    shown = eva.get(vote.proposal.get_absolute_url()).content.decode()
    assert "This vote was entered for you." in shown
    assert "By Ana and Bruno." in shown
    answer = eva.post(reverse("core:ballot-contest", args=[vote.proposal_id]), {"once": "k3"})
    assert answer.status_code == 303
    shown = eva.get(vote.proposal.get_absolute_url()).content.decode()
    assert "This vote was entered for you." not in shown
    assert "Your position counts" not in shown
    assert Ballot.objects.get().position == "struck"


def test_what_was_entered_is_listed_and_never_what_it_says(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)
    row = entering.enter(vote, street.eva, "aside", by=street.ana, way=Way.DESK)
    entering.confirm(row, "aside", by=street.bruno)
    entering.enter(vote, street.farid, "aside", by=street.ana, way=Way.DESK)

    listed = as_person(street.eva).get(reverse("core:ballot-enter", args=[vote.proposal_id])).content.decode()

    part = listed.partition('id="entered"')[2]
    assert "by Ana and Bruno" in part
    assert "Stand aside" not in part
    assert "Stand aside" not in listed.partition('id="waiting"')[2].partition("</section>")[0]


def test_a_refusal_keeps_what_was_typed(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)

    answer = write(as_person(street.ana), vote, street.eva, "block")
    shown = answer.content.decode()

    assert answer.status_code == 422
    assert "A block needs its reason" in shown
    assert re.search(r'value="block"[^>]* checked', shown)
    answer = write(as_person(street.ana), vote, street.eva, way="paper")
    assert "Type the number that stands on the paper." in answer.content.decode()
    assert not EnteredBallot.objects.exists()


def test_the_same_form_twice_writes_down_once(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)
    ana = as_person(street.ana)

    assert [write(ana, vote, street.eva).status_code for _time in range(2)] == [303, 303]

    assert EnteredBallot.objects.count() == 1


def test_a_sheet_of_paper_is_printed_in_one_language_and_shown_once(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)
    client, address = as_person(street.ana), reverse("core:paper-print", args=[vote.proposal_id])
    data = {"count": 3, "size": "letter", "language": "es", "once": "k1"}

    shown = client.post(address, data).content.decode()

    assert PaperBallot.objects.count() == 3
    for paper in PaperBallot.objects.all():
        assert shown.count(f"{paper.number[:4]} {paper.number[4:]}") == 2  # on the ballot and on the stub
    assert "Mi nombre:" in shown
    assert "My name:" not in shown
    assert 'class="paper letter"' in shown
    again = client.post(address, data)
    assert "printed already" in again.content.decode()
    assert PaperBallot.objects.count() == 3


def test_an_election_is_entered_on_paper_too(street: Street, as_person: SignedIn) -> None:
    vote = village.open_election(street.body, street.ana, street.bruno)
    [paper] = papers.print_sheet(vote, 1, by=street.ana, at=folkmoot_now())
    ballot = {"vote": vote.pk, "number": paper.number, "approve": "1"}
    data = ballot | {"person": street.eva.pk, "way": "paper", "once": "a"}

    answer = as_person(street.ana).post(reverse("core:ballot-enter", args=[vote.proposal_id]), data)
    assert answer.status_code == 303
    confirm = reverse("core:ballot-confirm", args=[EnteredBallot.objects.get().pk])
    wrong = as_person(street.farid).post(confirm, ballot | {"approve": "0", "once": "b"})
    assert "not what was written down first" in wrong.content.decode()
    answer = as_person(street.farid).post(confirm, ballot | {"once": "c"})

    assert answer.status_code == 303
    assert Ballot.objects.get().choice == "[1]"


def test_outsiders_do_not_see_the_pages(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)
    for name in ("core:ballot-enter", "core:paper-print"):
        assert as_person(street.dario).get(reverse(name, args=[vote.proposal_id])).status_code == 404


def test_the_printed_count_has_everybody_with_the_number_of_what_was_entered(
    street: Street, as_person: SignedIn
) -> None:
    vote = village.make_vote(street.body, street.ana)
    row = entering.enter(vote, street.eva, "agree", by=street.ana, way=Way.DESK)
    entering.confirm(row, "agree", by=street.bruno)
    for person in (street.ana, street.bruno):
        village.cast(vote, person, "agree")
    address = reverse("core:vote-print", args=[vote.proposal_id, 1])
    assert as_person(street.ana).get(address).status_code == 404

    village.close(vote)
    shown = as_person(street.farid).get(address).content.decode()

    line = next(line for line in shown.splitlines() if "<bdi>Eva</bdi>" in line)
    assert "At the helper desk" in line
    assert f"{row.number[:4]} {row.number[4:]}" in line
    assert "3 of 5 on the roll." in shown
    assert "<bdi>Farid</bdi>" not in shown.partition("<table>")[2]


def test_a_proposal_is_printed_large_with_what_can_be_said(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)
    address = reverse("core:proposal-print", args=[vote.proposal_id])

    plain = as_person(street.eva).get(address).content.decode()
    large = as_person(street.eva).get(f"{address}?print=large&size=letter").content.decode()

    assert 'class="paper a4"' in plain
    assert 'class="paper letter large-print"' in large
    assert "<b>Stand aside</b>: Not for me, and I do not stop it." in large
    assert village.TEXT in large
