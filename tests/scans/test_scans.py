"""The scanners that need no house: nothing to mend, and not because they are blind."""

import contextlib
import subprocess
from pathlib import Path

import pytest

from house.places import CLONE, Stop
from scans import bandit, environments, packages, schemathesis, secrets, semgrep, sqlmap
from scans.__main__ import main
from scans.houses import Ground
from scans.reports import Finding, Report

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed() -> None:
    """Both environments, or no test: without a network there is nothing to run."""
    try:
        environments.python_environment("bandit")
        environments.python_environment("semgrep")
    except Stop as problem:
        pytest.skip(str(problem))


@pytest.mark.usefixtures("installed")
def test_bandit_finds_nothing_to_mend_here_and_something_in_bad_code(monkeypatch: pytest.MonkeyPatch) -> None:
    assert bandit.scan().grave == []

    monkeypatch.setattr(bandit, "OURS", ("scans/examples/questions.py",))
    monkeypatch.setattr(bandit, "NEVER", CLONE / "nowhere")

    assert {finding.what[:4] for finding in bandit.scan().grave} >= {"B608", "B602"}


@pytest.mark.usefixtures("installed")
def test_semgrep_finds_nothing_to_mend_and_each_rule_finds_its_example() -> None:
    """`scan` counts a rule that misses its example, or finds a good one, as something to mend."""
    assert semgrep.scan().grave == []


def test_a_rule_that_finds_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(semgrep, "ask", lambda *targets, out: {"results": []})

    told = semgrep.blind()

    assert len([each for each in told if "did not find" in each]) == len(semgrep.expected()[0])


def test_a_secret_in_the_code_is_known_only_by_its_own_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scans").mkdir()
    (tmp_path / secrets.KNOWN).write_text('  # what this is\nTOKEN = "open"  # opens nothing\n')
    (tmp_path / "keys.py").write_text('TOKEN = "open"\nTOKEN = "hidden"\n')
    monkeypatch.setattr(secrets, "CLONE", tmp_path)

    assert [secrets.known("keys.py", line) for line in (1, 2)] == [True, False]


def test_a_grave_finding_fails_the_scan_and_a_light_one_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"low": 0, "medium": 1, "error": 1}
    for gravity, code in found.items():
        report = Report("bandit", "1 line", [Finding(gravity, "here", "what")])
        monkeypatch.setattr(bandit, "scan", lambda report=report, **_words: report)
        assert main(["bandit"]) == code


@pytest.mark.parametrize(
    ("version", "available", "newest"),
    [
        ("5.2.9", ["6.0.1", "5.2.10", "5.2.9", "5.2.8"], "5.2.10"),
        ("5.2.10", ["6.0.1", "5.2.10", "5.2.9"], "5.2.10"),
        ("5.2.9", ["5.2.10rc1", "5.2.9"], "5.2.9"),
        ("5.2.9", [], None),
    ],
)
def test_the_newest_patch_is_told(version: str, available: list[str], newest: str | None) -> None:
    assert packages.newest_patch(version, available) == newest


def test_sqlmap_begins_with_what_it_did_not_come_to() -> None:
    asked: list[tuple[str, list[str]]] = [("a", []), ("b", []), ("c", [])]
    assert [name for name, _words in sqlmap.in_turn(asked, ["a", "b", "a"])] == ["c", "b", "a"]


def test_a_request_that_sqlmap_did_not_judge_is_no_good_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlmap, "report_file", lambda name: tmp_path / name)
    ground = Ground("http://localhost:1", "t", "session", "s", {}, CLONE)
    monkeypatch.setattr(sqlmap, "filled_house", lambda: contextlib.nullcontext(ground))
    monkeypatch.setattr(sqlmap, "command", lambda _ground: [])
    monkeypatch.setattr(sqlmap, "requests_of", lambda _ground: [("core:home get", [])])
    said = {"No module named sqlmap": 1, "all tested parameters do not appear to be injectable": 0, "Parameter: q": 1}
    for words, grave in said.items():
        done = subprocess.CompletedProcess([], 1, words, "")
        monkeypatch.setattr(sqlmap, "run", lambda *_given, done=done, **_words: done)
        assert bool(sqlmap.scan().grave) == bool(grave), words


def test_a_failure_of_schemathesis_is_told_under_its_call() -> None:
    said = "____ POST /api/v1/me/ ____\n1. Test Case ID: x\n\n- ST201 Schema-violating request accepted\n"

    [found] = schemathesis.found_in(said, "member")

    assert (found.where, found.what) == ("member: POST /api/v1/me/", "ST201 Schema-violating request accepted")
    assert found.is_grave
