"""Each scanner in an environment of its own, from pinned and hashed packages, so that none of them meets ours."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from house.places import CLONE, Stop, say

SCANNERS = CLONE / ".scanners"
REQUIREMENTS = CLONE / "scans" / "requirements"
UV = CLONE / ".venv" / "bin" / "uv"


def folder_of(name: str) -> Path:
    """Where the scanner's environment lies."""
    return SCANNERS / name


def python_environment(name: str) -> Path:
    """The folder of the scanner's programs, after installing exactly what its requirements file names."""
    folder, wanted = folder_of(name), REQUIREMENTS / f"{name}.txt"
    if not is_installed(folder, wanted):
        say(f"Installing {name} (once) …")
        shutil.rmtree(folder, ignore_errors=True)
        environment = {"UV_PYTHON_DOWNLOADS": "never", "UV_SYSTEM_CERTS": "1"} | dict(os.environ)
        install(name, [UV, "venv", "--quiet", folder], environment)
        python = folder / "bin" / "python"
        sync = [UV, "pip", "sync", "--quiet", "--python", python, "--require-hashes", wanted]
        install(name, sync, environment)
        shutil.copyfile(wanted, folder / "installed")
    return folder / "bin"


def node_environment(name: str) -> Path:
    """The folder `node_modules` of the scanner. No package's own scripts run while it is installed."""
    folder, wanted = folder_of(name), REQUIREMENTS / name
    lock = wanted / "package-lock.json"
    if not is_installed(folder, lock):
        say(f"Installing {name} (once) …")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(wanted, folder)
        npm = shutil.which("npm") or ""
        if not npm:
            raise Stop(f"{name} needs Node and npm.")
        command = [npm, "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--prefix", folder]
        install(name, command, dict(os.environ))
        shutil.copyfile(lock, folder / "installed")
    return folder / "node_modules"


def is_installed(folder: Path, wanted: Path) -> bool:
    """Whether exactly this file was installed there to the end."""
    stamp = folder / "installed"
    return stamp.exists() and stamp.read_bytes() == wanted.read_bytes()


def install(name: str, command: Sequence[object], environment: dict[str, str]) -> None:
    """Run one step of an installation; `Stop` with its last words if it fails."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, env=environment, cwd="/"
    )
    if done.returncode:
        raise Stop(f"{name} could not be installed. {done.stderr[-800:]}")
