"""Makes .venv with exactly the packages of a requirements file. Runs under the system's Python: standard library only.

uv installs (seconds instead of half a minute); where it cannot be had, pip does, from the same hashes.
"""

import fcntl
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

CLONE = Path(__file__).resolve().parent.parent
ENVIRONMENT = CLONE / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"


def advise(sentence: str) -> None:
    """End with one sentence of advice."""
    print(f"Folkmoot: {sentence}", file=sys.stderr)
    raise SystemExit(2)


def run(*command: object) -> bool:
    """Whether a command went well; what it said is shown when not."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout[-2000:] + done.stderr[-4000:], file=sys.stderr)
    return done.returncode == 0


def make_environment() -> None:
    """A virtual environment with pip, unless one is there that works."""
    works = PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], capture_output=True, check=False).returncode == 0
    if works:
        return
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if importlib.util.find_spec("ensurepip") is None:
        advise(f"this Python cannot make environments yet. Install that: sudo apt-get install python{version}-venv")
    for left in ENVIRONMENT.glob("*"):
        if left.name != "lock":
            shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
    if not run(sys.executable, "-m", "venv", ENVIRONMENT):
        advise(f"the environment in {ENVIRONMENT} could not be made; the lines above say why.")


def install(requirements: Path) -> None:
    """Exactly the packages of the file, checked against its hashes."""
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--require-hashes")
    uv = ENVIRONMENT / "bin" / "uv"
    if not uv.exists():
        run(*pip, "-r", CLONE / "requirements-uv.txt")
    if uv.exists():
        os.environ.setdefault("UV_PYTHON_DOWNLOADS", "never")
        os.environ.setdefault("UV_SYSTEM_CERTS", "1")  # a machine may trust an authority of its own
        if run(uv, "pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes", requirements):
            return
        print("uv could not install; trying pip.", file=sys.stderr)
    if not run(*pip, "-r", requirements):
        advise("the packages could not be installed; the lines above say why. Is the network there? Then try again.")


def main() -> None:
    """Install the named requirements file, unless another start did so meanwhile."""
    requirements = CLONE / sys.argv[1]
    try:
        ENVIRONMENT.mkdir(exist_ok=True)
        lock = (ENVIRONMENT / "lock").open("w")
    except OSError as error:
        advise(f"{ENVIRONMENT} cannot be written ({error.strerror}). Clone Folkmoot as the user who runs it.")
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp = ENVIRONMENT / f"installed-{requirements.name}"
        if stamp.exists() and stamp.read_bytes() == requirements.read_bytes() and PYTHON.exists():
            return
        print("Installing what Folkmoot needs (once; under a minute) …", flush=True)
        for old in ENVIRONMENT.glob("installed-*"):
            old.unlink()
        make_environment()
        install(requirements)
        shutil.copyfile(requirements, stamp)


if __name__ == "__main__":
    main()
