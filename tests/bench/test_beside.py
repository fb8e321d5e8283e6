"""What the bench counts beside times: bytes, memory, waits; and that every row says what it is."""

import os
import subprocess

import pytest

from bench import load, rest, results, rows, wire
from bench.__main__ import Run, line
from bench.figures import Figure, Goal

PAGE = """
<link rel="icon" href="/static/a.svg"><link rel="alternate" href="/feed/"><link rel="stylesheet" href="/static/b.css">
<script src="/static/c.js" defer></script><img src="data:image/png;base64,AAAA" alt=""><a href="/elsewhere/">x</a>
"""


def test_a_page_loads_what_it_names_and_not_what_it_links_to() -> None:
    assert wire.named("/b/street/", PAGE) == ["/static/a.svg", "/static/b.css", "/static/c.js"]


@pytest.mark.parametrize(("hundredths", "wait"), [(50, 5.0), (99, 10.0), (100, 10.0), (10, 1.0)])
def test_share_is_the_wait_within_which_so_many_were_answered(hundredths: int, wait: float) -> None:
    assert load.share([float(n) for n in (10, 1, 2, 3, 4, 5, 6, 7, 8, 9)], hundredths) == wait


def test_memory_is_counted_over_a_process_and_its_descendants() -> None:
    with subprocess.Popen(["sh", "-c", "sleep 30 & wait"]) as child:
        try:
            family = rest.family(os.getpid())
            assert child.pid in family
            assert rest.pss_kb(child.pid) > 0
            assert rest.pss_kb(2**22 + 1) == 0
            assert os.getppid() not in family
        finally:
            subprocess.run(["kill", *map(str, rest.family(child.pid))], check=True)


def test_every_row_says_what_it_measures() -> None:
    assert all(row.__doc__ for row in (rows.ROWS | rows.APART).values())
    assert set(rows.ROWS | rows.APART) >= rows.BY_HAND


def test_a_figure_is_told_with_its_spread_and_its_goal() -> None:
    cast = Figure("cast", "cast", "requests/s", (1.0, 2.0, 3.0), Goal(at_least=0.5), "the bare one", (4.0, 4.0, 4.0))

    assert line(cast) == "cast: 0.5 (0.25 to 0.75) x the bare one; goal at least 0.5: met"
    assert results.table_line(cast) == "| cast | 0.5 (0.25 to 0.75) x | the bare one | at least 0.5 | met |"
    assert line(Figure("wire", "page", "kB", (12.0,))) == "page: 12 kB"


def test_a_row_that_cannot_be_measured_takes_nothing_from_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> list[Figure]:
        raise RuntimeError("nobody answered")

    run = Run(None)
    run.measure("cast", broken)
    run.measure("tally", lambda: [Figure("tally", "tally", "s", (1.0,))])

    assert run.failed == ["cast"]
    assert [figure.row for figure in run.figures] == ["tally"]
    assert "could not be measured: nobody answered" in capsys.readouterr().out
