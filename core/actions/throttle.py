"""Counting tries in the shared cache (the database's, so it works without Redis)."""

import hashlib
import time

from django.core.cache import cache
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal

THROTTLE_LOCKS = 7301
"""First half of the advisory locks of throttles; the second is a hash of the key."""


class TooMany(Refusal):
    """Too many tries in too short a time."""

    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__(_("Too many tries. Wait a while, then try again."))
        self.seconds = seconds


class Throttle:
    """At most `limit` tries by one key within `seconds`, counted from full multiples of it."""

    def __init__(self, name: str, *, limit: int, seconds: int) -> None:
        self.name, self.limit, self.seconds = name, limit, seconds

    def take(self, key: str) -> None:
        """Count one try; `TooMany` beyond the limit. Commits by itself, so that a refusal afterwards still counts."""
        digest = hashlib.sha256(f"{self.name}:{key}".encode()).digest()
        place = f"throttle:{digest.hex()[:32]}:{int(time.time()) // self.seconds}"
        # The cache reads, adds and writes in three steps: without the lock, tries at once count as one.
        with transaction.atomic(durable=True):
            with connection.cursor() as cursor:
                second = int.from_bytes(digest[:4], signed=True)
                cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [THROTTLE_LOCKS, second])
            tries = cache.get(place, 0) + 1
            cache.set(place, tries, self.seconds)
        if tries > self.limit:
            raise TooMany(self.seconds - int(time.time()) % self.seconds)
