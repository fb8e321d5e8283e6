"""The pages of a founding, without JavaScript: each step by its form, the kit once, and what is refused in words."""

import re
from datetime import timedelta
from typing import Any

import pytest

from core.actions import opening
from core.models import Body, Invitation, Person
from core.queries.home import get_home
from core.timekeeping import folkmoot_now
from councils.models import Board, CouncilProfile
from tests import village
from tests.core.people.cast import as_, text_of
from tests.councils.founding import scene as made
from tests.councils.founding.scene import Founding
from tests.scenes import scene

pytestmark = pytest.mark.django_db

group = scene(made.make_group)
called = scene(made.called)
going = scene(made.founding_now)

SCOPE = {
    "name": "Birch Street Council", "scope": "street", "affected": "All who live there.", "size_hint": "30",
    "languages": "English", "habits": "", "purpose": "We share tools.", "unity": "", "template": "small",
    "time_zone": "UTC", "listed": "on",
}  # fmt: skip


def send(person: Person, path: str, **data: Any) -> Any:
    return as_(person).post(path, {"once": path, **data}, follow=True)


def test_from_an_empty_page_to_the_first_assembly(group: Founding) -> None:
    slug, eva, gina = group.group.slug, group.eva, group.gina
    assert "Open a founding board" in text_of(as_(eva).get(f"/b/{slug}/"))

    opened = send(eva, f"/b/{slug}/boards/new/", title="A council for Birch Street")
    path = Board.objects.get().get_absolute_url()
    assert opened.redirect_chain == [(path, 303)]
    assert "Listen first" in text_of(opened)

    none = send(gina, f"{path}scope/", **SCOPE)
    assert (none.status_code, "Listen first: note what people" in text_of(none)) == (422, True)
    assert "We share tools." in text_of(none)  # nothing typed is lost
    many = send(gina, f"{path}hear/", theme="Shade", doors="9", in_all="3")
    assert (many.status_code, "more doors than you have been to" in text_of(many)) == (422, True)
    heard = send(gina, f"{path}hear/", theme="Shade", doors="3", in_all="9")
    assert "at 3 of 9 doors" in text_of(heard)

    formed = send(gina, f"{path}scope/", **SCOPE)
    assert "Invite, and call the first assembly" in text_of(formed)
    when = f"{folkmoot_now() + timedelta(days=2):%Y-%m-%dT%H:%M}"
    told = send(eva, f"{path}assembly/", when=when, place="The hall", agenda="Who we are")
    assert "The hall" in text_of(told)
    small = send(eva, f"{path}scope/", **(SCOPE | {"size_hint": "20"}))
    assert "Write 25 or more." in text_of(small)


def test_the_kit_is_shown_once_in_each_language_and_names_nobody(called: Founding) -> None:
    path = f"{called.board.get_absolute_url()}kit/"
    typed = {"uses": "9", "days": "20", "language": "both", "paper": "letter", "words": "Come!", "signed": "Eva"}
    page = send(called.eva, path, **typed)
    html, text = page.content.decode(), text_of(page)

    assert html.count("leaf-page letter") == 8
    assert re.search(r"http\S+/join/\S+/", text)
    for words in (
        "12 of 30",
        "12 de 30",
        "The hall",
        "In a council of 25, one block stops",
        "En un consejo de 25",
        "Come!",
    ):
        assert words in text
    assert called.ana.display_name not in text
    again = send(called.eva, path, **typed)
    assert ("leaf-page" in again.content.decode(), "/join/" in text_of(again)) == (False, False)
    assert Invitation.objects.filter(by__person=called.eva, uses_left=9).count() == 1


def test_founding_members_read_adopt_and_object_on_the_charters_page(going: Founding) -> None:
    council, charter = going.council, {"number": "1"}
    path = f"/b/{council.slug}/charter/"
    assert "and nobody objects" in text_of(as_(going.ana).get(path))
    assert [call.url for call in get_home(going.ana, at=folkmoot_now()).calls] == [path]

    objected = send(going.ana, f"{path}object/", reason="Too many days.", **charter)
    assert "Ana objects" in text_of(objected)
    empty = send(going.neighbours[1], f"{path}object/", reason=" ", **charter)
    assert (empty.status_code, "needs its reason" in text_of(empty)) == (422, True)
    for person in going.neighbours[:5]:
        send(person, f"{path}adopt/", **charter)
    assert not going.council.decides
    send(going.ana, f"{path}take-back/", **charter)
    assert going.council.decides


def test_who_came_is_ticked_and_the_rest_is_a_number(called: Founding) -> None:
    village.move_clock(timedelta(days=2))
    path = f"{called.board.get_absolute_url()}attendance/"
    nobody = send(called.eva, path, others="4")
    assert (nobody.status_code, "Nobody who joined has come." in text_of(nobody)) == (422, True)

    there = [called.membership(person).pk for person in called.neighbours[:3]]
    noted = send(called.eva, path, came=there, others="4")
    assert "3 of them came to the first assembly, and 4 others." in text_of(noted)


def test_the_hand_over_is_offered_when_it_can_be_and_refused_afterwards() -> None:
    ready = made.ready()
    path = ready.board.get_absolute_url()
    assert "Ready for the hand-over" in text_of(as_(ready.ana).get(path))

    over = send(ready.ana, f"{path}hand-over/")
    assert "runs by itself since" in text_of(over)
    late = send(ready.eva, f"{path}kit/", uses="1", days="1", language="en", paper="a4")
    assert (late.status_code, "This founding is over." in text_of(late)) == (403, True)
    assert "How this council is founded" not in text_of(as_(ready.ana).get(f"/b/{ready.council.slug}/"))


def test_a_founding_that_the_clock_ended_says_so(going: Founding) -> None:
    village.move_clock(timedelta(days=181))
    page = text_of(as_(going.eva).get(going.board.get_absolute_url()))
    assert "The time of this founding is over: it ended by itself." in page


def test_a_council_shows_whom_it_is_for_and_decides_on_it() -> None:
    people = village.make_people(*(f"p{n}" for n in range(27)))
    council = village.make_council("Alder", people)
    page = f"/b/{council.slug}/"
    assert "has not said yet whom it is for" in text_of(as_(people[0]).get(page))

    proposed = send(people[0], f"{page}profile/", title="Us", text="For all.", **profile(25))
    assert "As it would be" in text_of(proposed)
    village.move_clock(timedelta(days=8))
    vote = opening.open_vote(council.proposals.get(), by=people[0])
    for person in people[:20]:
        village.cast(vote, person, "agree")
    village.close(vote)

    assert CouncilProfile.objects.get().in_force_at is not None
    assert "We are 27, and were meant to be 25 at most." in text_of(as_(people[1]).get(page))
    assert "All of the block." in text_of(as_(village.make_person("outsider")).get(page))
    assert "We are 27" not in text_of(as_(Person.objects.get(sign_in_name="outsider")).get(page))


def profile(size: int) -> dict[str, str]:
    return {"scope": "block", "affected": "All of the block.", "size_hint": str(size), "languages": "", "habits": ""}


@pytest.mark.parametrize("size", ["", "12", "120", "7", "many"])
def test_charters_are_compared_by_what_they_come_to(size: str) -> None:
    page = text_of(as_(village.make_person("reader")).get("/charters/", {"size": size}))
    shown = size if size in ("12", "120") else "30"
    assert f"In a council of {shown}" in page
    assert Body.objects.count() == 0
