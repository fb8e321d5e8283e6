"""Charters on their pages: adopted, drafted anew, changed by decision."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from core.actions import bodies, charter_changes, charters, invitations, opening
from core.forms.bodies import CharterChangeForm, CharterForm
from core.models import Body, Charter, Membership, Person, Proposal, Stage
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.people.cast import Street, as_, lines, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def forming(db: None) -> tuple[Body, list[Person]]:
    """A court of four whose charter nobody has adopted yet."""
    folk = village.make_people("ana", "bruno", "carla", "eva", "dario")
    at = folkmoot_now()
    content = charters.Draft("We look after our court.", "We hear everybody.", CharterNumbers())
    body = bodies.form("Elm Court", content, by=folk[0], at=at)
    for person in folk[1:4]:
        admit(body, person)
    return body, folk


def admit(body: Body, person: Person) -> Membership:
    first = body.memberships.open().order_by("pk")[0]
    _row, token = invitations.invite(body, by=first.person, at=folkmoot_now())
    came = invitations.accept(token, by=person, at=folkmoot_now())
    assert isinstance(came, Membership)
    return came


def test_the_third_adoption_lets_the_body_decide(forming: tuple[Body, list[Person]]) -> None:
    body, folk = forming
    for person in folk[:3]:
        page = as_(person).get("/b/elm-court/")
        assert "Adopt this charter" in text_of(page)
        answer = as_(person).post("/b/elm-court/charter/adopt/", {"once": "k1", "number": 1})
        assert answer.status_code == 303

    body.refresh_from_db()
    assert body.adopted_at is not None
    assert "Write a proposal" in text_of(as_(folk[3]).get("/b/elm-court/"))


def test_charter_detail_shows_who_has_adopted(forming: tuple[Body, list[Person]]) -> None:
    body, folk = forming
    bodies.adopt(body.charters.get(), by=folk[0], at=folkmoot_now())

    page = text_of(as_(folk[0]).get("/b/elm-court/charter/"))

    assert "1 of 3 have adopted it" in page
    assert "You have adopted it." in page
    assert "Adopt this charter" not in page


def test_charter_adopt_of_a_stale_draft_is_refused(forming: tuple[Body, list[Person]]) -> None:
    body, folk = forming
    bodies.redraft(body, charters.Draft("Another purpose.", "", CharterNumbers()), by=folk[1], at=folkmoot_now())
    before = lines()

    page = as_(folk[0]).post("/b/elm-court/charter/adopt/", {"once": "k1", "number": 1})

    assert page.status_code == 409
    assert "The draft was changed meanwhile. Read the new one first." in text_of(page)
    assert "Another purpose." in text_of(page)
    assert lines() == before


def test_charter_adopt_after_adoption_is_refused(street: Street) -> None:
    before = lines()

    page = as_(street.eva).post("/b/alder-street/charter/adopt/", {"once": "k1", "number": 1})

    assert page.status_code == 409
    assert "The charter is adopted already." in text_of(page)
    assert lines() == before


@pytest.mark.parametrize("number", ["", "2", "x", "-1", "9" * 30])
def test_charter_adopt_of_no_such_draft_is_not_found(forming: tuple[Body, list[Person]], number: str) -> None:
    answer = as_(forming[1][0]).post("/b/elm-court/charter/adopt/", {"once": "k1", "number": number})

    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["charter/adopt/", "charter/redraft/"])
def test_outsiders_adopt_and_redraft_nothing(forming: tuple[Body, list[Person]], client: Client, path: str) -> None:
    before = lines()

    assert as_(forming[1][4]).post(f"/b/elm-court/{path}", {"once": "k", "number": 1}).status_code == 404
    assert client.post(f"/b/elm-court/{path}", {"once": "k", "number": 1}).status_code == 302
    assert lines() == before


def typed_charter(charter: Charter, **changed: Any) -> dict[str, Any]:
    """The whole form as it stands, with some fields changed."""
    form = CharterForm.of(charter)
    given = {name: form.initial.get(name) for name in form.fields}
    return {name: value for name, value in {**given, **changed}.items() if value is not None and value is not False}


def test_charter_redraft_makes_a_new_draft(forming: tuple[Body, list[Person]]) -> None:
    body, folk = forming
    browser = as_(folk[1])
    assert browser.get("/b/elm-court/charter/redraft/").status_code == 200

    answer = browser.post(
        "/b/elm-court/charter/redraft/", {"once": "k", **typed_charter(body.charters.get(), quorum="1/3")}
    )

    assert answer.status_code == 303
    newest = village.charter_of(body)
    assert (newest.number, newest.quorum_num, newest.quorum_den, newest.in_force_at) == (2, 1, 3, None)


def test_charter_redraft_of_an_adopted_charter_is_not_there(street: Street) -> None:
    assert as_(street.ana).get("/b/alder-street/charter/redraft/").status_code == 404


def test_charter_change_is_put_up_and_comes_into_force_when_adopted(street: Street) -> None:
    browser = as_(street.ana)
    typed = typed_charter(village.charter_of(street.body), quorum="2/3", second_quorum="1/3", rounds_max=2)

    answer = browser.post(
        "/b/alder-street/charter/change/", {"once": "k", "title": "More of us", "text": "We are ready.", **typed}
    )

    assert answer.status_code == 303
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.stage, proposal.title) == ("charter", Stage.DISCUSSION, "More of us")
    assert (proposal.charter.quorum_num, proposal.charter.quorum_den) == (2, 3)  # type: ignore[union-attr]
    assert "At least 1 in 2 of those who may vote." in text_of(browser.get("/b/alder-street/charter/"))
    village.move_clock(timedelta(days=8))
    vote = opening.open_vote(proposal, by=street.ana)
    for person in street.members:
        village.cast(vote, person, "agree")
    village.close(vote)
    assert "At least 2 in 3 of those who may vote." in text_of(browser.get("/b/alder-street/charter/"))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"consensus_up_to": "2"}, "Write a number from 3 to 150."),
        ({"consensus_up_to": "151"}, "Write a number from 3 to 150."),
        ({"discussion_days": "2"}, "Write a number from 3 to 30."),
        ({"voting_hours": "23"}, "Write a number from 24 to 720."),
        ({"recall_hours": "169"}, "Write a number from 24 to 168."),
        ({"rounds_max": "7"}, "Write a number from 1 to 6."),
        ({"term_days": "731"}, "Write a number from 1 to 730."),
        ({"waiting_days": "91"}, "Write a number from 0 to 90."),
        ({"open_proposals": "0"}, "Write a number from 1 to 10."),
        ({"secret_from": "6"}, "Write a number from 7 to 32,767."),
        ({"quorum": "1/6"}, "Choose from those on the list."),
        ({"quorum": "nonsense"}, "Choose from those on the list."),
        ({"agreement": "1/2"}, "Choose from those on the list."),
        ({"quorum": "1/4", "second_quorum": "1/3"}, "This must be from 1/5 to 1/4."),
        ({"admission": "open", "waiting_days": "13"}, "a new member waits at least 14 days"),
        ({"urgent_sum": "-1"}, "Write a number from 0 to 2,147,483,647."),
        ({"urgent_sum": "99999999999"}, "Write a number from 0 to 2,147,483,647."),
        ({"title": ""}, "This is missing. Fill it in."),
        ({"text": ""}, "This is missing. Fill it in."),
        ({"text": "x" * 5_000_000}, "at most 20000 characters"),
        ({"time_zone": "Mars/Olympus"}, "Choose from those on the list."),
    ],
)
def test_charter_change_knows_every_range(wrong: dict[str, str], sentence: str) -> None:
    unchanged = CharterForm.of(Charter(purpose="We look after our street.")).initial
    right = {name: value for name, value in unchanged.items() if value is not None}

    form = CharterChangeForm(data={**right, "title": "More", "text": "Why not.", **wrong})

    assert CharterChangeForm(data={**right, "title": "More", "text": "Why not."}).is_valid()
    assert not form.is_valid()
    assert sentence in str(form.errors)


@pytest.mark.parametrize("wrong", [{"quorum": "1/6", "rounds_max": "7"}, {"text": "x" * 5_000_000}])
def test_charter_change_out_of_range_is_refused_and_keeps_what_was_typed(street: Street, wrong: dict[str, str]) -> None:
    typed = typed_charter(village.charter_of(street.body), unity="Kept words.")

    page = as_(street.ana).post(
        "/b/alder-street/charter/change/", {"once": "k", "title": "More", "text": "Why not.", **typed, **wrong}
    )

    assert page.status_code == 422
    assert "Kept words." in page.content.decode()
    assert (Proposal.objects.count(), street.body.charters.count()) == (0, 1)


def test_charter_change_beyond_ones_open_proposals_is_refused(street: Street) -> None:
    for number in range(3):
        village.make_proposal(street.body, street.ana, title=f"Idea {number}")
    typed = typed_charter(village.charter_of(street.body))

    page = as_(street.ana).post(
        "/b/alder-street/charter/change/", {"once": "k", "title": "More", "text": "Why not.", **typed}
    )

    assert page.status_code == 403
    assert "as many open proposals as the charter allows" in text_of(page)
    assert (Proposal.objects.count(), street.body.charters.count()) == (3, 1)


def test_a_draft_that_is_talked_over_is_for_members(street: Street, client: Client) -> None:
    content = charters.Draft("A purpose not yet ours.", "", CharterNumbers())
    charter_changes.propose(street.body, content, by=street.ana, at=folkmoot_now(), title="Anew", text="So.")

    assert "A purpose not yet ours." in text_of(as_(street.eva).get("/b/alder-street/charter/?number=2"))
    assert as_(street.dario).get("/b/alder-street/charter/?number=2").status_code == 404
    assert client.get("/b/alder-street/charter/?number=2").status_code == 404
    assert client.get("/b/alder-street/charter/?number=1").status_code == 200


@pytest.mark.parametrize("number", ["99", "9" * 40, "0", "x", "-1", "1;--"])
def test_charter_detail_of_no_such_version(street: Street, number: str) -> None:
    status = as_(street.ana).get("/b/alder-street/charter/", {"number": number}).status_code

    assert status == (404 if number.isdecimal() else 200)
