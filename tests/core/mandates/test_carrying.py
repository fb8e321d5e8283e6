"""Who carries how much: what the page shows, and that it ranks nobody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.actions import entering, memberships
from core.actions.proposals import Todo
from core.queries.carrying import ASKED_AT_ONCE, OWN, SEASON, get_carrying
from core.timekeeping import folkmoot_now
from tests import village
from tests.core.actions.scene import Street, make_street
from tests.core.people.cast import as_, text_of
from tests.scenes import scene

pytestmark = pytest.mark.django_db

street = scene(make_street)


def give(street: Street) -> None:
    """Bruno holds a mandate and has a task; eva has a task."""
    village.make_mandate(street.body, street.members, street.bruno, author=street.ana)
    todo = [Todo("Dig", street.bruno), Todo("Sow", street.eva)]
    village.decide(street.body, street.members, street.ana, tasks=todo)


def test_loads_are_spread_over_the_members_of_today(street: Street) -> None:
    give(street)
    found = get_carrying(street.body, street.ana, folkmoot_now())
    assert (found.whole.nothing, found.whole.one, found.whole.two) == (3, 1, 1)
    assert [(sort.load.name, sort.spread.things) for sort in found.sorts[:2]] == [("mandates", 1), ("tasks", 2)]

    memberships.leave(street.body, by=street.bruno)

    found = get_carrying(street.body, street.ana, folkmoot_now())
    assert (found.whole.members, found.whole.things) == (4, 1)


def test_names_stand_by_name_and_not_by_number(street: Street) -> None:
    give(street)
    names = [carrier.person.display_name for carrier in get_carrying(street.body, street.ana, folkmoot_now()).carriers]

    assert names == sorted(names) == ["Bruno", "Eva"]


def test_who_could_be_asked_is_free_has_a_voice_and_is_the_same_for_all_on_one_day(street: Street) -> None:
    give(street)
    at = folkmoot_now()
    for reader in (street.ana, street.bruno):
        asked = get_carrying(street.body, reader, at).could_be_asked
        assert set(asked) == {street.ana, street.farid, street.gina}
    assert (
        len({tuple(get_carrying(street.body, street.ana, at.replace(day=n)).could_be_asked) for n in range(1, 9)}) > 1
    )
    assert len(asked) <= ASKED_AT_ONCE


def test_carrying_is_for_members_and_draws_what_it_says(street: Street) -> None:
    give(street)
    page = as_(street.bruno).get(f"/b/{street.body.slug}/carrying/")

    assert "Of 5 members: one thing: 1, two things: 1, nothing now: 3." in page.content.decode()
    assert "Mandates: 1 · Open tasks: 1" in text_of(page)
    assert as_(street.dario).get(f"/b/{street.body.slug}/carrying/").status_code == 404


def test_carrying_asks_as_many_statements_whatever_the_body_carries(street: Street) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            get_carrying(street.body, street.ana, folkmoot_now())
        return len(asked)

    before = statements()
    give(street)
    assert statements() <= before + 1
    assert before <= 10


def test_help_to_vote_counts_once_for_each_vote_and_for_a_season(street: Street) -> None:
    vote = village.make_vote(street.body, street.ana)
    for person in (street.eva, street.farid):
        written = entering.enter(vote, person, "agree", by=street.ana, way="desk")
        entering.confirm(written, "agree", by=street.bruno)
    entering.enter(village.make_vote(street.body, street.ana), street.eva, "agree", by=street.ana, way="desk")

    helped = next(sort for sort in OWN if sort.name == "desk").held
    assert helped(street.body, folkmoot_now()) == {street.ana.pk: 2, street.bruno.pk: 1}
    assert street.bruno not in get_carrying(street.body, street.ana, folkmoot_now()).could_be_asked
    assert helped(street.body, folkmoot_now() + SEASON) == {}
