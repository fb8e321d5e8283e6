"""./folkmoot scan [NAME ...] [--quick]: without a name all of them, one after another."""

import sys
import time
from importlib import import_module

from house.places import Stop, say
from scans.reports import Report

NAMES = ("bandit", "semgrep", "secrets", "headers", "schemathesis", "wapiti", "sqlmap", "packages")
"""In order: what is quick first."""


def one(name: str, *, quick: bool) -> Report:
    """Run one scanner and say what has to be mended."""
    begun = time.monotonic()
    say(f"{name} …")
    report: Report = import_module(f"scans.{name}").scan(quick=quick)
    for finding in report.grave:
        say(f"  {finding.gravity:<8} {finding.where}  {finding.what}")
    say(f"  done in {time.monotonic() - begun:.0f} s")
    return report


def main(words: list[str]) -> int:
    """Exit code 0 without anything to mend, 1 with, 2 if a scanner could not be run."""
    quick, names = "--quick" in words, [word for word in words if word != "--quick"]
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        raise Stop(f"no scanner is called “{unknown[0]}”. There are: {', '.join(NAMES)}.")
    reports, failed = [], []
    for name in names or NAMES:
        try:
            reports.append(one(name, quick=quick))
        except (Stop, RuntimeError, OSError, ValueError) as problem:
            say(f"  could not be run: {problem}")
            failed.append(name)
    say()
    for report in reports:
        say(report.line())
    for name in failed:
        say(f"{name:<13} could not be run")
    return 2 if failed else int(any(report.grave for report in reports))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
