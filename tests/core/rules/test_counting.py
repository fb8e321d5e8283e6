"""Deciding a count: every threshold on its edge, one below, one above; and properties that hold for all counts."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.charter import CharterNumbers
from core.rules.counting import Outcome, Reason, check, decide, floor, passes_already
from core.rules.positions import BY_POSITION, IN_FAVOUR, POSITIONS, Position, Rule
from core.rules.shares import Share
from core.rules.terms import VoteTerms

SHORT = {"a": "agree", "r": "reservations", "s": "aside", "o": "abstain", "b": "block", "d": "disagree"}
SHORT |= {"y": "yes", "n": "no"}


def terms(rule: Rule, roll: int, quorum: tuple[int, int] = (1, 2)) -> VoteTerms:
    return VoteTerms(rule, roll, Share(*quorum), Share(4, 5), Share(1, 4))


def tally(**counts: int) -> dict[Position, int]:
    return {Position(SHORT[name]): number for name, number in counts.items()}


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ({"a": 5}, Reason.ADOPTED),
        ({"a": 4}, Reason.NO_QUORUM),
        ({"a": 4, "b": 1}, Reason.BLOCKED),
        ({"a": 3, "b": 1}, Reason.NO_QUORUM),
        ({"a": 2, "r": 1, "o": 2}, Reason.ADOPTED),
        ({"a": 3, "o": 3}, Reason.TOO_FEW_AGREE),
        ({"a": 4, "o": 3}, Reason.ADOPTED),
        ({"a": 6, "s": 2}, Reason.ADOPTED),
        ({"a": 5, "s": 2}, Reason.TOO_MANY_ASIDE),
        ({"a": 7, "s": 3}, Reason.TOO_MANY_ASIDE),
        ({}, Reason.NO_QUORUM),
    ],
)
def test_consensus_on_a_roll_of_ten(counts: dict[str, int], reason: Reason) -> None:
    assert decide(tally(**counts), terms(Rule.CONSENSUS, 10)).reason == reason


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ({"a": 40, "d": 10}, Reason.ADOPTED),
        ({"a": 39, "d": 10}, Reason.NO_QUORUM),
        ({"a": 39, "d": 11}, Reason.SHARE_MISSED),
        ({"a": 40, "d": 10, "o": 30}, Reason.ADOPTED),
        ({"a": 4, "d": 1, "o": 45}, Reason.ADOPTED),
        ({"a": 2, "o": 48}, Reason.FLOOR),
        ({"o": 50}, Reason.SHARE_MISSED),
    ],
)
def test_weak_consensus_on_a_roll_of_a_hundred(counts: dict[str, int], reason: Reason) -> None:
    assert decide(tally(**counts), terms(Rule.WEAK, 100)).reason == reason


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ({"y": 3, "n": 2}, Reason.ADOPTED),
        ({"y": 3, "n": 3}, Reason.TIE),
        ({"y": 2, "n": 3}, Reason.MORE_NO),
        ({"y": 3, "n": 1}, Reason.NO_QUORUM),
        ({"y": 2, "n": 1, "o": 2}, Reason.FLOOR),
    ],
)
def test_simple_majority_on_a_roll_of_ten(counts: dict[str, int], reason: Reason) -> None:
    assert decide(tally(**counts), terms(Rule.MAJORITY, 10)).reason == reason


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ({"y": 6}, Reason.ADOPTED),
        ({"y": 5, "n": 5}, Reason.TIE),
        ({"y": 3, "n": 1}, Reason.ADOPTED),  # 4 of 10 is more than the third that recalls ask
        ({"y": 3}, Reason.TOO_FEW_TOOK_PART),
        ({"y": 3, "o": 1}, Reason.ADOPTED),
        ({"y": 2, "n": 1, "o": 1}, Reason.FLOOR),
        ({}, Reason.TIE),
    ],
)
def test_recall_on_a_roll_of_ten(counts: dict[str, int], reason: Reason) -> None:
    assert decide(tally(**counts), terms(Rule.RECALL, 10, quorum=(1, 3))).reason == reason


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ({"y": 6, "n": 1}, Reason.ADOPTED),
        ({"y": 6, "n": 2}, Reason.REMOVAL_NOES),
        ({"y": 5}, Reason.REMOVAL_HALF),
        ({"y": 6, "o": 4}, Reason.ADOPTED),
    ],
)
def test_removal_on_a_roll_of_ten(counts: dict[str, int], reason: Reason) -> None:
    assert decide(tally(**counts), terms(Rule.REMOVAL, 10)).reason == reason


def test_removal_above_n_takes_the_fraction_and_the_quorum() -> None:
    large = terms(Rule.REMOVAL_LARGE, 100)
    assert decide(tally(y=40, n=10), large).outcome == Outcome.ADOPTED
    assert decide(tally(y=39, n=11), large).reason == Reason.SHARE_MISSED
    assert decide(tally(y=40, n=9), large).reason == Reason.NO_QUORUM


@pytest.mark.parametrize(("roll", "yes", "adopted"), [(1, 1, False), (2, 2, True), (3, 2, True), (4, 2, False)])
def test_the_floor(roll: int, yes: int, adopted: bool) -> None:
    result = decide(tally(y=yes), terms(Rule.MAJORITY, roll))
    assert (result.outcome == Outcome.ADOPTED) is adopted


def test_a_count_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="another rule"):
        check(tally(y=1), terms(Rule.CONSENSUS, 3))
    with pytest.raises(ValueError, match="more ballots"):
        check(tally(a=4), terms(Rule.CONSENSUS, 3))
    with pytest.raises(ValueError, match="more ballots"):
        check({Position.AGREE: -1}, terms(Rule.CONSENSUS, 3))


@st.composite
def votes(draw: st.DrawFn) -> tuple[dict[Position, int], VoteTerms]:
    """Any count that its terms allow."""
    rule = draw(st.sampled_from(BY_POSITION))
    roll = draw(st.integers(1, 60))
    ballots = draw(st.lists(st.sampled_from(POSITIONS[rule]), max_size=roll))
    quorum = Share(*draw(st.sampled_from([(1, 5), (1, 3), (1, 2), (3, 4)])))
    agreement = Share(*draw(st.sampled_from([(2, 3), (4, 5), (9, 10)])))
    return {p: ballots.count(p) for p in set(ballots)}, VoteTerms(rule, roll, quorum, agreement, Share(1, 4))


def oracle(counts: Mapping[Position, int], vote: VoteTerms) -> bool:
    """Adopted or not, written again from the design with fractions and in another order."""
    get = {position: counts.get(position, 0) for position in Position}
    part, roll = sum(get.values()), vote.roll_size
    favour = get[Position.AGREE] + get[Position.RESERVATIONS] + get[Position.YES]
    if favour < 2 or (favour < 3 and roll not in (2, 3)):
        return False
    quorate = Fraction(part, roll) >= Fraction(vote.quorum.num, vote.quorum.den)
    against = get[Position.DISAGREE] + get[Position.NO]
    enough = Fraction(favour, favour + against) >= Fraction(vote.agreement.num, vote.agreement.den)
    if vote.rule == Rule.CONSENSUS:
        cap = Fraction(vote.asides.num, vote.asides.den)
        calm = get[Position.BLOCK] == 0 and Fraction(get[Position.ASIDE], part) <= cap
        return quorate and calm and Fraction(favour, part) > Fraction(1, 2)
    if vote.rule in (Rule.WEAK, Rule.REMOVAL_LARGE):
        return quorate and enough
    if vote.rule == Rule.MAJORITY:
        return quorate and favour > against
    if vote.rule == Rule.RECALL:
        return favour > against and (Fraction(favour, roll) > Fraction(1, 2) or quorate)
    return Fraction(favour, roll) > Fraction(1, 2) and against <= 1


@given(votes())
def test_the_count_agrees_with_an_oracle(vote: tuple[dict[Position, int], VoteTerms]) -> None:
    counts, held = vote
    assert (decide(counts, held).outcome == Outcome.ADOPTED) is oracle(counts, held)


@given(votes())
def test_nothing_is_adopted_below_the_floor_or_against_a_block(vote: tuple[dict[Position, int], VoteTerms]) -> None:
    counts, held = vote
    result = decide(counts, held)
    if result.outcome == Outcome.ADOPTED:
        assert result.in_favour >= floor(held.roll_size)
        assert counts.get(Position.BLOCK, 0) == 0


@given(votes(), st.sampled_from(IN_FAVOUR))
def test_one_more_in_favour_never_turns_an_adoption_around(
    vote: tuple[dict[Position, int], VoteTerms], more: Position
) -> None:
    counts, held = vote
    if more not in POSITIONS[held.rule] or sum(counts.values()) >= held.roll_size:
        return
    if decide(counts, held).outcome == Outcome.ADOPTED:
        grown = {**counts, more: counts.get(more, 0) + 1}
        assert decide(grown, held).outcome == Outcome.ADOPTED


@given(votes())
def test_a_recall_that_passes_already_passes_at_the_end(vote: tuple[dict[Position, int], VoteTerms]) -> None:
    counts, held = vote
    if held.rule == Rule.RECALL and passes_already(counts, held):
        rest = held.roll_size - sum(counts.values())
        worst = {**counts, Position.NO: counts.get(Position.NO, 0) + rest}
        assert decide(worst, held).outcome == Outcome.ADOPTED


@given(votes())
def test_the_numbers_of_a_result_belong_together(vote: tuple[dict[Position, int], VoteTerms]) -> None:
    counts, held = vote
    result = decide(counts, held)
    assert result.took_part == sum(counts.values()) <= result.roll_size
    assert result.in_favour + result.against <= result.took_part
    assert 1 <= result.quorum_needed <= max(result.roll_size, 1)
    assert (result.reason == Reason.ADOPTED) is (result.outcome == Outcome.ADOPTED)


def test_the_defaults_are_the_designs() -> None:
    numbers = CharterNumbers()
    assert (numbers.consensus_up_to, numbers.agreement, numbers.quorum) == (50, Share(4, 5), Share(1, 2))
