"""The HTTP Observatory's grades for every page, over https, signed in and not."""

import json
import os
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from house.places import CLONE, Stop
from scans.environments import node_environment
from scans.houses import Ground, filled_house
from scans.reports import Finding, Report, run

LEAST = 130
NO_PAGES = ("api:me", "core:record-file")  # answered as data


def scan(*, quick: bool = False) -> Report:
    """Every address of the access table that answers GET; `quick` asks a few."""
    graded: list[dict[str, Any]] = []
    with filled_house(secure=True) as ground:
        paths = [path for name, path in ground.addresses.items() if name not in NO_PAGES]
        for cookie in ("", ground.signed_in):
            graded += grades(ground, cookie, paths[:8] if quick else paths)
    findings = [
        Finding("high", told["path"], f"score {told.get('score')}: {told.get('failed') or told.get('error')}")
        for told in graded
        if told.get("score", 0) < LEAST or told.get("failed")
    ]
    scores = [told.get("score", 0) for told in graded]
    return Report("headers", f"{len(graded)} answers, scores {min(scores)} to {max(scores)}", findings)


def grades(ground: Ground, cookie: str, paths: list[str]) -> list[dict[str, Any]]:
    """What the Observatory says of each path."""
    package = node_environment("observatory") / "@mdn" / "mdn-http-observatory"
    (package / "conf" / "hsts-preload.json").write_text("{}")  # the browsers' list would have to be downloaded
    node, place = shutil.which("node"), urlsplit(ground.address)
    if node is None:
        raise Stop("headers needs Node.")
    command: list[str | Path] = [node, CLONE / "scans" / "observatory.mjs", package]
    command += [str(place.hostname), str(place.port), cookie, *paths]
    environment = {**os.environ, "NODE_EXTRA_CA_CERTS": str(ground.authority)}
    log = f"headers-{'member' if cookie else 'nobody'}.log"
    done = run(command, seconds=240, log=log, environment=environment, cwd=package)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
