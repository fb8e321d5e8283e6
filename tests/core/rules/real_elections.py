"""Elections as they were held: those kept with the tests, and all others where they lie beside the clone."""

import json
from pathlib import Path

from councils import blt

CLONE = Path(__file__).resolve().parents[3]
COPIED = CLONE / "tests" / "data" / "elections"
BESIDE = CLONE.parent / "shared" / "data" / "elections"


def get_files() -> list[Path]:
    """Each file once, the copy before the original."""
    found = {path.name: path for folder in (BESIDE, COPIED) for path in folder.glob("*.blt")}
    return [found[name] for name in sorted(found)]


def get_winners(path: Path) -> list[int]:
    """Whom another program elects, as the collection says."""
    winners: list[int] = json.loads((COPIED / "winners.json").read_text())[path.name]["winners"]
    return winners


def election(path: Path) -> blt.Election:
    """The election in a file."""
    return blt.read(path)
