"""The one command's words."""

import sys
from importlib import import_module

from house.places import Stop, complain

COMMANDS = {
    "backup",
    "bring-key",
    "clock",
    "doctor",
    "manage",
    "restore",
    "rotate-keys",
    "save-key",
    "shots",
    "update",
    "verify",
}
BESIDE = {"scan": "scans.__main__", "bench": "bench.__main__"}


def main(words: list[str]) -> int:
    """Do what the first word says; an exit code."""
    command, rest = (words[0], words[1:]) if words else ("help", [])
    try:
        if command == "run":
            from house.run import run  # noqa: PLC0415  each word loads only what it needs

            return run(rest)
        if command in COMMANDS:
            from house import commands  # noqa: PLC0415

            return int(getattr(commands, command.replace("-", "_"))(rest))
        if command in BESIDE:
            return int(import_module(BESIDE[command]).main(rest))
        if command == "test":
            from house.test import test  # noqa: PLC0415

            return test(rest)
    except Stop as advice:
        complain(str(advice))
        return 2
    complain(f"“{command}” is not understood. ./folkmoot help shows what is.")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
