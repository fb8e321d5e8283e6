"""Lighthouse on the pages that matter most, as a phone sees them. By hand only: it takes Node and Chromium."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from bench.figures import Figure, Goal
from bench.ground import Ground
from house import browsers
from house.places import Stop
from scans.environments import node_environment

PAGES = {
    "home": "home",
    "a vote": "proposal-detail",
    "a proposal talked over": "proposal-detail, talked over",
    "a mandate": "mandate-detail",
}
PATIENCE = 240
TRIES = 3


def lighthouse(there: Ground) -> list[Figure]:
    """Lighthouse on home, proposal, vote and mandate, signed in: performance, accessibility, best practices, SEO."""
    town = there.ask("pages.prepare", owner=True, name="lighthouse", members=25, number=25)
    addresses = there.ask("pages.addresses", town=town)
    program = node_environment("lighthouse") / "lighthouse" / "cli" / "index.js"
    found = []
    for name, address in PAGES.items():
        url = f"http://localhost:{there.house.port}{addresses[address]}"
        for kind, score in scores(program, url, f"session={town['session']}").items():
            figure = Figure("lighthouse", f"Lighthouse, {name}: {kind}", "of 100", (score,), Goal(at_least=100))
            found.append(figure)
    return found


def scores(program: Path, url: str, cookie: str) -> dict[str, float]:
    """By category, of 100."""
    node = shutil.which("node")
    if node is None:
        raise Stop("lighthouse needs Node.")
    flags = " ".join(["--headless=new", *browsers.ARGUMENTS])
    command = [node, str(program), url, "--quiet", "--output=json", f"--chrome-flags={flags}"]
    command.append(f"--extra-headers={json.dumps({'Cookie': cookie})}")
    environment = {**os.environ, "CHROME_PATH": browsers.provide()}
    for _try in range(TRIES):  # on a busy machine the browser sometimes loses its own beginning
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE, cwd=program.parent
        )
        if done.returncode == 0:
            told: dict[str, Any] = json.loads(done.stdout)
            return {name: each["score"] * 100 for name, each in told["categories"].items()}
    raise Stop(f"lighthouse could not look at {url}. {done.stderr[-800:]}")
