"""The single transferable vote as in Scotland (SSI 2007/42, schedule 1, rules 45 to 52), paper by paper.

Values are in 1/100,000 of a vote: the order cuts them off after five places.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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

    def hand_on_surplus(self) -> None:
        """Rules 48 and 49: the largest surplus goes on, each paper with its share of it."""
        most = max(self.votes[number] for number in self.surplus)
        who = self.between_equals([number for number in self.surplus if self.votes[number] == most], most=True)
        self.surplus.remove(who)
        for paper in self.piles[who]:
            self.lay(Paper(paper.ranking, paper.papers, (most - self.quota) * paper.value // most))
        self.votes[who] = self.quota
        self.end_stage()

    def exclude(self) -> None:
        """Rules 50 and 51: whoever has fewest is out, and their papers go on as they are."""
        fewest = min(self.votes[number] for number in self.running)
        who = self.between_equals([number for number in self.running if self.votes[number] == fewest], most=False)
        self.running.remove(who)
        if len(self.running) > self.seats - len(self.elected):
            self.votes[who] = 0
            for paper in self.piles[who]:
                self.lay(paper)
        self.end_stage()


def count(
    ballots: Mapping[tuple[int, ...], int], candidates: int, seats: int, seed: bytes
) -> tuple[list[int], dict[str, Any]]:
    """Who has a seat, the quota, and nothing else: the stages are compared by what they lead to."""
    quota = sum(ballots.values()) // (seats + 1) + 1
    table = Table(candidates, seats, quota, seed)
    for ranking, papers in ballots.items():
        table.lay(Paper(ranking, papers))
    table.end_stage()
    while len(table.elected) < seats and table.running:
        if table.surplus:
            table.hand_on_surplus()
        else:
            table.exclude()
    return table.elected, {"quota": quota, "seated": table.elected}
