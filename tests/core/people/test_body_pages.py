"""Pages of bodies: who sees them, what they offer, what they refuse."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.actions import applications, memberships
from core.models import Body
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
        ({"name": ""}, "This is missing. Fill it in."),
        ({"name": "x" * 81}, "at most 80 characters"),
        ({"name": "   "}, "This is missing. Fill it in."),
        ({"purpose": ""}, "This is missing. Fill it in."),
        ({"purpose": "x" * 4001}, "at most 4000 characters"),
        ({"kind": "kingdom"}, "Choose from those on the list."),
        ({"template": "none"}, "Choose from those on the list."),
        ({"time_zone": "Mars/Olympus"}, "Choose from those on the list."),
        ({"name": "a\x00b"}, "There is a sign in it that cannot be kept."),
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

    assert large == small <= 12  # with session and person


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
