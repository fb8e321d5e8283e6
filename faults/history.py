"""What each client sent and what it heard: acknowledged, refused, or unknown when the line broke."""

import threading
from collections import Counter
from dataclasses import dataclass, field

ACKNOWLEDGED, REFUSED, UNKNOWN = "acknowledged", "refused", "unknown"
Seat = tuple[int, int]
"""A vote and a person: where there is at most one ballot."""


@dataclass(frozen=True)
class Sent:
    """One form that was sent, by the key it was sent with, the answer, and how many seconds that took."""

    vote: int
    person: int
    position: str
    key: str
    answer: str
    took: float = 0.0


@dataclass
class History:
    """All of it. One person's lines stand in their order; a form without an answer is sent again with its key.

    `before` are the ballots that were there already.
    """

    lines: list[Sent] = field(default_factory=list)
    before: dict[Seat, set[str | None]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, line: Sent) -> None:
        """One more."""
        with self.lock:
            self.lines.append(line)

    def answers(self) -> Counter[str]:
        """How many of each answer."""
        with self.lock:
            return Counter(line.answer for line in self.lines)

    def longest(self) -> float:
        """Seconds that somebody waited at most."""
        with self.lock:
            return max((line.took for line in self.lines), default=0.0)

    def counted(self) -> dict[Seat, set[str | None]]:
        """By seat, the positions that may be in the ballots now; None stands for no ballot.

        It is one, unless the last form of all got no answer in the end: then it may be there or not.
        """
        last = {line.key: line for line in self.lines}
        may = dict(self.before)
        for line in last.values():
            seat = (line.vote, line.person)
            if line.answer == ACKNOWLEDGED:
                may[seat] = {line.position}
            elif line.answer == UNKNOWN:
                may[seat] = may.get(seat, {None}) | {line.position}
            else:
                may.setdefault(seat, {None})
        return may
