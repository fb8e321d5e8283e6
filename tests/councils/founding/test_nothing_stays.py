"""Nothing stays with the catalysts (invariant 21): after the hand-over every page and call of the council answers them
as it answers a stranger.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from core.actions import charters, memberships
from core.models import Body, Person
from core.rules.charter import CharterNumbers
from core.timekeeping import folkmoot_now
from councils.actions import boards, profiles
from councils.rules.profiles import Profile
from tests import village
from tests.access.audited import audited
from tests.access.confederated import confederated
from tests.access.defended import defended
from tests.access.files import sealed
from tests.access.halls import halls
from tests.access.scene import (
    INSIDE,
    Scene,
    what_is_ones_own,
    what_is_shared,
    what_is_under_way,
    what_was_decided,
    who_comes_and_goes,
)
from tests.access.sent import PROFILE, SCOPE
from tests.access.table import TABLE
from tests.access.test_access import differences
from tests.core.people.cast import as_, text_of
from tests.councils.founding import scene as made
from tests.scenes import scene

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

OF_BOARDS = ("councils:board-", "api:board-")
ROLES = (*INSIDE, "former", "removed", "closed")


def make_council_with_everything() -> Scene:
    """A council that eva's group founded and handed over, with one of everything; `stranger` is eva."""
    found = made.listening()
    names = (*ROLES, "newcomer", "applicant")
    cast = dict(zip(names, village.make_people(*names), strict=True))
    boards.hear(found.board, "Shade", 1, in_all=1, by=found.eva)
    draft = charters.Draft("Our street.", "", CharterNumbers(open_proposals=10))
    profile = Profile("street", "All who live there.")
    found.board = boards.set_scope(found.board, "Birch Street", profile, draft, by=found.eva, listed=False)
    token = boards.invite(found.board, by=found.eva, uses=20)[1]
    for name in ROLES:
        made.come_in(token, cast[name])
    boards.call_assembly(found.board, folkmoot_now() + timedelta(hours=1), "The hall", "", by=found.eva)
    village.move_clock(timedelta(hours=2))
    boards.hold_assembly(found.board, [found.membership(cast["author"])], by=found.eva)
    made.adopt(found, *(cast[name] for name in ROLES[:5]))
    people = [cast[name] for name in ROLES]
    village.make_mandate(found.council, people, cast["author"], author=cast["author"], title="Call the assembly")
    boards.hand_over(found.board, by=found.eva)
    oak = village.make_council("Oak", [found.eva, *village.make_people("olga", "oskar")])
    keys = {"birch": {"pk": oak.pk}, "cedar": {"pk": oak.pk}}
    whole = Scene(found.council, cast | {"stranger": found.eva}, keys)
    whole.keys |= audited([cast[name] for name in INSIDE], cast["newcomer"], cast["holder"])
    whole.keys |= defended(whole.keys["audit host"]["slug"], [cast[name] for name in INSIDE[:3]])
    what_was_decided(whole)
    what_is_under_way(whole)
    whole.keys |= halls(found.council, whole.people)
    who_comes_and_goes(whole)
    what_is_ones_own(whole)
    what_is_shared(whole)
    whole.keys |= sealed(whole.people)
    whole.keys |= confederated([cast[name] for name in INSIDE], cast["newcomer"], cast["holder"])
    nothing: dict[str, dict[str, str | int]] = {
        key: {"pk": 0} for key in ("split", "split proposal", "accords", "groups")
    }
    nothing["accord here"] = {"slug": found.council.slug, "pk": 0}
    whole.keys |= nothing | {"boards": {"pk": found.board.pk}}
    return whole


handed_over = scene(make_council_with_everything)


def test_every_page_and_call_of_the_council_takes_a_former_catalyst_for_a_stranger(handed_over: Scene) -> None:
    names = [name for name in TABLE if not name.startswith(OF_BOARDS)]

    assert differences("stranger", ("GET", "POST"), handed_over, names=names) == []


def test_the_walk_is_not_blind(handed_over: Scene) -> None:
    with transaction.atomic():
        profiles.set_first(handed_over.body, Profile("street", "All."), at=folkmoot_now())
    assert differences("member", ("GET",), handed_over, names=["core:body-detail", "core:member-list"]) == []


def test_the_board_shows_them_numbers_and_no_names_and_takes_nothing_more(handed_over: Scene) -> None:
    board, eva = handed_over.keys["boards"]["pk"], handed_over.people["stranger"]
    names = [handed_over.people[name].display_name for name in ROLES]
    page = as_(eva).get(f"/boards/{board}/")

    assert "7 joined, 1 came to the first assembly." in text_of(page)
    assert not [name for name in names if name in text_of(page)]
    answers = {path: as_(eva).post(f"/boards/{board}/{path}/", sent | {"once": path}) for path, sent in ACTS.items()}
    answers |= {f"page of {path}": as_(eva).get(f"/boards/{board}/{path}/") for path in PAGES}
    for path, answer in answers.items():
        said = text_of(answer)
        assert (path, answer.status_code, "This founding is over." in said) == (path, 403, True)
        assert not [name for name in names if name in said], path
    inside = as_(handed_over.people["member"]).get(f"/boards/{board}/")
    assert "Author" in text_of(inside)


PAGES = ("scope", "kit", "assembly", "attendance")
ACTS: dict[str, dict[str, Any]] = {
    "hear": {"theme": "Noise", "doors": 1, "in_all": 40},
    "scope": {**SCOPE, **PROFILE},
    "kit": {"uses": 1, "days": 1, "language": "en", "paper": "a4"},
    "assembly": {"when": "2099-01-01T10:00", "place": "The hall"},
    "attendance": {"others": 1},
    "more-time": {},
    "hand-over": {},
    "give-up": {},
}


def test_they_join_as_anybody_does_and_are_not_asked_to_hold_a_mandate(handed_over: Scene) -> None:
    council, eva, author = handed_over.body, handed_over.people["stranger"], handed_over.people["author"]
    Body.objects.filter(pk=council.pk).update(listed=True)
    answer = as_(eva).post(f"/b/{council.slug}/join/", {"words": "Number 12.", "once": "a"})
    assert "/applications/" in answer["Location"]

    with transaction.atomic():
        memberships.admit(council, eva, at=folkmoot_now())
    asked = offer(as_(author), council, eva)
    assert asked.status_code == 403
    assert "holds no mandate in this council before" in text_of(asked)


def offer(client: Client, council: Body, person: Person) -> Any:
    """Somebody offers a mandate on the page."""
    typed = {"title": "Keys", "task": "Keep them.", "limits": "None.", "term_days": 30, "text": "Why not."}
    return client.post(f"/b/{council.slug}/mandates/new/", typed | {"person": person.pk, "once": "b"})
