"""A second web beside that of a house, on a port of its own; its own clock may be wrong."""

import contextlib
import http.client
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

from faults.houses import House, until
from faults.strokes import end
from house.postgres import free_port


@dataclass(frozen=True)
class Web:
    """Where it listens, for a house of this address."""

    port: int
    host: str

    def health(self) -> http.client.HTTPResponse | None:
        """Its answer; None where there is none."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        with contextlib.suppress(OSError, http.client.HTTPException):
            line.request("GET", "/health/", headers={"Host": self.host})
            return line.getresponse()
        return None

    def is_well(self) -> bool:
        """Whether it serves."""
        answer = self.health()
        return answer is not None and answer.status == 200

    def seconds_ahead(self) -> float:
        """How far its own clock is ahead of the true time, by the date on its answers."""
        answer = self.health()
        told = answer.headers["Date"] if answer else None
        return parsedate_to_datetime(told).timestamp() - time.time() if told else 0.0


@contextmanager
def second_web(house: House, more: Mapping[str, str], log: Path) -> Iterator[Web]:
    """A plain web with the pages of this house, started with `more` in its environment.

    Each of its threads answers once; a line to the database that outlives the answer would never be used again.
    """
    web = Web(free_port(), f"localhost:{house.port}")
    words = [sys.executable, "-m", "faults.plain_web", str(web.port)]
    with log.open("ab") as file:
        ours = {"FOLKMOOT_DATABASE_ROLE": "web", "DATABASE_CONN_MAX_AGE": "0"}
        settings = {**house.environment(), **house.settings(), **ours, **more}
        child = subprocess.Popen(words, cwd=house.clone, env=settings, stdout=file, stderr=file)
    try:
        if not until(web.is_well, 60):
            raise RuntimeError(f"the second web does not answer: {log.read_text()[-2000:]}")
        yield web
    finally:
        end(child)
