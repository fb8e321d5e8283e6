"""Pages of bodies that a proposal affects: naming, reading elsewhere, asking, answering."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.actions import affected, opening
from core.models import Affected, Body, Notice, Proposal
from core.notices.fanning import fan_out
from core.notices.words import words_of
from core.queries.notices import with_cause
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.pages.cast import SignedIn, Street
from tests.core.pages.test_talk import get, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def birch(street: Street) -> Body:
    """A body of dario's, in which ana and the others are not."""
    return village.make_council("Birch Street", [street.dario, *village.make_people("hugo", "ines")])


def named(street: Street, birch: Body) -> Affected:
    proposal = village.make_proposal(street.body, street.ana)
    return affected.name(proposal, birch, "They share the wall.", by=street.ana, at=folkmoot_now())


def test_affected_name_tells_the_members_who_read_it_on_a_page_of_their_own(
    street: Street, birch: Body, as_person: SignedIn
) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    client, theirs = as_person(street.ana), as_person(street.dario)
    assert "Birch Street" in get(client, "affected-name", proposal.pk)

    empty = post(client, "affected-name", proposal.pk, body=birch.pk, why="")
    answer = post(client, "affected-name", proposal.pk, body=birch.pk, why="They share the wall.", once="k2")

    assert (empty.status_code, answer.status_code) == (422, 303)
    page = get(theirs, "affected-detail", birch.slug, proposal.pk)
    assert "They share the wall." in page
    assert village.TEXT in page
    assert proposal.get_absolute_url() not in page
    assert theirs.get(proposal.get_absolute_url()).status_code == 404
    fan_out(Affected.objects.get().body.causes.get(what="body.affected").pk)
    notice = with_cause(Notice.objects.filter(person=street.dario, cause__what="body.affected")).get()
    assert words_of(notice).link == reverse("core:affected-detail", args=[birch.slug, proposal.pk])


def test_affected_ask_and_affected_answer_with_their_refusals(street: Street, birch: Body, as_person: SignedIn) -> None:
    about = named(street, birch)
    place = (birch.slug, about.proposal_id)
    theirs, author = as_person(street.dario), as_person(street.ana)

    assert post(theirs, "affected-ask", *place, text=" ").status_code == 422
    asked = post(theirs, "affected-ask", *place, text="We share the wall.", once="k2")
    again = post(theirs, "affected-ask", *place, text="We share it.", once="k3")
    request = Proposal.objects.get(kind="joint")
    assert asked["Location"] == request.get_absolute_url()
    assert (again.status_code, "We share it." in again.content.decode()) == (403, True)
    assert "The proposal of another body that this is about" in get(theirs, "proposal-detail", request.pk)

    village.move_clock(timedelta(days=4))
    vote = opening.open_vote(request, by=street.dario)
    for entry in vote.roll.select_related("person"):
        village.cast(vote, entry.person, "agree")
    village.close(vote)
    refused = post(author, "proposal-open", about.proposal_id)
    assert "A body that this affects asks to decide together. Answer it first." in refused.content.decode()
    wordless = post(author, "affected-answer", *place, answer="refused", words="")
    assert (wordless.status_code, "checked" in wordless.content.decode()) == (422, True)
    post(author, "affected-answer", *place, answer="refused", words="It is ours alone.", once="k4")

    assert "It is ours alone." in get(theirs, "affected-detail", *place)
    assert "It is ours alone." in get(author, "proposal-detail", about.proposal_id)
