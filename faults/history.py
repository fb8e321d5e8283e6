"""What each client sent and what it heard: acknowledged, refused, or unknown when the line broke."""

import threading
from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sent:
    """One ballot that was sent, and the answer."""

    vote: int
    person: int
    position: str
    answer: str
    at: float


@dataclass
class History:
    """All of it, in order."""

    lines: list[Sent] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, line: Sent) -> None:
        """One more."""
        with self.lock:
            self.lines.append(line)

    def answers(self) -> Counter[str]:
        """How many of each answer."""
        with self.lock:
            return Counter(line.answer for line in self.lines)

    def acknowledged(self) -> dict[tuple[int, int], str]:
        """The last acknowledged position by vote and person."""
        return {(line.vote, line.person): line.position for line in self.lines if line.answer == "acknowledged"}

    def sent(self) -> set[tuple[int, int, str]]:
        """Everything that could be there, whatever the answer was."""
        return {(line.vote, line.person, line.position) for line in self.lines}
