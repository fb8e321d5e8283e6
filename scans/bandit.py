"""bandit: known weak spots of Python code."""

import json
from pathlib import Path

from house.places import CLONE
from scans.environments import python_environment
from scans.reports import Finding, Report, report_file, run

OURS = (
    "config",
    "core",
    "councils",
    "economics",
    "defense",
    "intelligence",
    "confederation",
    "house",
    "faults",
    "scans",
    "manage.py",
)

NEVER = CLONE / "scans" / "examples"  # bad on purpose


def scan(*, quick: bool = False) -> Report:
    """All Python of ours but the tests, which are full of passwords that open nothing."""
    del quick
    out = report_file("bandit.json")
    programs = python_environment("bandit")
    command: list[str | Path] = [programs / "bandit", "-r", "-q", "-f", "json", "-o", out, "-x", NEVER]
    run([*command, *(CLONE / name for name in OURS)], seconds=120, log="bandit.log")
    told = json.loads(out.read_text())
    findings = [
        Finding(
            each["issue_severity"].lower(),
            f"{Path(each['filename']).relative_to(CLONE)}:{each['line_number']}",
            f"{each['test_id']} {each['issue_text']}",
        )
        for each in told["results"]
    ]
    findings += [Finding("error", each["filename"], each["reason"]) for each in told["errors"]]
    return Report("bandit", f"{told['metrics']['_totals']['loc']} lines", findings)
