"""semgrep, with rules of our own in scans/rules; scans/examples shows that each of them is seen to find something."""

import json
import re
from pathlib import Path
from typing import Any

from house.places import CLONE
from scans.environments import folder_of, python_environment
from scans.reports import Finding, Report, report_file, run

RULES = CLONE / "scans" / "rules"
EXAMPLES = CLONE / "scans" / "examples"
FOLDERS = (
    "config", "core", "councils", "economics", "defense", "intelligence", "confederation", "house", "faults", "scans",
    "templates",
)  # fmt: skip
MARK = re.compile(r"\b(ruleid|ok): ([a-z, -]+[a-z])")


def ask(*targets: Path, out: str) -> dict[str, Any]:
    """What semgrep says about files, without asking anybody elsewhere."""
    programs, path = python_environment("semgrep"), report_file(out)
    quiet = ["--metrics=off", "--disable-version-check", "--quiet", "--no-git-ignore", "--jobs=2", "--json"]
    # its settings and log stay in its own folder
    own = {"PATH": f"{programs}:/usr/bin:/bin", "HOME": str(folder_of("semgrep")), "SEMGREP_SEND_METRICS": "off"}
    command: list[str | Path] = [programs / "semgrep", "scan", *quiet, f"--config={RULES}", f"--output={path}"]
    done = run([*command, *targets], seconds=240, log="semgrep.log", environment=own)
    if done.returncode:
        raise RuntimeError(done.stdout[-2000:])
    told: dict[str, Any] = json.loads(path.read_text())
    return told


def found_in(told: dict[str, Any]) -> set[tuple[str, int, str]]:
    """File, line and rule of each finding."""
    return {
        (str(Path(each["path"]).resolve().relative_to(CLONE)), each["start"]["line"], each["check_id"].split(".")[-1])
        for each in told["results"]
    }


def scan(*, quick: bool = False) -> Report:
    """All code and templates; a file it could not read is a finding too."""
    del quick
    told = ask(*(CLONE / name for name in FOLDERS), out="semgrep.json")
    findings = [
        Finding("error", f"{where}:{line}", rule)
        for where, line, rule in sorted(found_in(told))
        if not where.startswith("scans/examples/")
    ]
    findings += [Finding("error", str(each.get("path")), str(each.get("message"))[:200]) for each in told["errors"]]
    findings += [Finding("error", "scans/examples", what) for what in blind()]
    return Report("semgrep", f"{len(rules())} rules, {len(told['paths']['scanned'])} files", findings)


def rules() -> list[str]:
    """The names of our rules."""
    return [
        name for path in sorted(RULES.glob("*.yaml")) for name in re.findall(r"^  - id: (\S+)$", path.read_text(), re.M)
    ]


def expected() -> tuple[set[tuple[str, int, str]], set[str]]:
    """Where the examples say that a rule must find something, and the rules for which a good example stands too."""
    bad, good = set(), set()
    for path in sorted(EXAMPLES.iterdir()):
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            for kind, names in MARK.findall(line):
                for name in names.split(", "):
                    if kind == "ok":
                        good.add(name)
                    else:
                        bad.add((str(path.relative_to(CLONE)), number + 1, name))
    return bad, good


def blind() -> list[str]:
    """Where a rule and its examples disagree: a rule that finds nothing is worth nothing."""
    bad, good = expected()
    found = found_in(ask(EXAMPLES, out="semgrep-examples.json"))
    told = [f"{rule} did not find {where}:{line}" for where, line, rule in sorted(bad - found)]
    told += [f"{rule} found {where}:{line}, which is good" for where, line, rule in sorted(found - bad)]
    shown = {rule for _where, _line, rule in bad} & good
    return told + [f"{rule} has no bad and good example" for rule in rules() if rule not in shown]
