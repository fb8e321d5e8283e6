"""The Chromium that the browser tests drive."""

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
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("Installing Chromium for the browser tests …")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"]
        subprocess.run(install, env=quiet, check=False, stdout=subprocess.DEVNULL)
    found = find()
    if not found:
        raise Stop(
            "the browser tests need Chromium. Install it (Debian: sudo apt-get install chromium), "
            "or set CHROMIUM to its path."
        )
    return found
