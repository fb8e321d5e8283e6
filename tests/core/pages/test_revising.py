"""New versions of a text, and the page that shows what changed."""

import pytest
from django.urls import reverse

from core.actions import proposals
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.pages.cast import SignedIn, Street, act

pytestmark = pytest.mark.django_db


def test_proposal_revise_writes_the_next_version(street: Street, as_person: SignedIn) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    data = {"title": "Open the lot", "text": "From April on.", "seen": 1}

    answer = act(as_person(street.ana), "proposal-revise", proposal, **data)

    assert answer.status_code == 303
    newest = proposal.texts.latest("number")
    assert (newest.number, newest.title, newest.text) == (2, "Open the lot", "From April on.")


def test_proposal_revise_from_an_older_version_keeps_the_words_and_shows_the_newest(
    street: Street, as_person: SignedIn
) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    proposals.revise(proposal, by=street.ana, at=folkmoot_now(), title="Lot", text="From May on.", seen=1)
    client = as_person(street.ana)

    answer = act(client, "proposal-revise", proposal, title="Lot", text="From June on.", seen=1)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The text was changed meanwhile." in page
    assert "From June on." in page
    assert "<del>May</del><ins>June</ins>" in page
    assert 'name="seen" value="2"' in page
    assert proposal.texts.count() == 2
    again = act(client, "proposal-revise", proposal, title="Lot", text="From June on.", seen=2, once="k2")
    assert again.status_code == 303
    assert proposal.texts.latest("number").text == "From June on."


@pytest.mark.parametrize("text", ["", "  ", "x" * 20_001, "x" * 5_000_000])
def test_proposal_revise_refuses_nothing_and_too_much(street: Street, as_person: SignedIn, text: str) -> None:
    proposal = village.make_proposal(street.body, street.ana)

    answer = act(as_person(street.ana), "proposal-revise", proposal, title="Lot", text=text, seen=1)

    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert proposal.texts.count() == 1


def test_proposal_revise_is_for_its_author_until_voting_opens(street: Street, as_person: SignedIn) -> None:
    vote = village.make_vote(street.body, street.ana)
    url = reverse("core:proposal-revise", args=[vote.proposal_id])

    other, late = as_person(street.bruno).get(url), as_person(street.ana).get(url)

    assert (other.status_code, late.status_code) == (403, 403)
    assert "Only its author can do this." in other.content.decode()
    assert "Voting has begun: the text can no longer be changed." in late.content.decode()
    assert as_person(street.dario).get(url).status_code == 404


def test_proposal_versions_shows_what_changed(street: Street, as_person: SignedIn) -> None:
    proposal = village.make_proposal(street.body, street.ana)
    for number, month in enumerate(("May", "June"), start=1):
        at = folkmoot_now()
        proposals.revise(proposal, by=street.ana, at=at, title="Lot", text=f"We open it in {month}.", seen=number)
    url = reverse("core:proposal-versions", args=[proposal.pk])
    client = as_person(street.bruno)

    page = client.get(url).content.decode()

    assert "What changed from version 2 to 3" in page
    assert "<del>May.</del><ins>June.</ins>" in page
    assert "What changed from version 1 to 3" in client.get(f"{url}?from=1&to=3").content.decode()
    assert client.get(f"{url}?from=x&to=99999999999").status_code == 200
    assert as_person(street.dario).get(url).status_code == 404
