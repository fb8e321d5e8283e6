"""Every possible count on small rolls, ballot by ballot, against DESIGN section 3 written a second time."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.counting import Outcome, Reason, decide, favour_needed, passes_already
from core.rules.positions import BY_POSITION, POSITIONS, Position, Rule, needs_reason
from core.rules.shares import Share
from core.rules.terms import VoteTerms

ROLLS = (1, 2, 3, 4, 5, 6, 7, 8, 10)
SHARES = ((1, 5), (1, 3), (1, 2), (3, 4))


def every_count(rule: Rule, roll: int) -> Iterator[list[str]]:
    """All ballots that can lie in the box, silent members left out."""
    for size in range(roll + 1):
        for ballots in combinations_with_replacement([position.value for position in POSITIONS[rule]], size):
            yield list(ballots)


def counted(ballots: list[str]) -> dict[Position, int]:
    return {position: ballots.count(position) for position in Position if position in ballots}


def expected(rule: str, ballots: list[str], roll: int, quorum: tuple[int, int]) -> str:
    """The outcome, person by person; agreement 4 of 5, stand-asides a quarter."""
    there = len(ballots)
    enough_there = there * quorum[1] >= roll * quorum[0] and there > 0
    agree = [one for one in ballots if one in ("agree", "reservations", "yes")]
    refuse = [one for one in ballots if one in ("disagree", "no")]
    if rule in ("consensus", "weak", "majority", "removal_large") and not enough_there:
        return "no_quorum"
    if rule == "consensus" and "block" in ballots:
        return "blocked"
    held = {
        "consensus": len(agree) > there - len(agree) and 4 * ballots.count("aside") <= there,
        "weak": len(agree) >= 4 * len(refuse),
        "removal_large": len(agree) >= 4 * len(refuse),
        "majority": len(agree) > len(refuse),
        "recall": len(agree) > len(refuse) and (len(agree) > roll - len(agree) or enough_there),
        "removal": len(agree) > roll - len(agree) and len(refuse) in (0, 1),
    }[rule]
    least = {2: 2, 3: 2}.get(roll, 3)
    return "adopted" if held and len(agree) >= least else "not_adopted"


@pytest.mark.parametrize("quorum", SHARES, ids=lambda share: f"quorum {share[0]}/{share[1]}")
@pytest.mark.parametrize("rule", BY_POSITION)
def test_every_count_on_small_rolls_ends_as_the_design_says(rule: Rule, quorum: tuple[int, int]) -> None:
    for roll in ROLLS if rule != Rule.CONSENSUS else ROLLS[:-1]:
        terms = VoteTerms(rule, roll, Share(*quorum), Share(4, 5), Share(1, 4))
        for ballots in every_count(rule, roll):
            result = decide(counted(ballots), terms)
            assert result.outcome == expected(rule.value, ballots, roll, quorum), (roll, ballots)


@pytest.mark.parametrize(
    ("asides", "agreeing", "reason"),
    [
        (2, 6, Reason.ADOPTED),  # a quarter
        (2, 7, Reason.ADOPTED),  # less
        (2, 5, Reason.TOO_MANY_ASIDE),  # more
        (1, 3, Reason.ADOPTED),
        (0, 4, Reason.ADOPTED),
    ],
)
def test_the_cap_of_stand_asides(asides: int, agreeing: int, reason: Reason) -> None:
    terms = VoteTerms(Rule.CONSENSUS, 9, Share(1, 5), Share(4, 5), Share(1, 4))
    assert decide({Position.AGREE: agreeing, Position.ASIDE: asides}, terms).reason == reason


@pytest.mark.parametrize("rule", [Rule.WEAK, Rule.REMOVAL_LARGE])
@pytest.mark.parametrize(
    ("share", "favour", "against", "adopted"),
    [
        ((2, 3), 20, 10, True),
        ((2, 3), 19, 10, False),
        ((2, 3), 21, 10, True),
        ((9, 10), 27, 3, True),
        ((9, 10), 26, 3, False),
        ((9, 10), 28, 3, True),
    ],
)
def test_other_fractions_on_their_edge(
    rule: Rule, share: tuple[int, int], favour: int, against: int, adopted: bool
) -> None:
    yes, no = POSITIONS[rule][:2]
    terms = VoteTerms(rule, 60, Share(1, 5), Share(*share), Share(1, 4))
    result = decide({yes: favour, no: against}, terms)
    assert (result.outcome == Outcome.ADOPTED) is adopted
    assert result.favour_needed == favour_needed({yes: favour, no: against}, terms)


@pytest.mark.parametrize(
    ("quorum", "roll", "needed"),
    [
        ((1, 2), 10, 5),
        ((1, 2), 11, 6),
        ((1, 3), 9, 3),
        ((1, 3), 10, 4),
        ((3, 4), 8, 6),
        ((1, 5), 1, 1),
        ((0, 1), 10, 1),
    ],
)
def test_the_quorum_in_people(quorum: tuple[int, int], roll: int, needed: int) -> None:
    terms = VoteTerms(Rule.MAJORITY, roll, Share(*quorum), Share(4, 5), Share(1, 4))
    for took_part in range(roll + 1):
        result = decide({Position.ABSTAIN: took_part}, terms)
        assert result.quorum_needed == needed
        assert (result.outcome == Outcome.NO_QUORUM) is (took_part < needed)


@pytest.mark.parametrize(
    ("rule", "counts", "needed"),
    [
        (Rule.CONSENSUS, {"agree": 6, "abstain": 4}, 6),
        (Rule.CONSENSUS, {"agree": 6, "abstain": 5}, 6),
        (Rule.CONSENSUS, {"agree": 3}, 3),
        (Rule.WEAK, {"agree": 8, "disagree": 2}, 8),
        (Rule.WEAK, {"agree": 8, "disagree": 0}, 3),
        (Rule.MAJORITY, {"yes": 5, "no": 4}, 5),
        (Rule.RECALL, {"yes": 5, "no": 1}, 3),
        (Rule.REMOVAL, {"yes": 7, "no": 1}, 7),
        (Rule.REMOVAL_LARGE, {"yes": 8, "no": 2}, 8),
    ],
)
def test_how_many_in_favour_would_have_been_enough(rule: Rule, counts: dict[str, int], needed: int) -> None:
    terms = VoteTerms(rule, 12, Share(1, 3), Share(4, 5), Share(1, 4))
    tally = {Position(name): number for name, number in counts.items()}
    assert decide(tally, terms).favour_needed == needed


@st.composite
def any_vote(draw: st.DrawFn) -> tuple[dict[Position, int], VoteTerms]:
    rule = draw(st.sampled_from(BY_POSITION))
    roll = draw(st.integers(1, 300))
    left, counts = roll, {}
    for position in draw(st.permutations(POSITIONS[rule])):
        counts[position] = draw(st.integers(0, left))
        left -= counts[position]
    quorum = Share(*draw(st.sampled_from(SHARES)))
    agreement = Share(*draw(st.sampled_from([(2, 3), (4, 5), (5, 6), (9, 10)])))
    asides = Share(*draw(st.sampled_from([(0, 1), (1, 4), (1, 2)])))
    return counts, VoteTerms(rule, roll, quorum, agreement, asides)


@given(any_vote())
def test_a_block_stops_a_consensus_whatever_the_rest_says(vote: tuple[dict[Position, int], VoteTerms]) -> None:
    counts, terms = vote
    consensus = replace(terms, rule=Rule.CONSENSUS)
    others = min(sum(counts.values()), terms.roll_size - 1)
    result = decide({Position.AGREE: others, Position.BLOCK: 1}, consensus)
    assert result.outcome == (Outcome.BLOCKED if result.took_part >= result.quorum_needed else Outcome.NO_QUORUM)


@given(any_vote())
def test_without_its_quorum_nothing_is_adopted(vote: tuple[dict[Position, int], VoteTerms]) -> None:
    counts, terms = vote
    result = decide(counts, terms)
    if result.outcome == Outcome.ADOPTED and result.took_part < result.quorum_needed:
        assert terms.rule in (Rule.RECALL, Rule.REMOVAL)
        assert 2 * result.in_favour > terms.roll_size


@given(any_vote())
def test_what_is_adopted_has_the_favour_it_needs_and_one_more_against_never_helps(
    vote: tuple[dict[Position, int], VoteTerms],
) -> None:
    counts, terms = vote
    result = decide(counts, terms)
    assert result.outcome != Outcome.ADOPTED or result.in_favour >= result.favour_needed
    favour = POSITIONS[terms.rule][0]
    refusing = next(p for p in (Position.BLOCK, Position.DISAGREE, Position.NO) if p in POSITIONS[terms.rule])
    if counts[favour] and result.outcome != Outcome.ADOPTED:
        turned = {**counts, favour: counts[favour] - 1, refusing: counts[refusing] + 1}
        assert decide(turned, terms).outcome != Outcome.ADOPTED


@pytest.mark.parametrize(
    ("roll", "yes", "passes"),
    [
        (10, 6, True),
        (10, 5, False),
        (11, 6, True),
        (11, 5, False),
        (4, 3, True),
        (2, 2, True),
        (3, 2, True),
        (1, 1, False),
    ],
)
def test_a_recall_is_carried_early_from_more_than_half_of_the_roll(roll: int, yes: int, passes: bool) -> None:
    terms = VoteTerms(Rule.RECALL, roll, Share(1, 3), Share(4, 5), Share(1, 4))
    assert passes_already({Position.YES: yes}, terms) is passes


@pytest.mark.parametrize("rule", [rule for rule in BY_POSITION if rule != Rule.RECALL])
def test_nothing_but_a_recall_closes_early(rule: Rule) -> None:
    terms = VoteTerms(rule, 10, Share(1, 3), Share(4, 5), Share(1, 4))
    assert not passes_already({POSITIONS[rule][0]: 10}, terms)


def test_what_each_rule_lets_people_say() -> None:
    said = {rule.value: [position.value for position in POSITIONS[rule]] for rule in BY_POSITION}
    yes_no = ["yes", "no", "abstain"]
    assert said == {
        "consensus": ["agree", "reservations", "aside", "abstain", "block"],
        "weak": ["agree", "disagree", "abstain"],
        "majority": yes_no,
        "recall": yes_no,
        "removal": yes_no,
        "removal_large": yes_no,
    }
    assert [position for position in Position if needs_reason(position)] == [Position.BLOCK]
