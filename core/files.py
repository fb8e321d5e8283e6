"""Files that nobody else reads: written whole or not at all, and destroyed as far as a disk lets itself be told."""

import contextlib
import os
from pathlib import Path


def write(path: Path, content: bytes | bytearray, *, shared: bool = False) -> None:
    """Write a file that only its owner reads: whole or not at all, and on the disk when this returns.

    `shared` is for the few folders that processes of several users keep together: then their group reads and writes.
    """
    draft = path.with_name(f"{path.name}.draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        if shared:
            os.fchmod(descriptor, 0o660)  # nosec B103  (their group, in a folder of their own)
        file.flush()
        os.fsync(descriptor)
    draft.replace(path)
    keep_names(path.parent)


def destroy(path: Path) -> None:
    """Overwrite a file and remove it; harmless when it is gone. (What a disk may keep all the same: docs/signing.md)"""
    with contextlib.suppress(FileNotFoundError):
        with path.open("r+b") as file:
            file.write(bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        keep_names(path.parent)


def keep_names(place: Path) -> None:
    """See the names in a folder on the disk: without this a power cut may undo a rename or a removal."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
