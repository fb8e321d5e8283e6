"""Scottish STV: real elections against their winners and two libraries, every count against a second one."""

from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random

import pyrankvote
import pytest
from hypothesis import given
from hypothesis import strategies as st
from votelib.component.transfer import Gregory
from votelib.evaluate.sequential import TransferableVoteSelector

from core.rules import stv
from core.rules.stv import WHOLE, StvCount
from tests.core.rules.real_elections import election, get_files, get_winners
from tests.core.rules.returning_officer import ReturningOffice, lots_of

SEED = bytes(range(32))
FILES = get_files()
Ballots = dict[tuple[int, ...], int]


@st.composite
def elections(draw: st.DrawFn) -> tuple[Ballots, int, int, bytes]:
    """Ballots, candidates from 0, seats, seed: few candidates and many alike, so that ties and surpluses are common."""
    candidates = draw(st.integers(2, 6))
    rankings = st.permutations(range(candidates)).flatmap(
        lambda order: st.integers(1, candidates).map(lambda length: tuple(order[:length]))
    )
    ballots = draw(st.dictionaries(rankings, st.integers(1, 40), max_size=9))
    return ballots, candidates, draw(st.integers(1, candidates)), draw(st.binary(min_size=32, max_size=32))


def sheets_of(counted: StvCount) -> list[tuple[object, ...]]:
    """A count of the house, stage by stage, as the second count writes it."""
    return [
        (
            stage.step.value,
            stage.turn.who,
            {number: Decimal(votes) / WHOLE for number, votes in stage.votes.items()},
            Decimal(stage.not_transferable) / WHOLE,
            sorted(stage.elected),
            {(move.to, Decimal(move.value) / WHOLE): move.papers for move in stage.moves},
        )
        for stage in counted.stages
    ]


def second_count(ballots: Ballots, candidates: list[int], seats: int, seed: bytes) -> list[tuple[object, ...]]:
    """The same election at the other office."""
    sheets = ReturningOffice(ballots, candidates, seats, lots_of(seed)).count()
    return [(one.did, one.whose, one.credited, one.lost, one.returned, dict(one.sent)) for one in sheets]


def test_the_smallest_real_elections_are_kept_with_the_tests() -> None:
    assert len(FILES) >= 4


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_real_election_has_the_winners_that_others_found(path: Path) -> None:
    held = election(path)
    numbers = range(1, len(held.names) + 1)

    counted = stv.count(held.ballots, numbers, held.seats, SEED)

    assert sorted(counted.elected) == get_winners(path)
    assert sorted(counted.elected) == winners_of_pyrankvote(held.ballots, len(held.names), held.seats)
    oracle = TransferableVoteSelector(quota_function="droop", transferer=Gregory())
    assert sorted(counted.elected) == sorted(oracle.evaluate(dict(held.ballots), held.seats))


def winners_of_pyrankvote(ballots: Counter[tuple[int, ...]], candidates: int, seats: int) -> list[int]:
    names = [pyrankvote.Candidate(str(number)) for number in range(1, candidates + 1)]
    papers = [
        pyrankvote.Ballot(ranked_candidates=[names[number - 1] for number in ranking]) for ranking in ballots.elements()
    ]
    result = pyrankvote.single_transferable_vote(names, papers, seats)
    return sorted(int(winner.name) for winner in result.get_winners())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_real_election_stage_by_stage(path: Path) -> None:
    held = election(path)
    numbers = list(range(1, len(held.names) + 1))

    counted = stv.count(held.ballots, numbers, held.seats, SEED)

    assert sheets_of(counted) == second_count(held.ballots, numbers, held.seats, SEED)


@given(elections())
def test_every_count_equals_the_second_stage_by_stage(race: tuple[Ballots, int, int, bytes]) -> None:
    ballots, candidates, seats, seed = race

    counted = stv.count(ballots, range(candidates), seats, seed)

    assert sheets_of(counted) == second_count(ballots, list(range(candidates)), seats, seed)


@given(elections())
def test_nothing_is_lost_and_the_seats_are_filled(race: tuple[Ballots, int, int, bytes]) -> None:
    ballots, candidates, seats, seed = race
    cast = sum(ballots.values())

    counted = stv.count(ballots, range(candidates), seats, seed)

    assert counted.quota * (seats + 1) > cast >= (counted.quota - 1) * (seats + 1)
    assert len(counted.elected) == len(set(counted.elected)) == seats
    for stage in counted.stages:
        assert sum(stage.votes.values()) + stage.not_transferable == cast * WHOLE


@given(elections(), st.randoms(use_true_random=False))
def test_it_does_not_matter_whose_ballot_came_first(race: tuple[Ballots, int, int, bytes], chance: Random) -> None:
    ballots, candidates, seats, seed = race
    shuffled = list(ballots.items())
    chance.shuffle(shuffled)

    assert stv.count(dict(shuffled), range(candidates), seats, seed) == stv.count(
        ballots, range(candidates), seats, seed
    )


@given(elections(), st.data())
def test_it_does_not_matter_which_number_a_candidate_has(
    race: tuple[Ballots, int, int, bytes], data: st.DataObject
) -> None:
    ballots, candidates, seats, seed = race
    names = data.draw(st.permutations(range(candidates)))
    renamed = {tuple(names[number] for number in ranking): papers for ranking, papers in ballots.items()}

    one = stv.count(ballots, range(candidates), seats, seed)
    other = stv.count(renamed, range(candidates), seats, seed)

    if not any(stage.turn.lot for stage in (*one.stages, *other.stages)):
        assert {names[number] for number in one.elected} == set(other.elected)


def test_a_surplus_goes_on_in_hundred_thousandths_and_the_remainder_is_ignored() -> None:
    counted = stv.count({(1, 2): 7, (3,): 2}, [1, 2, 3], 2, SEED)

    first, surplus = counted.stages[:2]
    assert counted.quota == 4
    assert first.votes == {1: 7 * WHOLE, 2: 0, 3: 2 * WHOLE}
    assert first.elected == (1,)
    assert surplus.moves == (stv.Move(2, 42857, 7),)  # 3 * 1 / 7 = 0.428571...
    assert surplus.votes == {1: 4 * WHOLE, 2: 299_999, 3: 2 * WHOLE}
    assert surplus.not_transferable == 1
    assert counted.stages[2].turn.who == 3
    assert counted.stages[2].moves == ()  # rule 52(2)
    assert counted.elected == (1, 2)


def test_equals_are_told_apart_by_the_last_stage_at_which_they_differed() -> None:
    ballots: Ballots = {(1,): 10, (2,): 5, (3,): 6, (4, 2): 2, (5, 2): 1, (5, 3): 2}

    counted = stv.count(ballots, [1, 2, 3, 4, 5], 1, SEED)

    first, second, third, fourth = counted.stages[:4]
    assert (first.votes[2], first.votes[3]) == (5 * WHOLE, 6 * WHOLE)
    assert (second.votes[2], second.votes[3]) == (7 * WHOLE, 6 * WHOLE)
    assert (third.votes[2], third.votes[3]) == (8 * WHOLE, 8 * WHOLE)
    assert fourth.turn == stv.Turn(3, tie_stage=2)
    assert sheets_of(counted) == second_count(ballots, [1, 2, 3, 4, 5], 1, SEED)


def test_the_lot_decides_what_no_stage_can() -> None:
    drawn = {stv.count({(1,): 5, (2,): 5}, [1, 2], 1, bytes([number]) * 32).elected for number in range(20)}
    counted = stv.count({(1,): 5, (2,): 5}, [1, 2], 1, SEED)

    lot = counted.stages[1].turn.lot
    assert lot is not None
    assert (lot.label, lot.among) == ("stv/2", (1, 2))
    assert lot.order[0] == counted.stages[1].turn.who != counted.elected[0]
    assert drawn == {(1,), (2,)}
