"""detect-secrets: passwords and keys that lie in the code."""

import json
import subprocess

from house.places import CLONE
from scans.environments import python_environment
from scans.reports import Finding, Report, run

KNOWN = "scans/not_secrets.txt"
"""Line by line: what looks like a secret and is none, and why."""


def scan(*, quick: bool = False) -> Report:
    """Every file that git keeps."""
    del quick
    files = subprocess.run(["git", "ls-files", "-z"], cwd=CLONE, capture_output=True, text=True, check=True).stdout
    names = [name for name in files.split("\0") if name and looked_at(name)]
    programs = python_environment("secrets")
    done = run([programs / "detect-secrets", "scan", "--no-verify", *names], seconds=300, log="secrets.json")
    told = json.loads(done.stdout)
    findings = [
        Finding("high", f"{name}:{each['line_number']}", each["type"])
        for name, found in told["results"].items()
        for each in found
        if not known(name, each["line_number"])
    ]
    return Report("secrets", f"{len(names)} files", findings)


def looked_at(name: str) -> bool:
    """Lock files are all hashes, and tests are full of passwords that open nothing."""
    return not (name.endswith(("requirements.txt", "package-lock.json", ".po", ".pb")) or "requirements" in name) and (
        not name.startswith(("tests/", "scans/examples/"))
    )


def known(name: str, line: int) -> bool:
    """Whether the words of that line stand in the list."""
    words = (CLONE / name).read_text(errors="replace").splitlines()[line - 1]
    listed = [each.partition("  #")[0].strip() for each in (CLONE / KNOWN).read_text().splitlines()]
    return any(each and each in words for each in listed)
