"""The seals of sealed files, saved beside a backup and brought back: for seven days and no longer (DESIGN 6)."""

import contextlib
import io
import os
import tarfile
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from house.packing import KEPT_FOR, add
from house.places import DataFolder, say

SUFFIX = ".seal"
ENDING = ".seals"
PATTERN = f"folkmoot-*.backup{ENDING}"


def place(folder: DataFolder) -> Path:
    """Where this house keeps its seals."""
    return Path(os.environ.get("SEALS_FOLDER") or folder.path / "seals")


def beside(backup: Path) -> Path:
    """The file with the seals that belong to a backup."""
    return backup.with_name(backup.name + ENDING)


def save(folder: DataFolder, backup: Path) -> int:
    """Write all seals into a file beside the backup; how many. Those destroyed while it works are left out."""
    found = sorted(place(folder).glob(f"*/*{SUFFIX}"))
    if not found:
        return 0
    count, draft = 0, backup.with_name(f".{backup.name}.draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            for path in found:
                with contextlib.suppress(FileNotFoundError):
                    add(tar, f"{path.parent.name}/{path.name}", path.read_bytes())
                    count += 1
        file.flush()
        os.fsync(file.fileno())
    draft.replace(beside(backup))
    return count


def forget_old(folder: DataFolder, at: datetime) -> None:
    """Remove saved seals that are older than what was promised; the newest too."""
    for path in folder.backups.glob(PATTERN):
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) < at - KEPT_FOR:
            path.unlink()
            say(f"Removed {path.name}: seals are kept for {KEPT_FOR.days} days.")


def bring(folder: DataFolder, backup: Path, made_at: datetime) -> None:
    """Put saved seals back where they are missing. What the database no longer lets anybody read goes again at once."""
    saved = beside(backup)
    if not saved.is_file():
        say("There are no seals beside this backup: sealed files whose seals are not here stay shut (docs/sealed.md).")
        return
    if made_at < datetime.now(UTC) - KEPT_FOR:
        say(f"The seals of this backup are older than {KEPT_FOR.days} days, and stay away (docs/sealed.md).")
        return
    with tarfile.open(saved) as tar:
        for entry in tar:
            path = PurePosixPath(entry.name)
            if entry.isfile() and len(path.parts) == 2 and path.suffix == SUFFIX and ".." not in path.parts:
                _put(place(folder) / path, (tar.extractfile(entry) or io.BytesIO()).read())


def _put(path: Path, content: bytes) -> None:
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
