"""What the signer remembers of one body's record: its last checkpoint, the tree's right edge, the ended mandates."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core import files
from core.rules.chain import GENESIS
from core.rules.merkle import Edge
from core.signer.folder import SignerFolder


@dataclass(frozen=True, slots=True)
class Ending:
    """A mandate that has ended: how, when (as the record writes it), and the hash of the line that says so."""

    how: str
    at: str
    line: str


@dataclass(frozen=True, slots=True)
class Memory:
    """`note` is the last checkpoint as it was signed; `endings` are by the key of the mandate; `lost` are the
    checkpoints that restores named: a second restore may lose the line that names the first one's.
    """

    record: str = ""
    head: str = GENESIS
    edge: Edge = field(default_factory=Edge)
    note: str = ""
    endings: dict[int, Ending] = field(default_factory=dict)
    lost: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """So many lines were signed."""
        return self.edge.size


class Damaged(Exception):
    """The file cannot be read. What was signed last is unknown, so nothing more is."""


def recall(folder: SignerFolder, body_id: int) -> Memory:
    """What is remembered of a body; nothing yet is an empty memory. Raises `Damaged`."""
    path = place(folder, body_id)
    try:
        return _read(json.loads(path.read_bytes()))
    except FileNotFoundError:
        return Memory()
    except (ValueError, KeyError, TypeError) as problem:
        raise Damaged(str(path)) from problem


def remember(folder: SignerFolder, body_id: int, memory: Memory) -> None:
    """On the disk before anybody is shown the checkpoint."""
    kept = {
        "record": memory.record,
        "size": memory.size,
        "head": memory.head,
        "edge": [peak.hex() for peak in memory.edge.peaks],
        "note": memory.note,
        "endings": {str(pk): [each.how, each.at, each.line] for pk, each in memory.endings.items()},
        "lost": [*memory.lost],
    }
    files.write(place(folder, body_id), json.dumps(kept, ensure_ascii=False, indent=1).encode())


def bodies(folder: SignerFolder) -> list[int]:
    """Keys of all bodies that are remembered, in order."""
    return sorted(int(path.stem) for path in folder.bodies.glob("*.json") if path.stem.isdecimal())


def place(folder: SignerFolder, body_id: int) -> Path:
    """Where a body is remembered."""
    return folder.bodies / f"{body_id}.json"


def _read(kept: dict[str, Any]) -> Memory:
    return Memory(
        record=kept["record"],
        head=kept["head"],
        edge=Edge(kept["size"], tuple(map(bytes.fromhex, kept["edge"]))),
        note=kept["note"],
        endings={int(pk): Ending(*each) for pk, each in kept["endings"].items()},
        lost=tuple(kept.get("lost", ())),
    )
