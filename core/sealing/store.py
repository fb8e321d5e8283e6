"""The store of seals: a folder outside the database, whose backups are kept for seven days (DESIGN 6, Protection).

A folder for each file, in it one seal for each reader's key. Without a seal the words in the database are noise, and so
destroying the seals destroys the file.
"""

import contextlib
import stat
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.files import destroy, keep_names, write
from core.refusals import Refusal

SUFFIX = ".seal"
AWAY = _("Sealed files are out of reach at the moment. Nothing was lost. Tell whoever runs the server.")


class StoreAway(Refusal):
    """The store cannot be written or read: nothing is sealed until somebody mends it."""

    status = 503


def put(file: str, reader: str, seal: bytes) -> None:
    """Keep a seal. Raises `StoreAway`."""
    try:
        _make(_folder())
        _make(_place(file))
        write(_seal(file, reader), seal, shared=_is_shared())
    except OSError as problem:
        raise StoreAway(AWAY) from problem


def get(file: str, reader: str) -> bytes | None:
    """The seal of one reader, if there is one. Raises `StoreAway`."""
    try:
        return _seal(file, reader).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as problem:
        raise StoreAway(AWAY) from problem


def readers(file: str) -> set[str]:
    """The keys that a file is sealed to."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        return {path.stem for path in _place(file).iterdir() if path.suffix == SUFFIX}
    return set()


def take_away(file: str, reader: str) -> None:
    """Destroy the seal of one reader; harmless when it is gone."""
    destroy(_seal(file, reader))


def take_all(file: str) -> None:
    """Destroy all seals of a file: nobody reads it any more. Harmless when they are gone."""
    place = _place(file)
    with contextlib.suppress(FileNotFoundError):
        for path in list(place.iterdir()):
            destroy(path)
        place.rmdir()
        keep_names(place.parent)


def files() -> set[str]:
    """The names of all files that have seals here."""
    with contextlib.suppress(FileNotFoundError):
        return {path.name for path in _folder().iterdir() if path.is_dir()}
    return set()


def _folder() -> Path:
    return Path(settings.SEALS_FOLDER)


def _place(file: str) -> Path:
    return _folder() / file


def _seal(file: str, reader: str) -> Path:
    return _place(file) / f"{reader}{SUFFIX}"


def _make(place: Path) -> None:
    """Make a folder that is missing: for one user, or for the group of the processes that share the store."""
    if not place.is_dir():
        shared = _is_shared()
        place.mkdir(mode=0o700, exist_ok=True)
        if shared:
            place.chmod(0o2770)
        keep_names(place.parent)


def _is_shared() -> bool:
    """Whether the store belongs to a group, as in compose: whoever made it so has opened it for writing."""
    with contextlib.suppress(FileNotFoundError):
        return bool(_folder().stat().st_mode & stat.S_IWGRP)
    return False
