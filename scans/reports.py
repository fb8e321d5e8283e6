"""What a scanner found, in one shape for all of them."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from house.places import CLONE

REPORTS = CLONE / ".scanners" / "reports"
GRAVE = ("medium", "high", "critical", "error")
"""From here on a finding fails the scan."""


@dataclass(frozen=True)
class Finding:
    """One thing found: how grave in the scanner's own words, where, and what."""

    gravity: str
    where: str
    what: str

    @property
    def is_grave(self) -> bool:
        """Whether the scan fails for it."""
        return self.gravity.lower() in GRAVE


@dataclass
class Report:
    """What one scanner saw and found."""

    scanner: str
    seen: str
    findings: list[Finding] = field(default_factory=list)

    @property
    def grave(self) -> list[Finding]:
        """What has to be mended."""
        return [finding for finding in self.findings if finding.is_grave]

    def line(self) -> str:
        """One line of the summary."""
        light = len(self.findings) - len(self.grave)
        return f"{self.scanner:<13} {len(self.grave):>3} to mend, {light:>3} to know   {self.seen}"


def report_file(name: str) -> Path:
    """Where the scanner may write its own report."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    return REPORTS / name


def run(
    command: list[str | Path],
    *,
    seconds: float,
    log: str,
    environment: Mapping[str, str] | None = None,
    cwd: Path = CLONE,
) -> subprocess.CompletedProcess[str]:
    """Run a scanner for at most so many seconds; all it says goes to a log beside the reports.

    A scanner out of time is ended and its exit code is 124: what it has reported by then still counts.
    """
    path = report_file(log)
    with path.open("w") as told:
        try:
            code = subprocess.run(
                [str(part) for part in command],
                stdout=told,
                stderr=subprocess.STDOUT,
                timeout=seconds,
                check=False,
                env=environment,
                cwd=cwd,
            ).returncode
        except subprocess.TimeoutExpired:
            code = 124
    return subprocess.CompletedProcess(command, code, path.read_text(errors="replace"), "")
