"""The figures of a commit: kept in a small file, and shown in docs/performance.md."""

import json
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.charts import growth_chart
from bench.figures import Figure, growth, plain
from house.places import CLONE, say

RESULTS = CLONE / "bench" / "results"
PAGE = CLONE / "docs" / "performance.md"
CHART = CLONE / "docs" / "performance" / "growth.svg"
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"


def commit() -> str:
    """The short name of what is measured; with a plus where the files differ from it, but for what the bench writes."""
    written = [f":!{place.relative_to(CLONE)}" for place in (RESULTS, PAGE, CHART)]
    differs = git("status", "--porcelain", "--", ".", *written)
    return git("rev-parse", "--short", "HEAD") + ("+" if differs else "")


def git(*words: str) -> str:
    """What git says."""
    return subprocess.run(["git", *words], cwd=CLONE, capture_output=True, text=True, check=True).stdout.strip()


def keep(figures: Sequence[Figure], facts: dict[str, Any], folder: Path = RESULTS) -> None:
    """Write the file of this commit, and the page. Rows that are not measured now stay as they were for it."""
    name = commit()
    place = folder / f"{name}.json"
    before = json.loads(place.read_text())["figures"] if place.exists() else []
    rows = {figure.row for figure in figures}
    kept = [each for each in before if each["row"] not in rows] + [figure.as_dict() for figure in figures]
    told = {"commit": name, "day": f"{datetime.now(UTC):%Y-%m-%d}", "machine": facts, "figures": kept}
    folder.mkdir(exist_ok=True)
    place.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    show(told)
    say(f"Kept in {place.relative_to(CLONE)}, shown in {PAGE.relative_to(CLONE)}.")


def show(told: dict[str, Any]) -> None:
    """Put the figures of a commit into the page, and draw how they grow."""
    figures = [Figure.from_dict(each) for each in told["figures"]]
    before, _begin, rest = PAGE.read_text().partition(BEGIN)
    _old, _end, after = rest.partition(END)
    PAGE.write_text(before + BEGIN + "\n".join(measured(told, figures)) + "\n" + END + after)
    if series := by_size(figures):
        CHART.parent.mkdir(exist_ok=True)
        CHART.write_text(growth_chart({name: growth(of_it) for name, of_it in series.items()}))


def measured(told: dict[str, Any], figures: Sequence[Figure]) -> list[str]:
    """The part of the page that the bench writes."""
    facts = told["machine"]
    where = (
        f"Commit {told['commit']}, {told['day']}: {facts['cores']} cores ({facts['processor']}), "
        f"{facts['memory_gb']} GB, Python {facts['python']}, PostgreSQL {facts['postgresql']}, "
        f"load {facts['load_at_begin']} at the beginning."
    )
    return [
        where,
        "",
        "| figure | median (least to most) | against | goal | |",
        "|---|---|---|---|---|",
        *(table_line(figure) for figure in figures if not figure.size or figure.verdict or figure.unit != "s"),
        "",
        "How it grows, in steps of ten (ours and its reference, medians):",
        "",
        "| figure | size | ours | reference | ratio |",
        "|---|---|---|---|---|",
        *(growth_line(figure) for of_it in by_size(figures).values() for figure in of_it),
        "",
        "![Seconds by size](performance/growth.svg)",
        "",
    ]


def by_size(figures: Sequence[Figure]) -> dict[str, list[Figure]]:
    """Figures that were measured at several sizes, by name."""
    names = {figure.what for figure in figures if figure.size and figure.unit == "s"}  # drawn as seconds
    found = {name: [each for each in figures if each.what == name and each.size] for name in sorted(names)}
    return {name: of_it for name, of_it in found.items() if len(of_it) > 1}


def table_line(figure: Figure) -> str:
    """One figure as a line of the table."""
    spread, size = figure.spread, f", {figure.size:,}" if figure.size else ""
    number = plain(spread.median)
    if spread.least != spread.most:
        number += f" ({plain(spread.least)} to {plain(spread.most)})"
    number += " x" if figure.reference else f" {figure.unit}"
    return f"| {figure.what}{size} | {number} | {figure.against} | {figure.goal} | {figure.verdict} |"


def growth_line(figure: Figure) -> str:
    """One size of a figure as a line of the table."""
    ((size, ours, reference),) = growth([figure])
    other = f"{plain(reference * 1000)} ms" if reference else ""
    ratio = plain(figure.spread.median) if reference else ""
    return f"| {figure.what} | {size:,} | {plain(ours * 1000)} ms | {other} | {ratio} |"
