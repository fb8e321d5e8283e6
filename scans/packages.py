"""Whether what is pinned is the newest patch release the index has. Told, never failing: a release is not yet a reason.

The usual audit of packages needs a list of known holes that a mirror may not serve; it then skips every package and
says that all is well. This asks only what the index surely knows.
"""

import re
import subprocess
import sys

from house.places import CLONE
from scans.reports import Finding, Report

PINNED = re.compile(r"^([\w.-]+)(?:\[.+\])?==([\w.]+)", re.M)
AVAILABLE = re.compile(r"Available versions: (.+)")


def scan(*, quick: bool = False) -> Report:
    """Every package of requirements.txt; `quick` asks for five."""
    pinned = PINNED.findall((CLONE / "requirements.txt").read_text())[: 5 if quick else None]
    findings, asked = [], 0
    for name, version in pinned:
        newest = newest_patch(version, versions_of(name))
        asked += newest is not None
        if newest is not None and newest != version:
            findings.append(Finding("low", name, f"{version} is pinned, {newest} is there"))
    return Report("packages", f"{asked} of {len(pinned)} packages known to the index", findings)


def versions_of(name: str) -> list[str]:
    """All releases the index has, newest first; none where it does not answer."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", "index", "versions", name, "--disable-pip-version-check"],
        capture_output=True,
        text=True,
        check=False,
    )
    found = AVAILABLE.search(done.stdout)
    return found[1].split(", ") if found else []


def newest_patch(version: str, available: list[str]) -> str | None:
    """The newest of those that share all but the last number; None if nothing is known."""
    series = version.rsplit(".", 1)[0] + "."
    same = [each for each in available if each == version or each.startswith(series)]
    plain = [each for each in same if re.fullmatch(r"[\d.]+", each) or each == version]
    return max(plain, key=numbers) if plain else None


def numbers(version: str) -> tuple[int, ...]:
    """A release as numbers, to be compared."""
    return tuple(int(each) for each in re.findall(r"\d+", version))
