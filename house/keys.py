"""Passwords and keys of one house, made once and kept in its data folder."""

import secrets
from dataclasses import dataclass

from house import settings_file
from house.places import DataFolder


@dataclass(frozen=True)
class Keys:
    """Everything secret that the processes need."""

    secret_key: str
    postgres: str
    owner: str
    web: str
    signer: str


def keep(folder: DataFolder) -> Keys:
    """The folder's keys; missing ones are made and written before they are used."""
    found = settings_file.read(folder.keys)
    wanted = ("SECRET_KEY", "POSTGRES_PASSWORD", "OWNER_PASSWORD", "WEB_PASSWORD", "SIGNER_PASSWORD")
    missing = {name: secrets.token_urlsafe(48) for name in wanted if not found.get(name)}
    if missing:
        settings_file.write(folder.keys, found | missing)
    kept = found | missing
    return Keys(*(kept[name] for name in wanted))
