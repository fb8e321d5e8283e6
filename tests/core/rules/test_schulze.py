"""Schulze: real elections against a library, and what the method promises."""

from itertools import pairwise, permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from votelib.convert import RankedToCondorcetVotes
from votelib.evaluate.condorcet import Schulze

from core.rules import schulze
from tests.core.rules.real_elections import election, get_files

SEED = bytes(range(32))
Ballots = dict[tuple[int, ...], int]


@st.composite
def elections(draw: st.DrawFn) -> tuple[Ballots, int]:
    """Ballots, and how many candidates, from 0."""
    candidates = draw(st.integers(1, 5))
    rankings = st.permutations(range(candidates)).flatmap(
        lambda order: st.integers(1, candidates).map(lambda length: tuple(order[:length]))
    )
    return draw(st.dictionaries(rankings, st.integers(1, 9), max_size=8)), candidates


def prefer(ballots: Ballots, one: int, other: int) -> int:
    """Ballot by ballot: who ranks the one before the other, or leaves out the other."""
    return sum(
        papers
        for ranking, papers in ballots.items()
        if one in ranking and (other not in ranking or ranking.index(one) < ranking.index(other))
    )


def strongest_path(ballots: Ballots, candidates: int, one: int, other: int) -> int:
    """Every path tried: the strongest is the one whose weakest win is greatest."""
    between = [number for number in range(candidates) if number not in (one, other)]
    paths = [(one, *middle, other) for length in range(len(between) + 1) for middle in permutations(between, length)]
    return max(min(win(ballots, *step) for step in pairwise(path)) for path in paths)


def win(ballots: Ballots, one: int, other: int) -> int:
    won = prefer(ballots, one, other)
    return won if won > prefer(ballots, other, one) else 0


@pytest.mark.parametrize("path", get_files(), ids=lambda path: path.stem)
def test_a_real_election_has_the_winner_of_a_library(path: Path) -> None:
    held = election(path)

    counted = schulze.count(held.ballots, range(1, len(held.names) + 1), SEED)

    assert Schulze().evaluate(RankedToCondorcetVotes().convert(dict(held.ballots)), 1) == [counted.winner]
    assert counted.lot is None


@given(elections())
def test_the_tables_equal_those_written_out(race: tuple[Ballots, int]) -> None:
    ballots, candidates = race

    counted = schulze.count(ballots, range(candidates), SEED)

    pairs = list(permutations(range(candidates), 2))
    assert counted.pairs == {(one, other): prefer(ballots, one, other) for one, other in pairs}
    assert counted.paths == {(one, other): strongest_path(ballots, candidates, one, other) for one, other in pairs}
    assert counted.unbeaten == tuple(
        one
        for one in range(candidates)
        if all(counted.paths[one, other] >= counted.paths[other, one] for other in range(candidates) if other != one)
    )


@given(elections())
def test_who_beats_all_others_wins(race: tuple[Ballots, int]) -> None:
    ballots, candidates = race
    best = [
        one
        for one in range(candidates)
        if all(prefer(ballots, one, other) > prefer(ballots, other, one) for other in range(candidates) if other != one)
    ]

    counted = schulze.count(ballots, range(candidates), SEED)

    assert counted.winner in counted.unbeaten
    assert not best or counted.unbeaten == (counted.winner,) == tuple(best)


@given(elections(), st.data())
def test_it_does_not_matter_who_came_first_or_has_which_number(race: tuple[Ballots, int], data: st.DataObject) -> None:
    ballots, candidates = race
    names = data.draw(st.permutations(range(candidates)))
    shuffled = dict(data.draw(st.permutations(list(ballots.items()))))
    renamed = {tuple(names[number] for number in ranking): papers for ranking, papers in ballots.items()}

    counted = schulze.count(ballots, range(candidates), SEED)

    assert schulze.count(shuffled, range(candidates), SEED) == counted
    unbeaten = schulze.count(renamed, range(candidates), SEED).unbeaten
    assert unbeaten == tuple(sorted(names[number] for number in counted.unbeaten))


def test_the_example_of_the_paper() -> None:
    ballots: Ballots = {
        (0, 2, 1, 4, 3): 5,
        (0, 3, 4, 2, 1): 5,
        (1, 4, 3, 0, 2): 8,
        (2, 0, 1, 4, 3): 3,
        (2, 0, 4, 1, 3): 7,
        (2, 1, 0, 3, 4): 2,
        (3, 2, 4, 1, 0): 7,
        (4, 1, 0, 3, 2): 8,
    }

    counted = schulze.count(ballots, range(5), SEED)

    assert counted.pairs[0, 1] == 20
    assert counted.paths[4, 0] == 25
    assert (counted.winner, counted.unbeaten, counted.lot) == (4, (4,), None)


def test_the_lot_decides_between_equals() -> None:
    ballots: Ballots = {(1, 2): 3, (2, 1): 3}
    drawn = {schulze.count(ballots, range(3), bytes([number]) * 32).winner for number in range(20)}

    lot = schulze.count(ballots, range(3), SEED).lot

    assert lot is not None
    assert (lot.label, lot.among) == ("schulze", (1, 2))
    assert drawn == {1, 2}
