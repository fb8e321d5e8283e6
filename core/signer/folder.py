"""The signer's folder: private keys, and what the signer remembers of each record. Outside database and backups."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


class NotPrivate(Exception):
    """Others own or can read the signer's folder: nothing is signed until it is closed to them."""


@dataclass(frozen=True, slots=True)
class SignerFolder:
    """`keys/` has the signing keys, `votes/` the private halves of secret votes, `bodies/` what was signed last."""

    path: Path

    @property
    def keys(self) -> Path:
        """Signing keys, `<key id>.key`, and notes of rotation, `<key id>.rotation`."""
        return self.path / "keys"

    @property
    def votes(self) -> Path:
        """Private halves of the keys of secret votes, `<key id>.key`."""
        return self.path / "votes"

    @property
    def bodies(self) -> Path:
        """The last checkpoint and the ended mandates of each body, `<key of the body>.json`."""
        return self.path / "bodies"

    def key_files(self) -> frozenset[str]:
        """The names in `keys/`: they change with every rotation."""
        return frozenset(os.listdir(self.keys))

    def make(self) -> None:
        """Make what is missing, for its owner alone. Raises `NotPrivate` where others have a way in."""
        for place in (self.path, self.keys, self.votes, self.bodies):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            found = place.stat()
            if found.st_uid != os.geteuid():
                raise NotPrivate(f"{place} belongs to another user. The signer signs only from a folder of its own.")
            if found.st_mode & 0o077:
                raise NotPrivate(f"Others can enter {place}. Close it: chmod -R go-rwx {self.path}")

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Have the folder alone: two signers, or a signer and a rotation, never work in it at once."""
        descriptor = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def the_folder() -> SignerFolder:
    """The folder of this house."""
    return SignerFolder(Path(settings.SIGNER_FOLDER))
