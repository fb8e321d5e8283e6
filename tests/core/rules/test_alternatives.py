"""Several texts in one vote: approval picks the first, the body's rule decides on it alone."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.alternatives import count_marks, decide_first, first, on
from core.rules.choices import Marked, others
from core.rules.counting import Outcome, Reason
from core.rules.lots import draw
from core.rules.positions import Position, Rule
from core.rules.shares import Share
from core.rules.terms import VoteTerms

SEED = b"s" * 32
TEXTS = 4


def terms(rule: Rule = Rule.CONSENSUS, roll: int = 8) -> VoteTerms:
    return VoteTerms(rule, roll, Share(1, 2), Share(4, 5), Share(1, 4))


def ballots(rule: Rule) -> st.SearchStrategy[Counter[Marked]]:
    """Up to twelve ballots of a vote of four texts."""
    one = st.builds(
        lambda position, marks: Marked(position.value, tuple(sorted(marks))),
        st.sampled_from(others(rule)),
        st.sets(st.integers(1, TEXTS)),
    )
    return st.lists(one, max_size=12).map(Counter)


def test_the_text_that_most_could_live_with_is_decided_by_the_rule_alone() -> None:
    """Text 2 is marked by five of six; the sixth, who marked text 1 only, stands aside from it."""
    cast = Counter({Marked("aside", (2,)): 3, Marked("block", (1, 2)): 2, Marked("aside", (1,)): 1})

    decided = decide_first(cast, 2, SEED, terms())

    assert (decided.first.marks, decided.first.number, decided.first.lot) == ({1: 3, 2: 5}, 2, None)
    assert decided.tally == {Position.AGREE: 5, Position.ASIDE: 1}
    assert decided.result.outcome == Outcome.ADOPTED


def test_a_block_stands_only_against_a_text_that_the_blocker_did_not_mark() -> None:
    cast = Counter({Marked("aside", (1, 2)): 4, Marked("block", (2,)): 1})

    assert decide_first(cast, 2, SEED, terms()).result.outcome == Outcome.ADOPTED  # text 2 is first, and marked by all
    cast[Marked("aside", (1,))] = 2
    assert decide_first(cast, 2, SEED, terms()).result.reason == Reason.BLOCKED  # now text 1 is


def test_equals_are_put_in_order_by_the_sealed_lot() -> None:
    cast = Counter({Marked("abstain", (1, 3)): 2, Marked("abstain", (2,)): 1})

    found = first(cast, 3, SEED)

    assert found.lot == draw(SEED, "alternatives", [1, 3])
    assert found.number == found.lot.order[0]


def test_without_any_mark_nothing_is_adopted() -> None:
    cast = Counter({Marked("abstain", ()): 6})

    decided = decide_first(cast, 3, SEED, terms(Rule.WEAK))

    assert decided.first.lot is not None
    assert decided.result.outcome == Outcome.NOT_ADOPTED


@pytest.mark.parametrize(("texts", "marks"), [(2, (3,)), (1, (1,)), (0, ())])
def test_ballots_of_another_vote_are_none(texts: int, marks: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="another vote"):
        first(Counter({Marked("aside", marks): 1}), texts, SEED)


@given(st.sampled_from([Rule.CONSENSUS, Rule.WEAK]).flatmap(lambda rule: st.tuples(st.just(rule), ballots(rule))))
def test_each_ballot_is_one_position_on_the_first(drawn: tuple[Rule, Counter[Marked]]) -> None:
    rule, cast = drawn
    decided = decide_first(cast, TEXTS, SEED, terms(rule, roll=12))

    number, marks = decided.first.number, count_marks(cast, TEXTS)
    assert marks[number] == max(marks.values())
    assert decided.tally == on(cast, number, rule)
    assert sum(decided.tally.values()) == sum(cast.values()) == decided.result.took_part
    assert decided.tally[Position.AGREE] == marks[number] == decided.result.in_favour


@given(ballots(Rule.CONSENSUS))
def test_one_more_mark_never_takes_the_first_place_away(cast: Counter[Marked]) -> None:
    before = first(cast, TEXTS, SEED)
    cast[Marked("aside", (before.number,))] += 1

    assert first(cast, TEXTS, SEED).number == before.number
