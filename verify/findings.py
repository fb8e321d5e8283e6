"""What was found: what does not hold, what cannot be known, and how much was checked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

SHOWN_AT_MOST = 1000


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold: a sentence of the catalogue, the line it stands in, and what it names."""

    code: str
    line: int = 0
    values: tuple[tuple[str, Any], ...] = ()


@dataclass
class Findings:
    """Everything found in one record."""

    broken: list[Finding] = field(default_factory=list)
    more: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    checked: Counter[str] = field(default_factory=Counter)
    about: dict[str, Any] = field(default_factory=dict)

    def add(self, code: str, line: int = 0, **values: Any) -> None:
        """Something does not hold; from a thousand on they are only counted."""
        if len(self.broken) < SHOWN_AT_MOST:
            self.broken.append(Finding(code, line, tuple(values.items())))
        else:
            self.more += 1

    @property
    def codes(self) -> set[str]:
        """The sentences that were said."""
        return {each.code for each in self.broken}

    @property
    def holds(self) -> bool:
        """Whether nothing was found that does not hold."""
        return not self.broken
