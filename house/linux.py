"""What the kernel gives a supervisor: children that end with it, and a user of one's own inside a namespace."""

import contextlib
import ctypes
import functools
import os
import pwd
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1
ON_LINUX = sys.platform.startswith("linux")
_libc = ctypes.CDLL(None, use_errno=True) if ON_LINUX else None


def die_with_parent(how: signal.Signals) -> Callable[[], None]:
    """For Popen's preexec_fn: own process group, and `how` when the supervisor is gone, even by kill -9.

    The signal is bound to the thread that starts the child: start children from the main thread only.
    """
    parent = os.getpid()

    def prepare() -> None:
        os.setpgid(0, 0)
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, int(how), 0, 0, 0)
            if os.getppid() != parent:  # it died in between
                os.kill(os.getpid(), signal.SIGKILL)

    return prepare


@functools.cache
def as_ordinary_user() -> list[str] | None:
    """The prefix under which PostgreSQL, which refuses root and unlisted users, believes to be somebody else.

    Files stay ours, no user is added, and it works inside a private home folder. Ordinary users need no prefix; None
    where there are no user namespaces.
    """
    unshare = shutil.which("unshare")
    if os.geteuid() != 0 and _is_listed(os.geteuid()):
        return []
    known = next((user for user in pwd.getpwall() if user.pw_uid != 0), None)
    if unshare is None or known is None:
        return None if os.geteuid() == 0 else []
    prefix = [unshare, "--user", f"--map-user={known.pw_uid}", f"--map-group={known.pw_gid}"]
    try:
        done = subprocess.run([*prefix, "id", "-u"], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.stdout.strip() == str(known.pw_uid):
        return prefix
    return None if os.geteuid() == 0 else []


def _is_listed(user: int) -> bool:
    """Whether the system knows a name for this user."""
    try:
        pwd.getpwuid(user)
    except KeyError:
        return False
    return True


def _status(process: Path) -> tuple[str, str]:
    """Name and state letter of a process, from its stat line."""
    line = (process / "stat").read_text()
    name, _, rest = line.partition("(")[2].rpartition(")")
    return name, rest.split()[0]


def living_in(folder: Path, name: str) -> list[int]:
    """Live (not zombie) processes of this name whose working folder is `folder`."""
    found = []
    for process in Path("/proc").glob("[0-9]*") if ON_LINUX else ():
        with contextlib.suppress(OSError, IndexError):
            running, state = _status(process)
            if running == name and state not in "ZX" and (process / "cwd").resolve() == folder:
                found.append(int(process.name))
    return found


def leave_no_core() -> None:
    """If a process of ours dies it leaves no copy of its memory, which may hold keys and codes; nor do its children.

    One byte and not none: then the kernel starts no collector of such copies either, which would not ask how many.
    """
    with contextlib.suppress(ValueError, OSError):  # a limit may have been set lower already
        resource.setrlimit(resource.RLIMIT_CORE, (1, 1))


def name_process(name: str) -> None:
    """What ps and top show."""
    if _libc is not None:
        _libc.prctl(15, name.encode()[:15], 0, 0, 0)
