"""What some runs need of the machine: root, and a library that moves a process's clock."""

import os
from pathlib import Path

from house.browsers import install

FAKETIME = "faketime/libfaketime.so.1"


class Missing(Exception):
    """This run cannot be made here; its text says why."""


def root() -> None:
    """For mounts and namespaces."""
    if os.geteuid() != 0:
        raise Missing("needs root")


def faketime() -> Path:
    """The library that gives a process another clock; as root on Debian it is installed when missing."""
    for _try in range(2):
        found = sorted(Path("/usr/lib").glob(f"*/{FAKETIME}")) + sorted(Path("/usr/lib").glob(FAKETIME))
        if found:
            return found[0]
        install("a library that moves clocks, for the fault tests", "libfaketime")
    raise Missing("needs libfaketime (Debian: sudo apt-get install libfaketime)")
