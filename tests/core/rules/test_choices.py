"""What a ballot says, in writing."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.choices import Choice, Marked, fits, marked, possible, read, room, written
from core.rules.positions import ELECTIONS, POSITIONS, Position, Rule

POSITION = st.sampled_from(sorted(set(Position) - {Position.CHOSEN, Position.STRUCK}))
RANKING = st.lists(st.integers(0, 60), min_size=1, unique=True)


def all_choices(rule: Rule, candidates: int) -> list[Choice]:
    """Every choice that fits, found by trying."""
    numbers = range(candidates + 1)
    rankings = [each for size in range(candidates + 2) for each in permutations(numbers, size)]
    marked = [Marked(position, marks) for position in Position for marks in rankings]
    return [choice for choice in [*Position, *rankings, *marked] if fits(choice, rule, candidates)]


def test_a_choice_in_writing() -> None:
    assert written("yes") == '"yes"'
    assert written((2, 1)) == "[2,1]"
    assert written((0,)) == "[0]"
    assert written(Marked("aside", (1, 3))) == '{"marks":[1,3],"position":"aside"}'
    assert read('{"marks":[],"position":"block"}') == Marked("block", ())
    assert marked("aside", "[1,3]") == Marked("aside", (1, 3))
    assert read('"yes"') == "yes"
    assert read("[2,1]") == (2, 1)


@given(POSITION | RANKING)
def test_what_was_written_is_read(choice: str | list[int]) -> None:
    as_choice = choice if isinstance(choice, str) else tuple(choice)
    assert read(written(as_choice)) == as_choice


@pytest.mark.parametrize(
    "text",
    [
        "", "yes", '"maybe"', '"chosen"', "[]", "[1, 2]", " [1]", "[1,1]", "[-1]", "[1.0]", "[true]", "[01]", '["1"]',
        '{"marks":[2,1],"position":"aside"}', '{"position":"aside","marks":[1]}', '{"marks":[0],"position":"aside"}',
        '{"marks":[1],"position":"chosen"}', '{"marks":[1],"position":["aside"]}', '{"marks":["1"],"position":"aside"}',
        '{"marks":1,"position":"aside"}', '{"marks":[1]}', '{"marks":[[1]],"position":"aside"}',
        "[[1]]", "1", "null", "{}", "[1", '"\\u0079es"', "[" * 100_000,
    ],
)  # fmt: skip
def test_no_other_text_is_a_choice(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read(text)


@pytest.mark.parametrize(
    ("rule", "choice"),
    [
        (Rule.MAJORITY, "agree"),
        (Rule.MAJORITY, (1,)),
        (Rule.APPROVAL, "yes"),
        (Rule.APPROVAL, "chosen"),
        (Rule.APPROVAL, ()),
        (Rule.APPROVAL, (2, 1)),
        (Rule.APPROVAL, (0, 1)),
        (Rule.APPROVAL, (4,)),
        (Rule.STV, (1, 4)),
        (Rule.STV, (1, 1)),
        (Rule.SCHULZE, ()),
        (Rule.SCHULZE, (True,)),
    ],
)
def test_what_stands_on_no_ballot(rule: Rule, choice: Choice) -> None:
    assert not fits(choice, rule, 3)


@pytest.mark.parametrize("rule", list(Rule))
@pytest.mark.parametrize("candidates", [1, 2, 3, 4])
def test_possible_ballots_and_the_room_for_them(rule: Rule, candidates: int) -> None:
    choices = all_choices(rule, candidates)

    assert possible(rule, candidates) == len(choices)
    assert room(rule, candidates) == max(len(written(choice).encode()) for choice in choices)


def test_in_elections_candidates_take_the_place_of_positions() -> None:
    assert {rule for rule in Rule if not POSITIONS[rule]} == ELECTIONS
    assert not any(Position.CHOSEN in offered for offered in POSITIONS.values())
