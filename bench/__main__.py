"""./folkmoot bench [ROW ...] [--quick] [--keep]: measures, and says how each figure stands to its goal."""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bench import results
from bench.figures import Figure, plain
from bench.ground import ground, machine
from bench.rows import APART, BY_HAND, MISSING, ROWS, prepare
from house.places import Stop, say


def main(words: list[str]) -> int:
    """Exit code 0 unless something could not be measured: a missed goal is told and fails nothing."""
    known = argparse.ArgumentParser(prog="./folkmoot bench", description=__doc__)
    known.add_argument("rows", nargs="*", choices=[[], *ROWS, *APART], metavar="ROW", help=", ".join([*ROWS, *APART]))
    known.add_argument("--quick", action="store_true", help="small sizes and few rounds: under two minutes")
    known.add_argument("--keep", action="store_true", help="keep the figures under this commit, and draw them")
    given = known.parse_args(words)
    names = given.rows or [name for name in (*ROWS, *APART) if not (given.quick and name in BY_HAND)]
    begun = time.monotonic()
    with ground(quick=given.quick) as there:
        run = Run(machine(there) if given.keep else None)
        prepare(there)
        for name in (name for name in ROWS if name in names):
            run.measure(name, partial(ROWS[name], there))
    for name in (name for name in APART if name in names):
        run.measure(name, partial(APART[name], quick=given.quick))
    for name, reason in MISSING.items():
        say(f"{name}: not measured, {reason}")
    missed = sum(figure.verdict == "missed" for figure in run.figures)
    say(f"{len(run.figures)} figures, {missed} goals missed; {time.monotonic() - begun:.0f} s.")
    return 2 if run.failed else 0


@dataclass
class Run:
    """What was measured so far. `facts` of the machine, where the figures are to be kept."""

    facts: dict[str, Any] | None
    figures: list[Figure] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def measure(self, name: str, row: Callable[[], list[Figure]]) -> None:
        """One row, told and kept as it comes; one that cannot be measured takes nothing from the others."""
        say(f"{name}: {(ROWS | APART)[name].__doc__}")
        begun = time.monotonic()
        try:
            found = row()
        except (Stop, RuntimeError, OSError, subprocess.TimeoutExpired) as problem:
            say(f"  could not be measured: {problem}")
            self.failed.append(name)
            return
        for figure in found:
            say(f"  {line(figure)}")
        say(f"  done in {time.monotonic() - begun:.0f} s")
        self.figures += found
        if self.facts is not None:
            results.keep(found, self.facts)


def line(figure: Figure) -> str:
    """One figure in one line: the ratio or the number, its spread, the goal, and whether it is met."""
    spread = figure.spread
    number = plain(spread.median)
    if spread.least != spread.most:
        number += f" ({plain(spread.least)} to {plain(spread.most)})"
    size = f", {figure.size:,}" if figure.size else ""
    beside = f" x {figure.against}" if figure.reference else f" {figure.unit}"
    goal = f"; goal {figure.goal}: {figure.verdict}" if figure.verdict else ""
    return f"{figure.what}{size}: {number}{beside}{goal}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
