"""schemathesis: calls made up from the API's own schema, against a house filled with one of everything."""

import re
import secrets
from pathlib import Path

from house.places import CLONE
from scans.environments import python_environment
from scans.houses import Ground, filled_house
from scans.reports import Finding, Report, run

SEED_BELOW = 2**31
CASES, CASES_QUICK = 30, 2  # made up for each of the API's calls, beside those that the schema's limits suggest
SECONDS = 540
CONFIG = CLONE / "scans" / "schemathesis.toml"
LEFT_OUT = "missing_required_header,use_after_free,ensure_resource_availability"
"""Checks that need links between calls, or headers that this API does not ask for."""

COUNTED = re.compile(r"^\s+([\d,]+) generated", re.M)
FOUND = re.compile(r"^_{3,} (.+?) _{3,}$|^- (ST\d+ .+)$", re.M)


def scan(*, quick: bool = False, seed: int | None = None) -> Report:
    """As a member with a token that may act, then as nobody."""
    seed = secrets.randbelow(SEED_BELOW) if seed is None else seed
    counted, findings = 0, []
    for name in ("member", "nobody"):
        with filled_house() as ground:  # a fresh one for each: the member changes things
            said = ask(ground, name, seed=seed, quick=quick)
        counted += sum(int(number.replace(",", "")) for number in COUNTED.findall(said))
        findings += found_in(said, name)
        if not COUNTED.search(said):
            findings.append(Finding("error", name, said[-400:]))
    return Report("schemathesis", f"{counted} cases, seed {seed}", findings)


def ask(ground: Ground, name: str, *, seed: int, quick: bool) -> str:
    """What one run says."""
    programs = python_environment("schemathesis")
    command: list[str | Path] = [
        programs / "schemathesis", "--no-color", f"--config-file={CONFIG}", "run", f"{ground.address}/api/v1/schema/",
        "--phases=examples,coverage,fuzzing", "--continue-on-failure", "--no-shrink", "--workers=1",
        f"--seed={seed}", f"--max-examples={CASES_QUICK if quick else CASES}", f"--exclude-checks={LEFT_OUT}",
        "--request-timeout=15", "--warnings=off",
    ]  # fmt: skip
    if name == "member":
        command.append(f"--header=Authorization: Bearer {ground.token}")
    return run(command, seconds=SECONDS, log=f"schemathesis-{name}.log", cwd=ground.folder).stdout


def found_in(said: str, name: str) -> list[Finding]:
    """Each failure, under the call it is about."""
    findings, call = [], ""
    for heading, failure in FOUND.findall(said):
        call = heading or call
        if failure:
            findings.append(Finding("high", f"{name}: {call}", failure))
    return findings
