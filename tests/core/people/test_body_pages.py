"""Pages of bodies and charters: who sees them, what they offer, what they refuse."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.actions import applications, bodies, charter_changes, charters, invitations, memberships, opening
from core.forms.bodies import CharterChangeForm, CharterForm
from core.models import Body, Charter, Membership, Person, Proposal, RecordLine, Stage
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.people.cast import Street, as_, ask, is_member, text_of

pytestmark = pytest.mark.django_db

NEW = {
    "once": "k1",
    "name": "Elm Court",
    "kind": "council",
    "listed": "on",
    "purpose": "We look after our court.",
    "unity": "",
    "template": "large",
    "time_zone": "Europe/Madrid",
}


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


def lines() -> int:
    return RecordLine.objects.count()


@pytest.mark.parametrize("name", ["", "charter/"])
def test_a_listed_body_shows_everybody_what_it_is(street: Street, client: Client, name: str) -> None:
    for browser in (client, as_(street.dario), as_(street.ana)):
        page = browser.get(f"/b/alder-street/{name}")

        assert page.status_code == 200
        assert "We look after our street." in text_of(page)


def test_body_detail_says_no_more_to_outsiders(street: Street, client: Client) -> None:
    village.make_proposal(street.body, street.ana, title="Open the corner lot")
    ask(street)

    for browser in (client, as_(street.dario)):
        page = text_of(browser.get("/b/alder-street/"))

        assert "5 members." in page
        assert "Two members vouch for you" in page
        assert "Open the corner lot" not in page
        assert "Gina" not in page
        assert "Ana" not in page


@pytest.mark.parametrize("path", ["", "charter/", "join/", "members/", "invitations/", "leave/", "charter/change/"])
def test_an_unlisted_body_is_not_there_for_outsiders(db: None, client: Client, path: str) -> None:
    ana, bruno, carla, dario = village.make_people("ana", "bruno", "carla", "dario")
    place = village.make_council("Quiet House", [ana, bruno, carla], listed=False).get_absolute_url() + path

    assert as_(dario).get(place).status_code == 404
    assert client.get(place).status_code in (302, 404)
    assert as_(ana).get(place).status_code == 200
    if path in ("", "charter/"):
        assert client.get(place).status_code == 404


def test_the_address_of_a_new_body_tells_of_no_unlisted_one(db: None) -> None:
    people = village.make_people("ana", "bruno", "carla", "dario")
    hidden = [village.make_council("Quiet House", people[:3], listed=False) for _twice in range(2)]

    assert village.make_council("Quiet House", people).slug == "quiet-house"
    assert village.make_council("Quiet House", people).slug == "quiet-house-2"
    assert len({body.slug for body in hidden}) == 2
    assert all(re.fullmatch("quiet-house-[0-9a-f]{8}", body.slug) for body in hidden)


@pytest.mark.parametrize("path", ["members/", "invitations/", "leave/", "charter/change/"])
def test_inner_pages_of_a_listed_body_are_for_members(street: Street, client: Client, path: str) -> None:
    assert as_(street.ana).get(f"/b/alder-street/{path}").status_code == 200
    assert as_(street.dario).get(f"/b/alder-street/{path}").status_code == 404
    assert client.get(f"/b/alder-street/{path}").status_code == 302


def test_body_detail_of_who_left_is_that_of_an_outsider(street: Street) -> None:
    memberships.leave(street.body, by=street.eva)

    assert "Ask to join" in text_of(as_(street.eva).get("/b/alder-street/"))
    assert as_(street.eva).get("/b/alder-street/members/").status_code == 404


def test_body_detail_shows_members_what_goes_on(street: Street) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    village.make_proposal(street.body, street.carla, title="Plant two trees")
    ask(street)

    page = text_of(as_(street.eva).get("/b/alder-street/"))

    for words in ("Plant two trees", mandate.title, "Gina asks to join", "5 members", "We look after our street."):
        assert words in page


def test_body_detail_tells_a_newcomer_from_when_they_vote(street: Street) -> None:
    with_voice = text_of(as_(street.ana).get("/b/alder-street/"))
    open_street = make_other(street)

    page = text_of(as_(street.gina).get(open_street.get_absolute_url()))

    assert "You vote from" not in with_voice
    assert "You can talk and propose from the first day. You vote from" in page


def make_other(street: Street) -> Body:
    """A council with open admission that gina has just joined."""
    body = village.make_council("Open Yard", street.members[:3], admission="open", waiting_days=14)
    applications.apply(body, by=street.gina, at=folkmoot_now())
    return body


def test_body_list_shows_listed_ones_and_ones_own(street: Street, client: Client) -> None:
    village.make_council("Quiet House", street.members[:3], listed=False)

    assert "Quiet House" not in text_of(client.get("/bodies/"))
    assert "Quiet House" not in text_of(as_(street.dario).get("/bodies/"))
    mine = text_of(as_(street.ana).get("/bodies/"))

    assert "Quiet House" in mine
    assert "not listed" in mine
    assert "5 members" in mine


def test_no_page_of_a_body_names_another_body_of_its_members(street: Street) -> None:
    village.make_council("Elm Court", [street.bruno, street.gina, street.hugo])
    browser = as_(street.ana)

    for path in ("", "members/", "charter/", "invitations/"):
        assert "Elm Court" not in text_of(browser.get(f"/b/alder-street/{path}"))


def test_body_new_forms_a_body_of_its_template(db: None) -> None:
    (ana,) = village.make_people("ana")

    answer = as_(ana).post("/bodies/new/", NEW)

    assert (answer.status_code, answer["Location"]) == (303, "/b/elm-court/")
    body = Body.objects.get()
    charter = body.charters.get()
    assert (charter.template, charter.time_zone, charter.consensus_up_to) == ("large", "Europe/Madrid", 30)
    assert (body.adopted_at, body.memberships.get().person) == (None, ana)


def test_body_new_sent_twice_forms_one(db: None) -> None:
    (ana,) = village.make_people("ana")
    browser = as_(ana)

    first, second = browser.post("/bodies/new/", NEW), browser.post("/bodies/new/", NEW)

    assert (first["Location"], second["Location"]) == ("/b/elm-court/", "/b/elm-court/")
    assert Body.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 81}, "at most 80 characters"),
        ({"name": "   "}, "This field is required."),
        ({"purpose": ""}, "This field is required."),
        ({"purpose": "x" * 4001}, "at most 4000 characters"),
        ({"kind": "kingdom"}, "Select a valid choice."),
        ({"template": "none"}, "Select a valid choice."),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice."),
        ({"name": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_body_new_refuses_and_keeps_what_was_typed(db: None, wrong: dict[str, str], sentence: str) -> None:
    (ana,) = village.make_people("ana")

    page = as_(ana).post("/bodies/new/", {**NEW, "unity": "Kept words.", **wrong})

    assert page.status_code == 422
    assert sentence in text_of(page)
    assert "Kept words." in page.content.decode()
    assert Body.objects.count() == 0


def test_body_new_takes_markup_as_words(db: None) -> None:
    (ana,) = village.make_people("ana")

    as_(ana).post("/bodies/new/", {**NEW, "name": "<script>x</script>", "purpose": "<img src=x onerror=y> **so**"})
    page = as_(ana).get(Body.objects.get().get_absolute_url()).content.decode()

    assert "<script>x" not in page
    assert "<img src=x" not in page
    assert "<strong>so</strong>" in page


def test_body_new_asks_guests_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/bodies/new/").status_code == 302
    assert client.post("/bodies/new/", NEW).status_code == 302
    assert Body.objects.count() == 0


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
        ({"quorum": "1/6"}, "Select a valid choice."),
        ({"quorum": "nonsense"}, "Select a valid choice."),
        ({"agreement": "1/2"}, "Select a valid choice."),
        ({"quorum": "1/4", "second_quorum": "1/3"}, "This must be from 1/5 to 1/4."),
        ({"admission": "open", "waiting_days": "13"}, "a new member waits at least 14 days"),
        ({"urgent_sum": "-1"}, "Write a number from 0 to 2,147,483,647."),
        ({"urgent_sum": "99999999999"}, "Write a number from 0 to 2,147,483,647."),
        ({"title": ""}, "This field is required."),
        ({"text": ""}, "This field is required."),
        ({"text": "x" * 5_000_000}, "at most 20000 characters"),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice."),
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


def test_body_leave_says_what_ends_and_ends_it(street: Street) -> None:
    mandate = village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    browser = as_(street.bruno)

    page = text_of(browser.get("/b/alder-street/leave/"))
    assert f"Your mandate “{mandate.title}” ends." in page
    assert is_member(street, street.bruno)
    answer = browser.post("/b/alder-street/leave/", {"once": "k"})

    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert not is_member(street, street.bruno)
    mandate.refresh_from_db()
    assert mandate.ending == "left"
    assert browser.post("/b/alder-street/leave/", {"once": "k2"}).status_code == 404


def test_a_form_with_a_key_nobody_made_is_no_error(street: Street) -> None:
    assert as_(street.eva).post("/b/alder-street/leave/", {"once": "a\x00b"}).status_code < 500


@pytest.mark.parametrize("path", ["charter/adopt/"])
def test_acts_are_post_only(street: Street, path: str) -> None:
    assert as_(street.ana).get(f"/b/alder-street/{path}").status_code == 405


PAGES = ["/bodies/", "/b/alder-street/", "/b/alder-street/charter/", "/b/alder-street/members/"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_take_as_many_queries_however_big_the_body(street: Street, path: str) -> None:
    browser = as_(street.ana)
    small = queries(browser, path)
    grow(street)

    large = queries(browser, path)

    assert large == small
    assert large <= SESSION_AND_PERSON + 12


SESSION_AND_PERSON = 2


def queries(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(path).status_code == 200
    return len(asked)


def grow(street: Street) -> None:
    """More of everything that the pages list."""
    for person in village.make_people(*(f"m{number}" for number in range(12))):
        ask(street, person)
    village.make_council("Elm Court", street.members[:3])
    village.make_council("Oak Yard", [street.gina, street.hugo, street.dario])
    for number, author in enumerate(street.members):
        village.make_proposal(street.body, author, title=f"Idea {number}")
    village.make_mandate(street.body, street.members, street.bruno, author=street.farid, title="Keys")
