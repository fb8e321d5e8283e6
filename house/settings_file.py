"""Settings as lines of NAME=value: the clone's .env, and the data folder's own house.env."""

import os
from pathlib import Path


def data_folder(clone: Path) -> Path:
    """Where database, keys and mails lie: FOLKMOOT_DATA, or .folkmoot in the clone."""
    return Path(os.environ.get("FOLKMOOT_DATA") or clone / ".folkmoot").resolve()


def read(path: Path) -> dict[str, str]:
    """The settings in a file; none where there is no file. Later lines win, empty ones say nothing."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    found = {}
    for line in lines:
        name, equals, value = line.strip().partition("=")
        if equals and not name.startswith("#"):
            found[name.strip()] = _bare(value)
    return {name: value for name, value in found.items() if value}


def _bare(value: str) -> str:
    """A value without its quotes, or without the remark behind it."""
    value = value.strip()
    if value[:1] in {'"', "'"}:
        return value[1:].partition(value[0])[0]
    return "" if value.startswith("#") else value.partition(" #")[0].strip()


def write(path: Path, settings: dict[str, str]) -> None:
    """Write settings so that only their owner can read them, whole or not at all."""
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{name}={value}\n" for name, value in sorted(settings.items()))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def load(clone: Path) -> None:
    """Put both files into the environment; what is set already stands, .env comes before house.env."""
    for name, value in read(clone / ".env").items():
        os.environ.setdefault(name, value)
    for name, value in read(data_folder(clone) / "house.env").items():
        os.environ.setdefault(name, value)
