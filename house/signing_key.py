"""The signing key, saved and brought back by its own way: no backup holds it. The keys of votes are never saved."""

import io
import os
import tarfile
from pathlib import Path

from house.packing import add
from house.places import DataFolder, Stop, say

MEMBERS = ("*.key", "*.rotation")


def place(folder: DataFolder) -> Path:
    """Where this house keeps its signing keys."""
    return Path(os.environ.get("SIGNER_FOLDER") or folder.path / "signer") / "keys"


def save(folder: DataFolder, to: Path) -> None:
    """Write key and notes of rotation into one file that only its owner reads."""
    found = [path for pattern in MEMBERS for path in sorted(place(folder).glob(pattern))]
    if not any(path.suffix == ".key" for path in found):
        raise Stop(f"there is no signing key in {place(folder)} yet. The signer makes it when it first runs.")
    try:
        descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise Stop(f"{to} cannot be written ({error.strerror}). Name a file that is not there yet.") from None
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            for path in found:
                add(tar, path.name, path.read_bytes())
        file.flush()
        os.fsync(file.fileno())
    say(f"Saved: {to}. Who has it can sign in the name of this house: keep it offline, apart from the backups.")


def bring(folder: DataFolder, source: Path) -> None:
    """Put a saved key where the signer looks; refused where there is one."""
    if any(place(folder).glob("*.key")):
        raise Stop(f"{place(folder)} has a signing key already. To replace it for the future: ./folkmoot rotate-keys")
    files = _opened(source)
    for each in (place(folder).parent, place(folder)):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, content in files.items():
        descriptor = os.open(place(folder) / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            os.fsync(descriptor)
    say("The signing key is back. A running signer takes it up within a minute.")


def _opened(source: Path) -> dict[str, bytes]:
    try:
        with tarfile.open(fileobj=io.BytesIO(source.read_bytes())) as tar:
            files = {each.name: (tar.extractfile(each) or io.BytesIO()).read() for each in tar if each.isfile()}
    except (OSError, tarfile.TarError):
        raise Stop(f"{source} is no saved signing key, or it cannot be read.") from None
    fits = all(Path(name).name == name and Path(name).match(_pattern(name)) for name in files)
    if not fits or sum(name.endswith(".key") and len(files[name]) == 32 for name in files) != 1:
        raise Stop(f"{source} is no saved signing key.")
    return files


def _pattern(name: str) -> str:
    return MEMBERS[0] if name.endswith(".key") else MEMBERS[1]
