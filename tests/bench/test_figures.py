"""What the bench computes with, draws and keeps."""

import json
from pathlib import Path
from xml.dom import minidom

import pytest

from bench import results
from bench.charts import decades, growth_chart, scale
from bench.figures import Figure, Goal, Spread, growth, in_turn, plain


def figure(**more: object) -> Figure:
    columns = {"row": "tally", "what": "tally", "unit": "s", "ours": (2.0, 3.0, 9.0)} | more
    return Figure(**columns)  # type: ignore[arg-type]


def test_spread_is_median_least_and_most() -> None:
    assert Spread.of([9, 2, 3]) == Spread(median=3, least=2, most=9)
    assert Spread.of([1, 2, 3, 10]).median == 2.5

    with pytest.raises(ValueError, match="nothing was measured"):
        Spread.of([])


def test_ratios_are_taken_round_by_round() -> None:
    assert figure(reference=(1.0, 3.0, 3.0)).numbers == (2.0, 1.0, 3.0)
    assert figure().numbers == (2.0, 3.0, 9.0)

    with pytest.raises(ValueError, match="zip"):
        _ = figure(reference=(1.0,)).numbers


@pytest.mark.parametrize(
    ("goal", "verdict"),
    [
        (Goal(at_most=3), "met"),
        (Goal(at_most=2.9), "missed"),
        (Goal(at_least=3), "met"),
        (Goal(at_least=3.1), "missed"),
        (Goal(at_most=0), "missed"),
        (Goal(), ""),
    ],
)
def test_verdict_goes_by_the_median(goal: Goal, verdict: str) -> None:
    assert figure(goal=goal).verdict == verdict


def test_in_turn_warms_up_and_lets_each_begin_every_second_time() -> None:
    order: list[str] = []

    def take(name: str) -> float:
        order.append(name)
        return float(len(order))

    pair = in_turn(2, lambda: take("ours"), lambda: take("bare"))

    assert order == ["ours", "bare", "ours", "bare", "bare", "ours"]
    assert (pair.ours, pair.reference) == ([3, 6], [4, 5])


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0"), (12, "12"), (0.00123, "0.001"), (0.5, "0.5"), (1234.5, "1,234"), (2.345, "2.35")]
)
def test_numbers_have_three_digits(number: float, words: str) -> None:
    assert plain(number) == words


def test_growth_is_in_the_order_of_sizes() -> None:
    small, large = figure(size=10), figure(size=100, ours=(20.0,), reference=(4.0,))

    assert growth([large, small]) == [(10, 3.0, 0.0), (100, 20.0, 4.0)]


def test_chart_shows_each_point_in_steps_of_ten() -> None:
    drawn = minidom.parseString(growth_chart({"tally & close": [(10, 0.01, 0.0), (1000, 1.0, 0.5)]}))

    words = {node.nodeValue for text in drawn.getElementsByTagName("text") for node in text.childNodes}
    assert len(drawn.getElementsByTagName("circle")) == 3
    assert {"10", "100", "1,000", "10 ms", "100 ms", "1 s", "tally & close"} <= words


def test_scale_is_straight_in_steps_of_ten() -> None:
    steps = decades([10, 1000])

    assert list(steps) == [1, 2, 3]
    assert [scale(number, steps, 0, 100) for number in (10, 100, 1000)] == [0, 50, 100]


def test_kept_figures_are_read_back_and_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"Before.\n{results.BEGIN}old\n{results.END}After.\n")
    for name, place in (("CLONE", tmp_path), ("PAGE", page), ("CHART", tmp_path / "drawn" / "growth.svg")):
        monkeypatch.setattr(results, name, place)
    monkeypatch.setattr(results, "commit", lambda: "abc1234")
    facts = {"cores": 2, "processor": "x", "memory_gb": 4, "python": "3.11", "postgresql": "18", "load_at_begin": 0}
    small = figure(size=10, reference=(1.0, 3.0, 3.0), against="the bare one", goal=Goal(at_most=3))
    large = figure(size=100, reference=(1.0, 3.0, 3.0), against="the bare one")

    results.keep([small, large], facts, tmp_path / "results")
    results.keep([figure(row="cast", what="cast")], facts, tmp_path / "results")

    kept = json.loads((tmp_path / "results" / "abc1234.json").read_text())
    assert [Figure.from_dict(each) for each in kept["figures"]] == [small, large, figure(row="cast", what="cast")]
    shown = page.read_text()
    assert shown.startswith("Before.\n")
    assert shown.endswith("After.\n")
    assert "old" not in shown
    assert "| tally, 10 | 2 (1 to 3) x | the bare one | at most 3 | met |" in shown
    assert "| tally | 100 | 3,000 ms | 3,000 ms | 2 |" in shown
    assert (tmp_path / "drawn" / "growth.svg").exists()


def test_figures_without_growth_are_kept_without_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "performance.md"
    page.write_text(results.BEGIN + results.END)
    for name, place in (("CLONE", tmp_path), ("PAGE", page), ("CHART", tmp_path / "drawn" / "growth.svg")):
        monkeypatch.setattr(results, name, place)
    monkeypatch.setattr(results, "commit", lambda: "abc1234")
    facts = {"cores": 2, "processor": "x", "memory_gb": 4, "python": "3.11", "postgresql": "18", "load_at_begin": 0}

    results.keep([figure(row="load", what="load")], facts, tmp_path / "results")

    assert "| load | 3 (2 to 9) s |" in page.read_text()
    assert not (tmp_path / "drawn").exists()
