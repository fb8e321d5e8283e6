"""Reading participatory budgets as they were held: files of pabulib.org (META, PROJECTS, VOTES, parted by `;`)."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SECTIONS = ("META", "PROJECTS", "VOTES")


class Unreadable(ValueError):
    """The file is not such a file; the sentence says where."""


@dataclass(frozen=True, slots=True)
class Project:
    """Something to be paid for. `cost` is in whole units of money; `votes` is what the file itself counted."""

    id: str
    name: str
    cost: int
    proposer: str = ""
    place: str = ""
    votes: int | None = None


@dataclass(frozen=True, slots=True)
class Voter:
    """One voter, and the points given to projects (1 each where the file has none)."""

    id: str
    points: Mapping[str, int] = field(default_factory=dict)

    @property
    def chosen(self) -> frozenset[str]:
        """The projects that got something."""
        return frozenset(project for project, points in self.points.items() if points > 0)


@dataclass(frozen=True, slots=True)
class Budget:
    """One vote on one budget."""

    meta: Mapping[str, str]
    projects: tuple[Project, ...]
    voters: tuple[Voter, ...]

    @property
    def name(self) -> str:
        """Where and when."""
        place = [self.meta.get("unit", ""), self.meta.get("subunit", ""), self.meta.get("instance", "")]
        return " ".join(part for part in place if part) or self.meta.get("description", "") or "Budget"


def read(path: Path) -> Budget:
    """Read a file. Raises `Unreadable` with the line where it is not what it should be."""
    try:
        return parse(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise Unreadable("The file is not UTF-8 text.") from problem


def parse(text: str) -> Budget:
    """Read the text of a file."""
    parts = split(text)
    meta = {row["key"]: row["value"] for _number, row in rows(parts["META"], ("key", "value"))}
    projects = tuple(project(number, row) for number, row in rows(parts["PROJECTS"], ("project_id", "cost")))
    known = frozenset(each.id for each in projects)
    voters = tuple(voter(number, row, known) for number, row in rows(parts["VOTES"], ("voter_id", "vote")))
    once("project", (each.id for each in projects))
    once("voter", (each.id for each in voters))
    announced("num_projects", meta, len(projects))
    announced("num_votes", meta, len(voters))
    return Budget(meta=meta, projects=projects, voters=voters)


Line = tuple[int, list[str]]


def split(text: str) -> dict[str, list[Line]]:
    """The lines of each section, with their numbers; the first one names its columns."""
    parts: dict[str, list[Line]] = {}
    reader = csv.reader(text.splitlines(), delimiter=";")
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        word = cells[0].strip().upper()
        if word in SECTIONS and not any(cells[1:]):
            parts[word] = []
        elif parts:
            parts[next(reversed(parts))].append((reader.line_num, [cell.strip() for cell in cells]))
        else:
            raise Unreadable(f"Line {reader.line_num}: the file has to begin with META.")
    missing = [name for name in SECTIONS if not parts.get(name)]
    if missing:
        raise Unreadable(f"The file has no {missing[0]}.")
    return parts


def rows(lines: list[Line], needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line by the names of its columns."""
    number, columns = lines[0]
    missing = [name for name in needed if name not in columns]
    if missing:
        raise Unreadable(f"Line {number}: the column {missing[0]} is missing.")
    for number, cells in lines[1:]:
        if len(cells) > len(columns):
            raise Unreadable(f"Line {number}: more cells than columns.")
        yield number, dict(zip(columns, [*cells, *[""] * (len(columns) - len(cells))], strict=True))


def project(number: int, row: Mapping[str, str]) -> Project:
    """One line of PROJECTS."""
    return Project(
        id=row["project_id"],
        name=row.get("name") or f"Project {row['project_id']}",
        cost=whole(number, row["cost"]),
        proposer=row.get("proposer", ""),
        place=row.get("subunit", "") or row.get("neighborhood", ""),
        votes=whole(number, row["votes"]) if row.get("votes") else None,
    )


def voter(number: int, row: Mapping[str, str], known: frozenset[str]) -> Voter:
    """One line of VOTES; a project that is not in the list is an error, not a lost vote."""
    chosen = [each.strip() for each in row["vote"].split(",") if each.strip()]
    points = [whole(number, each) for each in row["points"].split(",")] if row.get("points") else [1] * len(chosen)
    if len(points) != len(chosen) or len(set(chosen)) != len(chosen):
        raise Unreadable(f"Line {number}: projects and points do not go together.")
    stray = sorted(set(chosen) - known)
    if stray:
        raise Unreadable(f"Line {number}: there is no project {stray[0]}.")
    return Voter(id=row["voter_id"], points=dict(zip(chosen, points, strict=True)))


def whole(number: int, text: str) -> int:
    """A number of at least 0; cents are dropped."""
    try:
        value = int(float(text))
    except (ValueError, OverflowError) as problem:
        raise Unreadable(f"Line {number}: “{text[:20]}” is not a number.") from problem
    if value < 0:
        raise Unreadable(f"Line {number}: “{text[:20]}” is less than nothing.")
    return value


def once(what: str, ids: Iterable[str]) -> None:
    """Nobody and nothing is there twice."""
    twice = [each for each, times in Counter(ids).items() if times > 1]
    if twice:
        raise Unreadable(f"The {what} {twice[0]} is there twice.")


def announced(name: str, meta: Mapping[str, str], found: int) -> None:
    """As many as the head of the file says: a file cut short is noticed."""
    said = meta.get(name, "")
    if said and said != str(found):
        raise Unreadable(f"The file announces {said} ({name}), but has {found}.")
