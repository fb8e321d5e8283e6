"""The single transferable vote as in Scotland (SSI 2007/42, schedule 1, rules 45 to 52), paper by paper.

Values are in 1/100,000 of a vote: the order cuts them off after five places.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.canonical import Unreadable

from .lots import in_order

VOTE = 100_000


class Paper:
    """Equal papers: their ranking, how many they are, and what each is worth now."""

    def __init__(self, ranking: tuple[int, ...], papers: int, value: int = VOTE) -> None:
        self.ranking, self.papers, self.value = ranking, papers, value


class Table:
    """The piles on the returning officer's table."""

    def __init__(self, candidates: int, seats: int, quota: int, seed: bytes) -> None:
        self.piles: dict[int, list[Paper]] = {number: [] for number in range(candidates + 1)}
        self.votes = dict.fromkeys(self.piles, 0)
        self.running = list(self.piles)
        self.seats, self.quota, self.seed = seats, quota * VOTE, seed
        self.elected: list[int] = []
        self.surplus: list[int] = []
        self.stages: list[dict[int, int]] = []

    def lay(self, paper: Paper) -> None:
        """A paper goes to the next candidate on it who is still running; without one it is out."""
        for number in paper.ranking:
            if number in self.running:
                self.piles[number].append(paper)
                self.votes[number] += paper.papers * paper.value
                return

    def end_stage(self) -> None:
        """Rules 47 and 52: elect whoever has the quota, and all who are left if there are seats for all of them."""
        order = sorted(self.running, key=lambda number: -self.votes[number])
        reached = [number for number in order if self.votes[number] >= self.quota]
        others = [number for number in order if self.votes[number] < self.quota]
        free = self.seats - len(self.elected) - len(reached)
        now = reached + others if len(others) <= free else reached
        self.surplus += [number for number in reached if self.votes[number] > self.quota]
        self.elected += now
        self.running = [number for number in self.running if number not in now]
        self.stages.append(dict(self.votes))

    def between_equals(self, equals: list[int], *, most: bool) -> int:
        """Rules 49 and 51: who had most, or fewest, at the latest stage at which they differed; else the lot."""
        for stage in reversed(self.stages):
            edge = (max if most else min)(stage[number] for number in equals)
            equals = [number for number in equals if stage[number] == edge]
        return equals[0] if len(equals) == 1 else in_order(self.seed, f"stv/{len(self.stages) + 1}", equals)[0]

    @property
    def goes_on(self) -> bool:
        """Whether there are seats left, and somebody to fill them."""
        return len(self.elected) < self.seats and bool(self.running)

    def turn(self) -> tuple[str, int]:
        """Whose papers are moved next. Rules 48 and 49: the largest surplus; rules 50 and 51: whoever has fewest."""
        if self.surplus:
            most = max(self.votes[number] for number in self.surplus)
            who = self.between_equals([number for number in self.surplus if self.votes[number] == most], most=True)
            self.surplus.remove(who)
            return "surplus", who
        fewest = min(self.votes[number] for number in self.running)
        who = self.between_equals([number for number in self.running if self.votes[number] == fewest], most=False)
        self.running.remove(who)
        return "exclusion", who

    def left_with(self, step: str, who: int) -> int:
        """What stays with whose papers are moved: the quota, or nothing; all, if those who are left fill the seats."""
        if step == "surplus":
            return self.quota
        return 0 if len(self.running) > self.seats - len(self.elected) else self.votes[who]

    def hand_on(self, step: str, who: int) -> None:
        """The papers go on: of a surplus each with its share of it, of who is excluded as they are."""
        had, stays = self.votes[who], self.left_with(step, who)
        self.votes[who] = stays
        for paper in self.piles[who] if stays < had else []:
            value = (had - stays) * paper.value // had if step == "surplus" else paper.value
            self.lay(Paper(paper.ranking, paper.papers, value))
        self.end_stage()


def count(
    ballots: Mapping[tuple[int, ...], int], candidates: int, seats: int, seed: bytes
) -> tuple[list[int], dict[str, Any]]:
    """Who has a seat, the quota, and the votes of everybody at each stage."""
    quota = sum(ballots.values()) // (seats + 1) + 1
    table = Table(candidates, seats, quota, seed)
    for ranking, papers in ballots.items():
        table.lay(Paper(ranking, papers))
    table.end_stage()
    while table.goes_on:
        table.hand_on(*table.turn())
    return table.elected, {"quota": quota, "seated": table.elected, "votes": table.stages}


def retold(told: Mapping[str, Any], candidates: int, seats: int, seed: bytes) -> list[int]:
    """Who has a seat by the stages that were told, without any ballot. Raises `Unreadable` for stages that cannot be.

    Where papers went is not known. Whose turn it was is, what stayed with them, who was elected, and that nothing came
    from nowhere.
    """
    ballots, stages = told["ballots"], told.get("stages")
    quota = ballots // (seats + 1) + 1
    if told.get("quota") != quota or not isinstance(stages, list) or not stages:
        raise Unreadable("quota")
    table = Table(candidates, seats, quota, seed)
    for number, stage in enumerate(stages):
        turn = table.turn() if number and table.goes_on else None
        step, who = turn or ("first", None)
        votes = _votes_at(stage, table, ballots)
        if (stage.get("step"), stage.get("who")) != (step, who) or (number and turn is None):
            raise Unreadable("step")
        for each in table.votes:
            stays = table.left_with(*turn) if turn is not None and each == turn[1] else table.votes[each]
            if votes[each] < stays or (votes[each] > stays and each not in table.running):
                raise Unreadable("votes")
        before, table.votes = len(table.elected), votes
        table.end_stage()
        if stage.get("elected") != table.elected[before:]:
            raise Unreadable("elected")
    if table.goes_on or told.get("seated") != table.elected:
        raise Unreadable("seated")
    return table.elected


def _votes_at(stage: Any, table: Table, ballots: int) -> dict[int, int]:
    """Where all votes lay at the end of a stage: together they are the ballots."""
    votes, rest = (stage.get("votes"), stage.get("not_transferable")) if isinstance(stage, dict) else (None, None)
    if not isinstance(votes, dict) or votes.keys() != {str(number) for number in table.votes}:
        raise Unreadable("votes")
    found = {number: votes[str(number)] for number in table.votes}
    if any(type(each) is not int or each < 0 for each in (*found.values(), rest)):
        raise Unreadable("votes")
    if sum(found.values()) + rest != ballots * VOTE:
        raise Unreadable("votes")
    return found
