"""What backups and saved keys share: small files in one larger file, and how long copies are kept."""

import io
import tarfile
from datetime import timedelta

KEPT_FOR = timedelta(days=7)
"""What was forgotten in a house is forgotten in its backups after so many days (DESIGN 7)."""


def add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    """One small file."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    tar.addfile(entry, io.BytesIO(content))
