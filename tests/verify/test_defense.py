"""Defence bodies in two records, by a forger who makes the whole chain of hashes anew: each lie is said."""

import pytest

from core.models import Body
from core.queries.charters import today_in
from core.timekeeping import folkmoot_now
from defense.actions import posts, training
from tests import village
from tests.defense.scene import Watch, adopted, make_watch, open_post, set_code
from tests.scenes import scene
from tests.verify.forging import data_of, drop, twice
from tests.verify.honest import assert_whole, found, members_file
from tests.verify.story import Change, bound, parsed

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def make_past() -> Watch:
    """The watch, with a second version of its code, and a training that bruno came to."""
    watch = make_watch()
    set_code(watch.body, "own", watch.ana, watch.neighbours, "We tell what we saw.")
    taught = training.set_up(watch.body, "first_aid", 365, by=watch.ana, at=folkmoot_now())
    day = training.announce(taught, today_in(watch.body, folkmoot_now()), by=watch.ana, at=folkmoot_now())
    post = open_post(watch.body, "Scout", watch.ana, watch.neighbours)
    adopted(posts.propose_closing(post, "Not needed.", by=watch.ana, at=folkmoot_now()), watch.neighbours)
    training.enter(day, [village.membership(watch.body, watch.bruno)], by=watch.ana)
    return watch


past = scene(make_past)
SOON = "2000-01-01T00:00:00.000000Z"

IN_THE_HOST: list[tuple[str, Change, str]] = [
    ("a body that was not decided on", data_of("defense.formed", {"sort": "army"}), "defense_without"),
    ("a body that was decided on and is not there", drop("defense.formed"), "effect_not_seen"),
    ("a code that is in force too soon", data_of("code.adopted", {"in_force": SOON}, number=2), "code_wrongly"),
    ("a code that was decided on and is not there", drop("code.adopted"), "effect_not_seen"),
    ("a post opened twice", twice("post.opened"), "defense_without"),
    ("a post closed twice", twice("post.closed"), "defense_without"),
    ("a post that was to be closed and stays", drop("post.closed"), "effect_not_seen"),
]
IN_THE_BODY: list[tuple[str, Change, str]] = [
    ("a version that comes twice", twice("code.adopted"), "code_wrongly"),
    ("an acceptance of another version", data_of("code.accepted", {"number": 7}), "accepted_wrongly"),
    ("an old version accepted after the new one", twice("code.accepted"), "accepted_wrongly"),
    ("a post that opens twice", twice("post.opened"), "defense_without"),
    ("a post closed that was not open", twice("post.closed"), "defense_without"),
    ("who came was nobody", data_of("training.attended", {"came": []}), "trained_wrongly"),
]


def test_an_honest_defence_body_holds_in_both_records(past: Watch) -> None:
    for body in (past.host, past.body):
        assert not assert_whole(body).unknown["strange"]


@pytest.mark.parametrize("side", ["host", "body"])
def test_each_lie_about_a_defence_body_is_said(past: Watch, side: str) -> None:
    body: Body = getattr(past, side)
    for name, change, code in IN_THE_HOST if side == "host" else IN_THE_BODY:
        objects = parsed(members_file(body))
        change(objects)
        assert code in {each.code for each in found(bound(objects)).broken}, name
