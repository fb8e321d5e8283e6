"""A second count, paper by paper, written from the text of the Scottish Local Government Elections Order 2007 alone
(SSI 2007/42, schedule 1, rules 45 to 52). It shares nothing with the count of the house.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal

ONE = Decimal(1)
FIVE_PLACES = Decimal("0.00001")
Lots = Callable[[str, list[int]], int]


@dataclass
class Paper:
    """One ballot paper: its preferences, and what it is worth to whoever has it now."""

    preferences: list[int]
    value: Decimal = ONE


@dataclass
class Sheet:
    """What the returning officer writes down at the end of a stage."""

    did: str
    whose: int | None
    credited: dict[int, Decimal]
    lost: Decimal
    returned: list[int]
    sent: Counter[tuple[int | None, Decimal]] = field(default_factory=Counter)


def lots_of(seed: bytes) -> Lots:
    """The lot as the house promises it: the lowest SHA-256(seed || label || "/" || number) comes first."""

    def cast(label: str, equals: list[int]) -> int:
        return min(equals, key=lambda number: hashlib.sha256(seed + b"%s/%d" % (label.encode(), number)).digest())

    return cast


class ReturningOffice:
    """Parcels of papers on the tables, one for each candidate, and a sheet for each stage."""

    def __init__(self, ballots: Mapping[tuple[int, ...], int], names: list[int], seats: int, lots: Lots) -> None:
        self.papers = [Paper(list(ranking)) for ranking, papers in ballots.items() for _each in range(papers)]
        self.parcels: dict[int, list[Paper]] = {name: [] for name in names}
        self.credited = dict.fromkeys(names, Decimal(0))
        self.lost = Decimal(0)
        self.state = dict.fromkeys(names, "continuing")
        self.to_transfer: set[int] = set()
        self.seats, self.lots = seats, lots
        self.sheets: list[Sheet] = []
        self.quota = Decimal(len(self.papers) // (seats + 1) + 1)  # rule 46

    def continuing(self) -> list[int]:
        return [name for name, state in self.state.items() if state == "continuing"]

    def unfilled(self) -> int:
        return self.seats - sum(state == "elected" for state in self.state.values())

    def count(self) -> list[Sheet]:
        self.rule_45()
        while self.unfilled() > 0 and self.continuing():
            if self.to_transfer:
                self.rules_48_and_49()
            else:
                self.rules_50_and_51()
        return self.sheets

    def next_available(self, paper: Paper) -> int | None:
        for preference in paper.preferences:
            if self.state[preference] == "continuing":
                return preference
        return None

    def hand_over(
        self, papers: list[Paper], revalue: Callable[[Paper], Decimal]
    ) -> Counter[tuple[int | None, Decimal]]:
        sent: Counter[tuple[int | None, Decimal]] = Counter()
        for paper in papers:
            to, paper.value = self.next_available(paper), revalue(paper)
            sent[to, paper.value] += 1
            if to is not None:
                self.parcels[to].append(paper)
                self.credited[to] += paper.value
        return sent

    def rule_45(self) -> None:
        sent = self.hand_over(self.papers, lambda _paper: ONE)
        self.lost += sent[None, ONE]
        self.write_down("first", None, sent)

    def rules_48_and_49(self) -> None:
        most = max(self.credited[name] for name in self.to_transfer)
        name = self.among_equals([one for one in self.to_transfer if self.credited[one] == most], max)
        total, surplus = self.credited[name], self.credited[name] - self.quota
        parcel, self.parcels[name] = self.parcels[name], []
        self.to_transfer.remove(name)
        sent = self.hand_over(
            parcel, lambda paper: (surplus * paper.value / total).quantize(FIVE_PLACES, rounding=ROUND_DOWN)
        )
        credited = sum((value * number for (to, value), number in sent.items() if to is not None), Decimal(0))
        self.credited[name] = self.quota
        self.lost += surplus - credited
        self.write_down("surplus", name, sent)

    def rules_50_and_51(self) -> None:
        least = min(self.credited[name] for name in self.continuing())
        name = self.among_equals([one for one in self.continuing() if self.credited[one] == least], min)
        self.state[name] = "excluded"
        sent: Counter[tuple[int | None, Decimal]] = Counter()
        if len(self.continuing()) != self.unfilled() and self.continuing():  # else rule 52(2)
            parcel, self.parcels[name] = self.parcels[name], []
            sent = self.hand_over(parcel, lambda paper: paper.value)
            self.lost += sum((value * number for (to, value), number in sent.items() if to is None), Decimal(0))
            self.credited[name] = Decimal(0)
        self.write_down("exclusion", name, sent)

    def among_equals(self, equals: list[int], end: Callable[..., Decimal]) -> int:
        earlier = list(self.sheets)
        while len(equals) > 1 and earlier:
            then = earlier.pop().credited
            mark = end(then[name] for name in equals)
            equals = [name for name in equals if then[name] == mark]
        return equals[0] if len(equals) == 1 else self.lots(f"stv/{len(self.sheets) + 1}", equals)

    def write_down(self, did: str, whose: int | None, sent: Counter[tuple[int | None, Decimal]]) -> None:
        reached = [name for name in self.continuing() if self.credited[name] >= self.quota]  # rule 47
        for name in reached:
            self.state[name] = "elected"
            if self.credited[name] > self.quota:
                self.to_transfer.add(name)
        if len(self.continuing()) <= self.unfilled():  # rule 52(1)
            for name in self.continuing():
                self.state[name] = "elected"
                reached.append(name)
        self.sheets.append(Sheet(did, whose, dict(self.credited), self.lost, sorted(reached), +sent))
