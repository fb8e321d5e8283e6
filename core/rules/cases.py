"""Cases: the lot for a panel, its clocks, and when a finding is a decision (DESIGN sections 3 and 6).

Two hashes are in the record before the list is fixed: of the seed of the lot, and of a secret that blinds the list. A
label enters the list as SHA-256(SHA-256(secret || "/" || label) || label), and the list is in the order of these
commitments: so nobody chooses who has which number, and the record names nobody. The seed is shown at the draw, so
anyone can repeat it; the secret is for both sides and the panel, who can see whom each number stands for.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from core.rules.chain import commitment
from core.rules.lots import Lot, draw

PANEL: Final = 3
SECRET_BYTES: Final = 32
LABEL: Final = "panel"
ANSWER_IN: Final = timedelta(hours=24)
"""Within this a case is acknowledged, and whoever was drawn takes the seat."""
SIT_IN: Final = 2
"""Working days until the first sitting."""
HEARD_IN: Final = timedelta(hours=72)
"""So long after the first sitting a panel waits for the words of whom a case is about."""
APPEAL_IN: Final = timedelta(days=7)
KEPT_FOR: Final = timedelta(days=90)
"""How long the file of a case is kept after its end."""
WORDS_MAX: Final = 20_000
"""Signs in one paper of a case."""
SATURDAY: Final = 5


def blinded(secret: bytes, label: str) -> str:
    """What stands for a label in the list."""
    return commitment(hashlib.sha256(secret + f"/{label}".encode()).digest(), label)


def listed(secret: bytes, labels: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The list: commitment and label, in the order of the commitments. The first has number 1."""
    if len(secret) != SECRET_BYTES:
        raise ValueError("a secret of another length")
    return tuple(sorted((blinded(secret, label), label) for label in set(labels)))


def in_order(seed: bytes, size: int) -> Lot:
    """The order in which the numbers of a list come out. The first three are asked; the others follow in their turn."""
    return draw(seed, LABEL, range(1, size + 1))


def sit_by(opened_at: datetime, zone: ZoneInfo) -> datetime:
    """The end of the second working day after the one on which a case was opened, where the body lives."""
    day, left = opened_at.astimezone(zone).date(), SIT_IN
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return datetime.combine(day + timedelta(days=1), time(), zone)


def is_decided(agreeing: int) -> bool:
    """Whether so many of a panel decide: more than half of it."""
    return 2 * agreeing > PANEL


def both_heard(*, spoken: bool, sat_at: datetime, at: datetime) -> bool:
    """Whether whom it is about has spoken, or has had the time to."""
    return spoken or at >= sat_at + HEARD_IN
