"""The single transferable vote as Scotland counts it: the Scottish Local Government Elections Order 2007 (SSI 2007/42),
schedule 1, rules 45 to 52; the Order of 2011 (SSI 2011/399) has the same rules as 46 to 53.

Votes and values are integers, in 1/100,000 of a vote. Whatever does not go on, by want of a further preference or by
truncation, is kept as "not transferable", so that all votes together are always the ballots.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from core.rules.lots import Lot, draw

WHOLE: Final = 100_000
"""One vote."""
Ranking = tuple[int, ...]


class Step(StrEnum):
    """What a stage does."""

    FIRST = "first"
    SURPLUS = "surplus"
    EXCLUSION = "exclusion"


@dataclass(frozen=True, slots=True)
class Move:
    """So many papers that go to one candidate, or to nobody, each with the same value."""

    to: int | None
    value: int
    papers: int


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose papers are moved; the number of the earlier stage that decided between equals; the lot, if none did."""

    who: int | None = None
    tie_stage: int | None = None
    lot: Lot | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: what it did with whose papers, where all votes lie at its end, and who was elected by it."""

    step: Step
    turn: Turn
    moves: tuple[Move, ...]
    votes: dict[int, int]
    not_transferable: int
    elected: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StvCount:
    """The whole count. `elected` in the order of election; the quota in whole votes."""

    ballots: int
    quota: int
    stages: tuple[Stage, ...]
    elected: tuple[int, ...]


@dataclass(slots=True)
class Counting:
    """The tables of the returning officer while the count goes on.

    `papers` holds, for each candidate, how many papers of each ranking they have at each value.
    """

    seats: int
    quota: int
    seed: bytes
    votes: dict[int, int]
    papers: dict[int, dict[tuple[Ranking, int], int]]
    continuing: list[int]
    not_transferable: int = 0
    surpluses: list[int] = field(default_factory=list)
    elected: list[int] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)

    @property
    def vacancies(self) -> int:
        """Seats not filled yet."""
        return self.seats - len(self.elected)


def quota_of(ballots: int, seats: int) -> int:
    """Rule 46: the ballots divided by one more than the seats, the fraction ignored, plus one."""
    return ballots // (seats + 1) + 1


def count(ballots: Mapping[Ranking, int], candidates: Sequence[int], seats: int, seed: bytes) -> StvCount:
    """Count rankings of these candidates, in stages, until the seats are filled or nobody is left to fill them."""
    cast = sum(ballots.values())
    now = Counting(
        seats=seats,
        quota=quota_of(cast, seats) * WHOLE,
        seed=seed,
        votes=dict.fromkeys(candidates, 0),
        papers={number: defaultdict(int) for number in candidates},
        continuing=sorted(candidates),
    )
    first_preferences(now, ballots)
    while now.vacancies and now.continuing:
        if now.surpluses:
            transfer_surplus(now)
        else:
            exclude(now)
    return StvCount(cast, now.quota // WHOLE, tuple(now.stages), tuple(now.elected))


def first_preferences(now: Counting, ballots: Mapping[Ranking, int]) -> None:
    """Rule 45: every paper lies with its first preference."""
    moves = [give(now, ranking, WHOLE, papers) for ranking, papers in ballots.items()]
    end_stage(now, Step.FIRST, Turn(), moves)


def give(now: Counting, ranking: Ranking, value: int, papers: int) -> Move:
    """Papers go to their next available preference, with a value each; without one they are not transferable."""
    to = next((number for number in ranking if number in now.continuing), None)
    if to is None:
        now.not_transferable += value * papers
    else:
        now.votes[to] += value * papers
        now.papers[to][ranking, value] += papers
    return Move(to, value, papers)


def transfer_surplus(now: Counting) -> None:
    """Rules 48 and 49: the highest surplus first; each paper goes on with its share of it, to five decimals."""
    total = max(now.votes[number] for number in now.surpluses)
    turn, who = choose(now, [number for number in now.surpluses if now.votes[number] == total], highest=True)
    surplus = total - now.quota
    stayed = now.not_transferable
    moves = [
        give(now, ranking, surplus * value // total, papers) for (ranking, value), papers in now.papers[who].items()
    ]
    gone_on = sum(move.value * move.papers for move in moves if move.to is not None)
    now.not_transferable = stayed + surplus - gone_on
    now.votes[who] = now.quota
    now.surpluses.remove(who)
    end_stage(now, Step.SURPLUS, turn, moves)


def exclude(now: Counting) -> None:
    """Rules 50 and 51: the lowest is excluded, and their papers go on with the value they have.

    Rule 52: if those who are left just fill the seats, nothing more is transferred.
    """
    lowest = min(now.votes[number] for number in now.continuing)
    turn, who = choose(now, [number for number in now.continuing if now.votes[number] == lowest], highest=False)
    now.continuing.remove(who)
    moves = []
    if len(now.continuing) > now.vacancies:
        moves = [give(now, ranking, value, papers) for (ranking, value), papers in now.papers[who].items()]
        now.votes[who] = 0
    end_stage(now, Step.EXCLUSION, turn, moves)


def choose(now: Counting, equals: list[int], *, highest: bool) -> tuple[Turn, int]:
    """Rules 49(2), 49(3) and 51(2): of equals, who was highest or lowest at the last stage at which they differed."""
    tie_stage = None
    for number in range(len(now.stages), 0, -1):
        votes = {one: now.stages[number - 1].votes[one] for one in equals}
        if len(set(votes.values())) > 1:
            tie_stage = number
            edge = (max if highest else min)(votes.values())
            equals = [one for one in equals if votes[one] == edge]
    if len(equals) == 1:
        return Turn(equals[0], tie_stage), equals[0]
    lot = draw(now.seed, f"stv/{len(now.stages) + 1}", equals)
    return Turn(lot.order[0], tie_stage, lot), lot.order[0]


def end_stage(now: Counting, step: Step, turn: Turn, moves: list[Move]) -> None:
    """Rule 47: who has the quota is elected. Rule 52: so are all who are left, if they just fill the seats."""
    fullest = sorted(now.continuing, key=lambda number: -now.votes[number])
    by_quota = [number for number in fullest if now.votes[number] >= now.quota]
    left = [number for number in fullest if number not in by_quota]
    elected = [*by_quota, *left] if len(left) <= now.vacancies - len(by_quota) else by_quota
    now.continuing = [number for number in now.continuing if number not in elected]
    now.surpluses += [number for number in by_quota if now.votes[number] > now.quota]
    now.elected += elected
    now.stages.append(Stage(step, turn, together(moves), dict(now.votes), now.not_transferable, tuple(elected)))


def together(moves: list[Move]) -> tuple[Move, ...]:
    """Moves with the same destination and value added up: candidates in order, each with the highest value first."""
    papers: dict[tuple[int | None, int], int] = defaultdict(int)
    for move in moves:
        papers[move.to, move.value] += move.papers
    ordered = sorted(papers, key=lambda each: (each[0] is None, each[0] or 0, -each[1]))
    return tuple(Move(to, value, papers[to, value]) for to, value in ordered)
