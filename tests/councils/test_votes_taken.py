"""Votes of those present: by name, on paper and by phone in one count; in the minutes, on the page and in print."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from core.models import Vote
from councils.models import Minutes
from councils.queries.votes_taken import votes_at
from tests import village
from tests.core.people.cast import as_, text_of
from tests.councils.assemblies import (
    EVERYBODY,
    Hall,
    confirmed,
    for_ballots,
    make_hall,
    opened,
    over,
    paper,
    published,
    put_to_the_vote,
    written_down,
)
from tests.councils.test_assembly_pages import MOST
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@dataclass
class Taken:
    """An assembly whose minutes are published while the vote that it took is still open, and the number of a paper."""

    hall: Hall
    vote: Vote
    number: str

    @property
    def path(self) -> str:
        """The page of the assembly."""
        return f"/assemblies/{self.hall.assembly.pk}/"


def make_taken() -> Taken:
    """Ana, bruno and eva vote on the page, farid and gina by name, hugo on a paper; ines does not."""
    hall = make_hall()
    item = for_ballots(hall, "bruno")
    opened(hall, *EVERYBODY, item=False)
    vote = put_to_the_vote(item)
    for name in ("ana", "bruno", "eva"):
        village.cast(vote, hall.people[name], "agree")
    number = paper(hall, vote)
    confirmed(hall, written_down(hall, vote, "farid"))
    confirmed(hall, written_down(hall, vote, "gina", "aside"))
    confirmed(hall, written_down(hall, vote, "hugo", number=number))
    return Taken(published(over(hall)), vote, number)


taken = scene(make_taken)


def test_the_page_says_what_came_of_the_vote_and_how_the_ballots_came(taken: Taken) -> None:
    ines = as_(taken.hall.people["ines"])
    assert "A lamp for the yard: open until" in Minutes.objects.get().text
    assert "Still open, also for who was not there:" in text_of(ines.get(taken.path))

    village.close(taken.vote)

    page = text_of(ines.get(taken.path))
    assert "Adopted: 5 of 6 who took part agree and nobody blocks." in page
    assert "How they came: On the page: 3 · By name, in the meeting: 2 · On paper: 1." in page


def test_everybody_finds_their_vote_in_the_printed_minutes(taken: Taken) -> None:
    ines, path = as_(taken.hall.people["ines"]), f"{taken.path}print/"
    before = ines.get(path).content.decode()
    assert "Not counted yet when this was printed." in before
    assert "<table>" not in before

    village.close(taken.vote)

    lines = ines.get(path).content.decode().splitlines()
    row = {name: next(each for each in lines if f"<td><bdi>{name}</bdi>" in each) for name in ("Bruno", "Gina", "Hugo")}
    assert "On the page" in row["Bruno"]
    assert all(words in row["Gina"] for words in ("Stand aside", "By name, in the meeting", "by Ana and Bruno"))
    assert all(words in row["Hugo"] for words in ("On paper", f"{taken.number[:4]} {taken.number[4:]}"))
    assert not [each for each in lines if "<bdi>Ines</bdi>" in each]


def test_minutes_are_printed_once_they_are_published() -> None:
    hall = over(opened(make_hall(), "ana"))
    assert as_(hall.ana).get(f"/assemblies/{hall.assembly.pk}/print/").status_code == 404
    published(hall)
    assert as_(hall.ana).get(f"/assemblies/{hall.assembly.pk}/print/").status_code == 200


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("begins", "ends", "found"),
    [("opened_at", "closes_at", 1), ("closes_at", "closes_at", 0), ("", "opened_at", 0)],
)
def test_only_votes_that_were_open_while_it_met_are_its_votes(taken: Taken, begins: str, ends: str, found: int) -> None:
    assembly, vote = taken.hall.assembly, taken.vote
    assembly.opened_at = getattr(vote, begins) + HOUR if begins else vote.opened_at - 2 * HOUR
    assembly.closed_at = getattr(vote, ends) + (2 * HOUR if begins else -HOUR)

    assert votes_at(assembly).count() == found


def test_the_pages_ask_no_more_of_the_database_for_the_votes(
    taken: Taken, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    village.close(taken.vote)
    client = as_(taken.hall.people["ines"])
    for path in (taken.path, f"{taken.path}print/"):
        with django_assert_max_num_queries(MOST):
            assert client.get(path).status_code == 200
