"""The one command's words."""

import sys

from house.places import Stop, complain

BESIDE = {
    "backup",
    "bench",
    "bring-key",
    "clock",
    "doctor",
    "manage",
    "restore",
    "rotate-keys",
    "save-key",
    "shots",
    "update",
}


def main(words: list[str]) -> int:
    """Do what the first word says; an exit code."""
    command, rest = (words[0], words[1:]) if words else ("help", [])
    try:
        if command == "run":
            from house.run import run  # noqa: PLC0415  each word loads only what it needs

            return run(rest)
        if command in BESIDE:
            from house import commands  # noqa: PLC0415

            return int(getattr(commands, command.replace("-", "_"))(rest))
        if command == "scan":
            from scans.__main__ import main as scan  # noqa: PLC0415

            return scan(rest)
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
