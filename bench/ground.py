"""The house that is measured: a real one, whose clocks stand still while its database is looked at."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from faults.houses import House
from faults.strokes import held
from house.keys import keep
from house.places import CLONE, say
from house.postgres import free_port

IDLE = ("settle", "beat", "worker")
PATIENCE = 900
OLD = "folkmoot_old"
"""A second database on the same server, in which many votes were held before."""


@dataclass
class Ground:
    """A running house, and what a measurement needs of it. `quick` asks for small sizes."""

    house: House
    quick: bool = False

    def environment(self, *, owner: bool = False, database: str = "") -> dict[str, str]:
        """For programs that work in this house, as the web's role or the owner's."""
        role = "owner" if owner else "web"
        found = {**self.house.environment(), **self.house.settings(), "FOLKMOOT_DATABASE_ROLE": role}
        if database:
            for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
                found[name] = urlsplit(found[name])._replace(path=f"/{database}").geturl()
        return found

    def ask(self, program: str, *, owner: bool = False, database: str = "", **words: Any) -> Any:
        """Run one of the programs in `bench.inside`; what it found."""
        done = subprocess.run(
            [sys.executable, "-m", "bench.inside", program, json.dumps(words)],
            cwd=CLONE,
            env=self.environment(owner=owner, database=database),
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {(done.stdout + done.stderr)[-3000:]}")
        return json.loads(done.stdout.strip().splitlines()[-1])

    @contextmanager
    def superuser(self, database: str = "folkmoot") -> Iterator[psycopg.Connection[Any]]:
        """A line on which rows are written without triggers and foreign keys: a hundred thousand in a second."""
        data = self.house.data
        with psycopg.connect(
            host=str(data.sockets), user="postgres", password=keep(data).postgres, dbname=database, autocommit=True
        ) as line:
            line.execute("SET session_replication_role = replica")
            line.execute("SET synchronous_commit = off")
            yield line

    def copy_database(self, name: str) -> None:
        """An exact copy, beside it. The house is thrown out for a moment and comes back by itself."""
        with self.superuser("postgres") as line:
            line.execute("ALTER DATABASE folkmoot ALLOW_CONNECTIONS false")
            line.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'folkmoot'")
            try:
                line.execute(f"CREATE DATABASE {name} TEMPLATE folkmoot OWNER folkmoot_owner")
            finally:
                line.execute("ALTER DATABASE folkmoot ALLOW_CONNECTIONS true")
            line.execute(f"GRANT CONNECT ON DATABASE {name} TO folkmoot_web")

    @contextmanager
    def web(self, settings_module: str) -> Iterator[int]:
        """The same web server over the same database with other settings; its port."""
        port = free_port()
        environment = {
            **self.environment(),
            "DJANGO_SETTINGS_MODULE": settings_module,
            "FOLKMOOT_LISTEN": f"127.0.0.1:{port}",
            "FOLKMOOT_ADDRESS": f"http://localhost:{port}",
        }
        command = [sys.executable, "-m", "gunicorn", "-c", str(CLONE / "config" / "gunicorn.py"), "config.wsgi"]
        with (self.house.folder / "bare.log").open("ab") as log:
            child = subprocess.Popen(command, cwd=CLONE, env=environment, stdout=log, stderr=log)
        try:
            yield port
        finally:
            child.terminate()
            child.wait(20)


@contextmanager
def ground(*, quick: bool) -> Iterator[Ground]:
    """A house of its own, thrown away at the end. Its clocks and workers stand still: nothing happens by itself."""
    with tempfile.TemporaryDirectory(prefix="folkmoot-bench-") as name:
        house = House(Path(name) / "data", free_port(), {"RATE_LIMITS": "yes"})
        say("Starting a house to measure …")
        try:
            house.start()
            with contextlib.ExitStack() as still:
                for part in IDLE:
                    still.enter_context(held(house, part))
                yield Ground(house, quick)
        finally:
            house.stop()


def machine(there: Ground) -> dict[str, Any]:
    """What the figures depend on, without a name or a path."""
    model = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    memory = Path("/proc/meminfo").read_text().split(maxsplit=2)[1]
    return {
        "cores": os.cpu_count(),
        "processor": model[0].partition(":")[2].strip() if model else "unknown",
        "memory_gb": round(int(memory) / 2**20),
        "python": ".".join(map(str, sys.version_info[:3])),
        "postgresql": there.house.query("SHOW server_version")[0][0],
        "load_at_begin": round(os.getloadavg()[0], 1),
    }
