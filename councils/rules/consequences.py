"""What a charter's numbers come to in a council of a given size; worked out by the rules that decide its votes."""

from dataclasses import dataclass

from core.rules.charter import CharterNumbers
from core.rules.counting import Outcome, decide, floor, quorum_needed
from core.rules.positions import Position, Rule
from core.rules.terms import Matter, VoteTerms, terms_for


@dataclass(frozen=True, slots=True)
class Consequences:
    """Numbers of people among `size` who may vote, and days. `stopping` is how many against stop an ordinary proposal
    when all vote; `favour_at_quorum` how many in favour suffice when no more than the quorum take part.
    """

    size: int
    consensus: bool
    stopping: int
    quorum: int
    second_quorum: int
    favour_at_quorum: int
    asides: int
    floor: int
    recall_yes: int
    recall_part: int
    confidence: int
    days: int
    days_blocked: int
    longest_mandate: int


def work_out(numbers: CharterNumbers, size: int) -> Consequences:
    """All of them, for a roll of `size`."""
    terms = terms_for(Matter.ORDINARY, numbers, size)
    second = terms_for(Matter.ORDINARY, numbers, size, second_call=True)
    recall = terms_for(Matter.RECALL, numbers, size)
    quorum = quorum_needed(terms)
    talk, voting = numbers.discussion_days, -(-numbers.voting_hours // 24)
    return Consequences(
        size=size,
        consensus=terms.rule == Rule.CONSENSUS,
        stopping=stopping(terms),
        quorum=quorum,
        second_quorum=quorum_needed(second),
        favour_at_quorum=favour_at(quorum, terms),
        asides=asides(terms),
        floor=floor(size),
        recall_yes=size // 2 + 1,
        recall_part=quorum_needed(recall),
        confidence=size // 2 + 1,
        days=talk + voting,
        days_blocked=talk + voting + numbers.round_days + voting,
        longest_mandate=numbers.term_days * (1 + numbers.renewals),
    )


def stopping(terms: VoteTerms) -> int:
    """The fewest against (blocks, or disagreement in weak consensus) that stop a proposal when all others agree."""
    against = Position.BLOCK if terms.rule == Rule.CONSENSUS else Position.DISAGREE
    size = terms.roll_size
    return next(n for n in range(1, size + 1) if not adopted({Position.AGREE: size - n, against: n}, terms))


def favour_at(took_part: int, terms: VoteTerms) -> int:
    """The fewest in favour when so many take part and the others abstain; all of them if even that is too few."""
    enough = (
        n for n in range(1, took_part + 1) if adopted({Position.AGREE: n, Position.ABSTAIN: took_part - n}, terms)
    )
    return next(enough, took_part)


def asides(terms: VoteTerms) -> int:
    """How many may stand aside when all take part; none where the rule knows no standing aside."""
    if terms.rule != Rule.CONSENSUS:
        return 0
    size = terms.roll_size
    return max(n for n in range(size) if n == 0 or adopted({Position.AGREE: size - n, Position.ASIDE: n}, terms))


def adopted(tally: dict[Position, int], terms: VoteTerms) -> bool:
    """Whether such a count adopts."""
    return decide(tally, terms).outcome == Outcome.ADOPTED
