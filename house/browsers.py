"""What tests drive and do not bring along: Chromium, and git."""

import os
import shutil
import subprocess

from house.places import Stop, say

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def find() -> str | None:
    """The path of an installed Chromium, or CHROMIUM's."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def provide() -> str:
    """The path of Chromium; as root on Debian it is installed when missing."""
    found = find()
    if found:
        return found
    install("Chromium for the browser tests", "chromium", "fonts-dejavu-core")
    found = find()
    if not found:
        raise Stop(
            "the browser tests need Chromium. Install it (Debian: sudo apt-get install chromium), "
            "or set CHROMIUM to its path."
        )
    return found


def provide_git() -> None:
    """The tests of updates and planted bugs need git."""
    if shutil.which("git") is None:
        install("git for the tests of updates", "git")
    if shutil.which("git") is None:
        raise Stop("some tests need git. Install it (Debian: sudo apt-get install git).")


def install(what: str, *packages: str) -> None:
    """Let Debian install packages, where we may."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    say(f"Installing {what} …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run(command, env=quiet, check=False, stdout=subprocess.DEVNULL)
