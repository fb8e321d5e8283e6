"""Every way a vote can end or stand has its sentence, with its own numbers."""

import pytest

from core.rules.charter import CharterNumbers
from core.rules.counting import Reason, decide
from core.rules.positions import BY_POSITION, POSITIONS, Position, Rule
from core.rules.shares import Share
from core.rules.terms import VoteTerms
from core.words import outcomes, positions, records, rules

P = Position


def terms(rule: Rule, roll: int = 41) -> VoteTerms:
    """The terms of a vote with the default charter."""
    numbers = CharterNumbers()
    quorum = Share(1, 3) if rule == Rule.RECALL else numbers.quorum
    return VoteTerms(rule, roll, quorum, numbers.agreement, numbers.asides)


CASES = [
    (Rule.CONSENSUS, {P.AGREE: 22, P.RESERVATIONS: 3, P.ASIDE: 1, P.ABSTAIN: 1}, Reason.ADOPTED,
     "Adopted: 25 of 27 who took part agree and nobody blocks."),
    (Rule.CONSENSUS, {P.AGREE: 12}, Reason.NO_QUORUM,
     "No quorum: only 12 of 41 took part, where 21 are needed."),
    (Rule.CONSENSUS, {P.AGREE: 30, P.BLOCK: 1}, Reason.BLOCKED, "Blocked: 1 block stands."),
    (Rule.CONSENSUS, {P.AGREE: 30, P.BLOCK: 2}, Reason.BLOCKED, "Blocked: 2 blocks stand."),
    (Rule.CONSENSUS, {P.AGREE: 10, P.ABSTAIN: 11}, Reason.TOO_FEW_AGREE,
     "Not adopted: 10 of 21 who took part agree, which is not more than half."),
    (Rule.CONSENSUS, {P.AGREE: 15, P.ASIDE: 6}, Reason.TOO_MANY_ASIDE,
     "Not adopted: 6 of 21 stand aside, more than 1 in 4."),
    (Rule.WEAK, {P.AGREE: 20, P.DISAGREE: 5}, Reason.ADOPTED,
     "Adopted: 20 agree and 5 disagree, where 4 in 5 had to agree."),
    (Rule.WEAK, {P.AGREE: 19, P.DISAGREE: 6}, Reason.SHARE_MISSED,
     "Not adopted: 19 in favour and 6 against, where 4 in 5 had to agree."),
    (Rule.MAJORITY, {P.YES: 12, P.NO: 9}, Reason.ADOPTED, "Adopted: 12 say yes and 9 say no."),
    (Rule.MAJORITY, {P.YES: 9, P.NO: 12}, Reason.MORE_NO, "Not adopted: 12 say no and 9 say yes."),
    (Rule.MAJORITY, {P.YES: 11, P.NO: 11}, Reason.TIE, "Not adopted: 11 say yes and 11 say no, a tie."),
    (Rule.MAJORITY, {P.YES: 2, P.ABSTAIN: 30}, Reason.FLOOR,
     "Not adopted: 2 in favour, and at least 3 are needed."),
    (Rule.RECALL, {P.YES: 5, P.NO: 2}, Reason.TOO_FEW_TOOK_PART,
     "Not adopted: 5 say yes and 2 say no, and only 7 of 41 took part, where 14 are needed."),
    (Rule.REMOVAL, {P.YES: 21, P.NO: 1}, Reason.ADOPTED,
     "Adopted: 21 of the 41 on the roll say yes, and no more than one says no."),
    (Rule.REMOVAL, {P.YES: 20}, Reason.REMOVAL_HALF,
     "Not adopted: 20 of the 41 on the roll say yes, which is not more than half."),
    (Rule.REMOVAL, {P.YES: 30, P.NO: 2}, Reason.REMOVAL_NOES, "Not adopted: 2 say no, where one may at most."),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "counts", "reason", "sentence"), CASES)
def test_an_outcome_in_words(rule: Rule, counts: dict[Position, int], reason: Reason, sentence: str) -> None:
    result = decide(counts, terms(rule))

    assert result.reason == reason
    assert outcomes.tell(result.outcome, result.reason, counts, terms(rule)) == sentence


@pytest.mark.parametrize(("rule", "counts", "reason", "_sentence"), CASES)
def test_as_it_stands_says_the_same_as_the_rules(
    rule: Rule, counts: dict[Position, int], reason: Reason, _sentence: str
) -> None:
    said = outcomes.as_it_stands(counts, terms(rule))

    assert said.startswith("As it stands")
    assert ("would be adopted" in said) == (reason == Reason.ADOPTED)
    assert "%" not in said


def test_every_reason_a_count_can_have_was_told() -> None:
    told = {reason for _rule, _counts, reason, _sentence in CASES}

    assert told == set(Reason) - {Reason.OVERTAKEN, Reason.VOID, Reason.KEY_LOST, Reason.FEW, Reason.NOBODY_ELECTED}


@pytest.mark.parametrize("rule", BY_POSITION)
@pytest.mark.parametrize("roll", [3, 41])
def test_every_rule_is_explained_with_its_own_numbers(rule: Rule, roll: int) -> None:
    said = rules.explain(terms(rule, roll))

    assert str(roll) in said
    assert "%" not in said
    assert ("have to be in favour" in said) == (roll == 3)


def test_a_charter_without_stand_asides_is_explained_so() -> None:
    strict = VoteTerms(Rule.CONSENSUS, 20, Share(1, 2), Share(4, 5), Share(0, 1))

    assert "nobody stands aside" in rules.explain(strict)


@pytest.mark.parametrize("rule", BY_POSITION)
def test_every_position_has_label_explanation_and_tone(rule: Rule) -> None:
    offered = positions.choices(rule, chosen=POSITIONS[rule][0].value)

    assert [choice.value for choice in offered] == [position.value for position in POSITIONS[rule]]
    assert all(choice.label and choice.explanation and choice.tone for choice in offered)
    assert [choice.chosen for choice in offered] == [True, *[False] * (len(offered) - 1)]


def test_a_block_is_offered_only_to_who_may() -> None:
    assert "block" not in {choice.value for choice in positions.choices(Rule.CONSENSUS, may_block=False)}


def test_parts_of_a_bar_agree_with_their_number() -> None:
    counts = {P.BLOCK: 1, P.AGREE: 2, P.ASIDE: 0}

    assert positions.parts(Rule.CONSENSUS, counts) == [("agree", "agree", 2), ("block", "blocks", 1)]


def test_an_unknown_line_of_the_record_is_shown_by_its_name() -> None:
    said = records.tell_line("moon.landed", {}, who="Ana", title="", mandate="")

    assert said == "Ana: moon.landed"
