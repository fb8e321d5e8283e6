"""python -m faults [RUN ...] --votes 2000 --seed 7: breaks real houses amid votes, and counts what is lost.

Without names all runs, one after the other; the votes are shared out among them. Ends with 1 if anything was wrong.
"""

import argparse
import secrets
import sys
import time

from faults.needs import Missing
from faults.runs import RUNS
from faults.storm import Size, people_for

SHARES = {"strokes": 0.6}
"""Of the votes of all runs together; the others share what is left."""


def say(sentence: str) -> None:
    """Tell the person at the terminal."""
    print(f"    {sentence}", flush=True)


def share(name: str, votes: int, chosen: list[str]) -> int:
    """How many votes a run gets."""
    if len(chosen) == 1:
        return votes
    others = sum(1 for each in chosen if each not in SHARES)
    given = sum(SHARES.get(each, 0.0) for each in chosen)
    return round(votes * (SHARES[name] if name in SHARES else (1 - given) / others))


def main() -> int:
    """The command line."""
    words = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    words.add_argument("runs", nargs="*", choices=[[], *RUNS], metavar="RUN", help=", ".join(RUNS))
    words.add_argument("--votes", type=int, default=2000)
    words.add_argument("--people", type=int, help="as many as the votes need, and at least 50, unless said otherwise")
    words.add_argument("--at-once", type=int, default=8)
    words.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    given = words.parse_args()
    chosen = given.runs or list(RUNS)
    wrong: list[str] = []
    left_out: list[str] = []
    begun = time.monotonic()
    for name in chosen:
        votes = share(name, given.votes, chosen)
        print(f"{name}: {votes} votes, seed {given.seed}. {RUNS[name].__doc__}", flush=True)
        try:
            size = Size(votes, given.seed, given.people or people_for(votes), given.at_once)
            found = RUNS[name](size, say)
        except Missing as reason:
            left_out.append(f"{name} ({reason})")
            continue
        for each in found:
            say(f"WRONG {each}")
        wrong += [f"{name}: {each}" for each in found]
    print(f"{len(wrong)} wrong; seed {given.seed}; {time.monotonic() - begun:.0f} s.", flush=True)
    if left_out:
        print(f"Left out: {'; '.join(left_out)}.", flush=True)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
