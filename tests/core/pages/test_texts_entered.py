"""Votes between several texts on the pages of who enters them for others, on paper, by link, and in print."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from core.actions import amendments, ballots, entering, opening, papers
from core.models import Ballot, EnteredBallot, RollEntry
from core.notices import ballot_links
from core.rules.choices import Marked
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.pages.cast import SignedIn, Street
from tests.core.pages.test_talk import between_texts

pytestmark = pytest.mark.django_db
Way = EnteredBallot.Way


def test_ballot_enter_and_confirm_take_marks_and_a_position(street: Street, as_person: SignedIn) -> None:
    vote, ana, farid = between_texts(street), as_person(street.ana), as_person(street.farid)
    address = reverse("core:ballot-enter", args=[vote.proposal_id])
    shown = ana.get(address).content.decode()
    assert "Text 2, with the words of Bruno: “150”" in shown
    typed = {"vote": vote.pk, "person": street.eva.pk, "way": "desk", "marks": ["2"], "reason": "Cheaper."}

    silent = ana.post(address, typed | {"once": "a"})
    assert silent.status_code == 422
    assert "Mark too what they say if a text comes first" in silent.content.decode()
    assert re.search(r'name="marks" value="2"[^>]* checked', silent.content.decode())
    assert ana.post(address, typed | {"once": "b", "position": "aside"}).status_code == 303

    confirm = reverse("core:ballot-confirm", args=[EnteredBallot.objects.get().pk])
    assert "checked" not in farid.get(confirm).content.decode()
    again = {"vote": vote.pk, "position": "aside"}
    other = farid.post(confirm, again | {"once": "c", "marks": ["1", "2"]})
    assert "not what was written down first" in other.content.decode()
    assert farid.post(confirm, again | {"once": "d", "marks": ["2"]}).status_code == 303
    ballot = Ballot.objects.get()
    assert (ballot.choice, ballot.position, ballot.way, ballot.reason) == ("[2]", "aside", "entered", "Cheaper.")

    eva = as_person(street.eva)
    assert "could live with 2, else stands aside" in eva.get(vote.proposal.get_absolute_url()).content.decode()
    assert eva.post(reverse("core:ballot-contest", args=[vote.proposal_id]), {"once": "e"}).status_code == 303
    shown = eva.get(vote.proposal.get_absolute_url()).content.decode()
    assert "1. Which texts could you live with?" in shown
    assert not re.search(r'name="marks"[^>]* checked', shown)


def test_paper_print_has_a_box_for_each_text_and_each_position(street: Street, as_person: SignedIn) -> None:
    vote = between_texts(street)
    sheet = {"count": 1, "size": "a4", "language": "es", "once": "k1"}

    shown = as_person(street.ana).post(reverse("core:paper-print", args=[vote.proposal_id]), sheet).content.decode()

    assert "Texto 2, con las palabras de Bruno: “150”" in shown
    assert shown.count('<span class="box">') == 5  # two texts; stand aside, abstain, block
    shown = as_person(street.ana).get(reverse("core:proposal-print", args=[vote.proposal_id])).content.decode()
    assert "<del>200</del> <ins>150</ins>" in shown
    assert "<b>Agree</b>" not in shown


def test_ballot_link_gives_marks_once(street: Street) -> None:
    body = village.make_council("Cedar Street", street.members, votes_by_mail=True)
    proposal = village.make_proposal(body, street.ana)
    at = folkmoot_now()
    words = amendments.propose(proposal, "corner", "wall", "It is sunny.", by=street.bruno, at=at, seen=1)
    amendments.let_stand(words, by=street.bruno, at=at)
    village.move_clock(timedelta(days=8))
    vote = opening.open_vote(proposal, by=street.ana)
    village.confirm(street.eva, "eva@example.org")
    entry = RollEntry.objects.select_related("vote__charter", "person").get(vote=vote, person=street.eva)
    path = "/" + ballot_links.url_for(entry).split("/", 3)[3]
    nobody = Client()

    shown = nobody.get(path).content.decode()
    assert "1. Which texts could you live with?" in shown
    assert "<del>corner</del> <ins>wall</ins>" in shown
    silent = nobody.post(path, {"vote": vote.pk, "marks": ["2"], "reason": "Sun."})
    assert silent.status_code == 422
    assert 'name="marks" value="2" checked' in silent.content.decode()
    given = nobody.post(path, {"vote": vote.pk, "marks": ["2"], "position": "abstain", "reason": "Sun."})

    assert "could live with 2, else abstains" in given.content.decode()
    assert [(row.choice, row.position, row.way) for row in Ballot.objects.all()] == [("[2]", "abstain", "link")]
    assert nobody.get(path).status_code == 410


def test_vote_print_names_the_texts_and_what_each_marked(street: Street, as_person: SignedIn) -> None:
    vote = between_texts(street)
    for person in (street.ana, street.bruno, street.farid):
        ballots.cast(vote, Marked("aside", (2,)), by=person)
    [paper] = papers.print_sheet(vote, 1, by=street.ana, at=folkmoot_now())
    nothing = Marked("abstain", ())
    written = entering.enter(vote, street.eva, nothing, by=street.ana, way=Way.PAPER, number=paper.number)
    entering.confirm(written, nothing, by=street.bruno, number=paper.number)
    village.close(vote)

    shown = as_person(street.eva).get(reverse("core:vote-print", args=[vote.proposal_id, 1])).content.decode()

    assert "Text 2 came first: most could live with it." in shown
    assert "3 could live with it" in shown
    line = next(line for line in shown.splitlines() if "<bdi>Eva</bdi>" in line)
    assert "could live with none of the texts: abstains" in line
    assert "On paper" in line
