"""Eight at once, as the web's two processes of four threads are; and eight clients of pgbench."""

import multiprocessing
import os
import re
import subprocess
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from house.postgres import find_binaries

PROCESSES, THREADS = 2, 4
Act = Callable[[int], object]


def acts_a_second(act: Act, length: float) -> float:
    """How often `act` is done in a second by all together; it is called with the number of who does it."""
    connections.close_all()  # a connection must not be shared by forks
    fork = multiprocessing.get_context("fork")
    pipes = [fork.Pipe(duplex=False) for _process in range(PROCESSES)]
    firsts = range(0, PROCESSES * THREADS, THREADS)
    children = [
        fork.Process(target=work, args=(act, first, length, into))
        for first, (_out, into) in zip(firsts, pipes, strict=True)
    ]
    for child in children:
        child.start()
    done = sum(out.recv() for out, _into in pipes)
    for child in children:
        child.join()
    return float(done / length)


def work(act: Act, first: int, length: float, into: Connection) -> None:
    """One process: its threads, each on a connection of its own that is open before the clock begins."""
    counted, barrier = [0] * THREADS, threading.Barrier(THREADS)

    def go(place: int) -> None:
        connection.ensure_connection()
        barrier.wait(30)
        end = time.monotonic() + length
        while time.monotonic() < end:
            act(first + place)
            counted[place] += 1
        connection.close()

    threads = [threading.Thread(target=go, args=(place,)) for place in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    into.send(sum(counted))


def inserts_a_second(script: Path, length: float) -> float:
    """The bare machine: pgbench runs one statement again and again, prepared, over eight connections."""
    database = settings.DATABASES["default"]
    command = [find_binaries() / "pgbench", "-n", "-M", "prepared", "-f", script, "-T", str(max(1, round(length)))]
    address = {
        "PGHOST": str(database["HOST"]),
        "PGPORT": str(database["PORT"]),
        "PGUSER": str(database["USER"]),
        "PGPASSWORD": str(database["PASSWORD"]),
        "PGDATABASE": str(database["NAME"]),
    }
    crowd = ["-c", str(PROCESSES * THREADS), "-j", str(PROCESSES)]
    done = subprocess.run(
        [*map(str, command), *crowd], env={**os.environ, **address}, capture_output=True, text=True, check=True
    )
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if found is None:
        raise RuntimeError(done.stdout + done.stderr)
    return float(found.group(1))
