"""Lots, approval, and how an election is decided whatever its method."""

import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules import approval, elections, lots
from core.rules.chain import canonical
from core.rules.choices import Choice
from core.rules.counting import Outcome, Reason
from core.rules.elections import Race
from core.rules.positions import Rule
from core.rules.shares import Share
from core.rules.terms import VoteTerms

SEED = bytes(range(32))


def terms(rule: Rule, roll: int) -> VoteTerms:
    return VoteTerms(rule, roll, Share(1, 2), Share(4, 5), Share(1, 4))


def decide(
    rule: Rule, ballots: dict[Choice, int], *, roll: int = 10, candidates: int = 3, seats: int = 1
) -> elections.Elected:
    return elections.decide(ballots, terms(rule, roll), Race(candidates, seats, SEED))


def test_a_lot_can_be_repeated_with_any_tool_that_hashes() -> None:
    lot = lots.draw(SEED, "approval", [3, 1, 2])
    tickets = {number: hashlib.sha256(SEED + b"approval/%d" % number).hexdigest() for number in (1, 2, 3)}

    assert lot == lots.Lot("approval", (1, 2, 3), tuple(sorted(tickets, key=tickets.__getitem__)))
    assert lots.sealed(SEED) == "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"


@given(st.binary(min_size=32, max_size=32), st.sets(st.integers(0, 50)), st.text("abc/", max_size=5))
def test_a_lot_holds_all_and_does_not_depend_on_their_order(seed: bytes, numbers: set[int], label: str) -> None:
    lot = lots.draw(seed, label, sorted(numbers))

    assert lot == lots.draw(seed, label, sorted(numbers, reverse=True))
    assert set(lot.order) == set(lot.among) == numbers


def test_first_places_are_spread_over_seeds_and_labels() -> None:
    by_seed = Counter(lots.draw(bytes([a, b]) * 16, "x", range(4)).order[0] for a in range(20) for b in range(20))
    by_label = Counter(lots.draw(SEED, f"stv/{number}", range(4)).order[0] for number in range(400))

    assert all(70 <= times <= 130 for counter in (by_seed, by_label) for times in counter.values())


def test_a_seed_has_its_length() -> None:
    with pytest.raises(ValueError, match="seed"):
        lots.draw(SEED[:31], "approval", [1])


@st.composite
def approvals(draw: st.DrawFn) -> tuple[dict[tuple[int, ...], int], int, int]:
    """Ballots, candidates, seats."""
    candidates = draw(st.integers(1, 5))
    some = st.sets(st.integers(1, candidates)).map(lambda chosen: tuple(sorted(chosen)) or (0,))
    return draw(st.dictionaries(some, st.integers(1, 5), max_size=8)), candidates, draw(st.integers(1, 5))


@given(approvals(), st.integers(0, 6))
def test_a_seat_needs_more_than_half_and_the_most_approved_have_them(
    race: tuple[dict[tuple[int, ...], int], int, int], least: int
) -> None:
    ballots, candidates, seats = race

    counted = approval.count(ballots, candidates, seats, SEED, least=least)

    for number in range(1, candidates + 1):
        for_it = sum(papers for choice, papers in ballots.items() if number in choice)
        enough = 2 * for_it > sum(ballots.values()) and for_it >= least
        better = [other for other in counted.elected if counted.approvals[other] >= for_it]
        assert counted.approvals[number] == for_it
        assert enough or number not in counted.elected
        assert number in counted.elected or not enough or len(better) == seats
    assert len(counted.elected) == len(set(counted.elected)) <= seats
    favours = [counted.approvals[number] for number in counted.elected]
    assert favours == sorted(favours, reverse=True)


@given(approvals(), st.data())
def test_approval_does_not_look_at_numbers_or_order(
    race: tuple[dict[tuple[int, ...], int], int, int], data: st.DataObject
) -> None:
    ballots, candidates, seats = race
    names = [0, *data.draw(st.permutations(range(1, candidates + 1)))]
    renamed = {tuple(sorted(names[number] for number in choice)): papers for choice, papers in ballots.items()}
    shuffled = dict(data.draw(st.permutations(list(ballots.items()))))

    counted = approval.count(ballots, candidates, seats, SEED)

    assert approval.count(shuffled, candidates, seats, SEED) == counted
    if counted.lot is None:
        other = approval.count(renamed, candidates, seats, SEED)
        assert set(other.elected) == {names[number] for number in counted.elected}


def test_the_lot_decides_between_equals_at_the_last_seat() -> None:
    ballots: dict[tuple[int, ...], int] = {(1, 2, 3): 4, (1,): 1}

    counted = approval.count(ballots, 3, 2, SEED)

    assert counted.lot == lots.draw(SEED, "approval", [2, 3])
    assert counted.elected == (1, lots.draw(SEED, "approval", [2, 3]).order[0])
    assert approval.count(ballots, 3, 3, SEED).lot is None


@pytest.mark.parametrize(
    ("ballots", "numbers", "reason"),
    [
        ({(1,): 3, (1, 2): 2, (0,): 4}, (1,), Reason.ADOPTED),
        ({(1,): 3, (1, 2): 2, (0,): 5}, (), Reason.NOBODY_ELECTED),
        ({(0,): 9}, (), Reason.NOBODY_ELECTED),
        ({(1,): 4}, (), Reason.NO_QUORUM),
        ({}, (), Reason.NO_QUORUM),
        ({(1, 2): 5}, (1, 2), Reason.ADOPTED),
    ],
)
def test_approval_on_a_roll_of_ten_with_two_seats(
    ballots: dict[Choice, int], numbers: tuple[int, ...], reason: Reason
) -> None:
    decided = decide(Rule.APPROVAL, ballots, seats=2)

    assert (tuple(sorted(decided.numbers)), decided.reason) == (numbers, reason)
    assert decided.took_part == sum(ballots.values())


@pytest.mark.parametrize("rule", [Rule.APPROVAL, Rule.SCHULZE, Rule.STV])
@pytest.mark.parametrize(
    ("roll", "papers", "elected"), [(4, 2, False), (4, 3, True), (3, 2, True), (2, 1, False), (2, 2, True)]
)
def test_nobody_is_elected_with_fewer_in_favour_than_the_floor(
    rule: Rule, roll: int, papers: int, elected: bool
) -> None:
    decided = decide(rule, {(1,): papers}, roll=roll)

    assert decided.numbers == ((1,) if elected else ())
    assert decided.outcome == (Outcome.ADOPTED if elected else Outcome.NOT_ADOPTED)


@pytest.mark.parametrize("rule", [Rule.SCHULZE, Rule.STV])
def test_none_of_these_can_win_the_seat_and_leave_it_vacant(rule: Rule) -> None:
    decided = decide(rule, {(0, 1): 6, (1,): 4})

    assert (decided.numbers, decided.reason) == ((), Reason.NOBODY_ELECTED)
    assert decided.tally["favour"] == {"1": 4, "2": 0, "3": 0}


def test_none_of_these_takes_one_of_two_seats() -> None:
    decided = decide(Rule.STV, {(1,): 5, (0,): 4}, seats=2)

    assert decided.numbers == (1,)
    assert set(decided.tally["seated"]) == {0, 1}


def test_a_seat_filled_for_want_of_others_needs_the_floor_too() -> None:
    decided = decide(Rule.STV, {(1,): 8, (2,): 2}, candidates=2, seats=2)

    assert decided.numbers == (1,)


@pytest.mark.parametrize(
    ("rule", "ballots", "race"),
    [
        (Rule.APPROVAL, {(1,): 11}, Race(1, 1, SEED)),
        (Rule.APPROVAL, {(1,): -1}, Race(1, 1, SEED)),
        (Rule.APPROVAL, {(2, 1): 1}, Race(2, 1, SEED)),
        (Rule.APPROVAL, {"yes": 1}, Race(1, 1, SEED)),
        (Rule.STV, {(2,): 1}, Race(1, 1, SEED)),
        (Rule.STV, {}, Race(0, 1, SEED)),
        (Rule.STV, {}, Race(1, 0, SEED)),
        (Rule.SCHULZE, {}, Race(2, 2, SEED)),
        (Rule.MAJORITY, {(1,): 1}, Race(1, 1, SEED)),
    ],
)
def test_a_count_that_cannot_be_is_refused(rule: Rule, ballots: dict[Choice, int], race: Race) -> None:
    with pytest.raises(ValueError, match=r"election|electors"):
        elections.decide(ballots, terms(rule, 10), race)


@given(st.sampled_from([Rule.APPROVAL, Rule.SCHULZE, Rule.STV]), approvals())
def test_what_is_stored_has_a_place_in_the_record(rule: Rule, race: tuple[dict[Choice, int], int, int]) -> None:
    ballots, candidates, seats = race

    decided = elections.decide(ballots, terms(rule, 60), Race(candidates, 1 if rule == Rule.SCHULZE else seats, SEED))

    assert canonical(decided.tally)
    assert set(decided.numbers) <= set(range(1, candidates + 1))
    assert all(decided.tally["favour"][str(number)] >= 3 for number in decided.numbers)
    assert decided.outcome == Outcome.ADOPTED or not decided.numbers
