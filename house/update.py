"""./folkmoot update: a backup, then the newest version; its packages and migrations come with the next word."""

import subprocess
from pathlib import Path

from house.places import Stop


def git(clone: Path, *words: str) -> str:
    """What git answers; its own words where it refuses."""
    try:
        done = subprocess.run(["git", "-C", str(clone), *words], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise Stop("git is not installed. Install it, or unpack the newest version over this one by hand.") from None
    if done.returncode:
        raise Stop(f"git refuses: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}")
    return done.stdout.strip()


def check(clone: Path) -> None:
    """Stop with advice where nothing can be fetched, or something of one's own would be lost."""
    if not (clone / ".git").exists():
        raise Stop(f"{clone} is no clone of the project. Clone it anew, or unpack the newest version by hand.")
    if changed := git(clone, "status", "--porcelain", "--untracked-files=no"):
        raise Stop(f"{len(changed.splitlines())} files here were changed by hand. Keep them with git stash first.")


def pull(clone: Path) -> tuple[str, str]:
    """Fetch the newest version, only if it follows on this one; the short names of both."""
    before = git(clone, "rev-parse", "--short", "HEAD")
    git(clone, "pull", "--quiet", "--ff-only")
    return before, git(clone, "rev-parse", "--short", "HEAD")
