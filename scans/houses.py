"""A throwaway house on this machine, filled, for scanners that talk to one; it ends with the scan."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from faults.houses import House
from house.places import CLONE
from house.postgres import free_port
from scans import fronts


@dataclass
class ScannedHouse(House):
    """A house whose limits are off, so that a scanner sees the code behind them."""

    extra: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """A bare environment."""
        return {**super().environment(), "RATE_LIMITS": "no", **self.extra}


@dataclass(frozen=True)
class Ground:
    """Where a scanner may go, and as whom."""

    address: str
    token: str
    cookie: str
    session: str
    addresses: dict[str, str]
    folder: Path
    authority: Path | None = None

    @property
    def signed_in(self) -> str:
        """The Cookie header of the member."""
        return f"{self.cookie}={self.session}"


@contextmanager
def filled_house(*, secure: bool = False) -> Iterator[Ground]:
    """A filled house on loopback; `secure` puts https in front of it, signed by an authority made for this once."""
    with tempfile.TemporaryDirectory(prefix="folkmoot-scan-") as name:
        folder, port = Path(name), free_port()
        front = fronts.Front.make(folder, port) if secure else None
        extra = {"FOLKMOOT_ADDRESS": front.address, "BEHIND_PROXY": "yes"} if front else {}
        house = ScannedHouse(folder / "house", port, extra=extra)
        try:
            house.start()
            if front:
                front.start()
            told = filling(house)
            yield Ground(
                address=front.address if front else f"http://localhost:{port}",
                token=told["token"],
                cookie=told["cookie"],
                session=told["session"],
                addresses=told["addresses"],
                folder=folder,
                authority=front.authority if front else None,
            )
        finally:
            if front:
                front.stop()
            house.stop()


def filling(house: ScannedHouse) -> dict[str, Any]:
    """Fill it as the owner, beside the running house."""
    done = subprocess.run(
        [sys.executable, "-m", "scans.fill"],
        cwd=CLONE,
        env={
            **house.environment(),
            **house.settings(),
            "FOLKMOOT_DATABASE_ROLE": "owner",
            "TASKS_EAGER": "yes",
            "PATH": os.environ["PATH"],
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return told
