#!/usr/bin/env python
"""Django's commands, with the settings of the data folder."""

import os
import sys
from pathlib import Path

from house.settings_file import load

# These change what the web role must not touch; they connect as the owner of the tables.
OWNER_COMMANDS = {
    "createcachetable",
    "flush",
    "load_demo",
    "migrate",
    "move_clock",
    "pgtrigger",
    "remove_stale_contenttypes",
}
# These hold keys; they connect as the signer.
SIGNER_COMMANDS = {"rotate_keys", "sign"}
# These never ask the database; they run without any setting.
OFFLINE_COMMANDS = {
    "check",
    "compilemessages",
    "collectstatic",
    "help",
    "makemessages",
    "makemigrations",
    "spectacular",
}


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    load(Path(__file__).resolve().parent)
    if command in OWNER_COMMANDS:
        os.environ.setdefault("FOLKMOOT_DATABASE_ROLE", "owner")
    if command in SIGNER_COMMANDS:
        os.environ["FOLKMOOT_DATABASE_ROLE"] = "signer"
    if command in OFFLINE_COMMANDS:
        os.environ.setdefault("FOLKMOOT_PLACEHOLDERS", "1")

    from django.core.management import execute_from_command_line  # noqa: PLC0415  after the settings are read

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
