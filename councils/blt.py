"""Reading elections as they were held: BLT files (candidates and seats, weighted rankings, names, title)."""

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ENDS = "0"
"""Each ranking ends with it, and so do all of them, on a line of its own."""


class Unreadable(ValueError):
    """The file is not such a file; the sentence says where."""


@dataclass(frozen=True, slots=True)
class Election:
    """One election: candidate 1 has the first name, and so on; `ballots` counts each ranking, the best first."""

    title: str
    names: tuple[str, ...]
    seats: int
    ballots: Counter[tuple[int, ...]]


def read(path: Path) -> Election:
    """Read a file. Raises `Unreadable` with the line where it is not what it should be."""
    try:
        return parse(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise Unreadable("The file is not UTF-8 text.") from problem


def parse(text: str) -> Election:
    """Read the text of a file."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    ends = next((at for at, (_number, line) in enumerate(lines) if line == ENDS), None)
    if not lines or ends is None or ends == 0:
        raise Unreadable("The file does not say where its ballots end: a line with 0 is missing.")
    candidates, seats = head(*lines[0])
    ballots: Counter[tuple[int, ...]] = Counter()
    for number, line in lines[1:ends]:
        weight, ranking = ballot(number, line, candidates)
        ballots[ranking] += weight
    names = [next(csv.reader([line]))[0] for _number, line in lines[ends + 1 :]]
    if len(names) != candidates + 1:
        raise Unreadable(f"The file announces {candidates} candidates, but has {max(len(names) - 1, 0)} names.")
    return Election(names[-1], tuple(names[:-1]), seats, ballots)


def head(number: int, line: str) -> tuple[int, int]:
    """The first line: how many candidates, how many seats."""
    cells = line.split()
    if len(cells) != 2 or not all(cell.isdecimal() and int(cell) > 0 for cell in cells):
        raise Unreadable(f"Line {number}: the number of candidates and of seats has to stand here.")
    return int(cells[0]), int(cells[1])


def ballot(number: int, line: str, candidates: int) -> tuple[int, tuple[int, ...]]:
    """One line of ballots: how many are alike, and how they rank."""
    cells = line.split()
    if len(cells) < 3 or cells[-1] != ENDS or not all(cell.isdecimal() for cell in cells):
        raise Unreadable(f"Line {number}: a ballot is a weight, a ranking, and 0.")
    weight, *ranking = (int(cell) for cell in cells[:-1])
    if len(set(ranking)) != len(ranking) or not all(1 <= each <= candidates for each in ranking):
        raise Unreadable(f"Line {number}: a candidate stands there twice, or is not in the list.")
    return weight, tuple(ranking)
