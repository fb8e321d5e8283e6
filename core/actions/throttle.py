"""Counting tries in the shared cache (the database's, so it works without Redis)."""

import hashlib

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal


class TooMany(Refusal):
    """Too many tries in too short a time."""

    status = 429


class Throttle:
    """At most `limit` tries by one key within `seconds`."""

    def __init__(self, name: str, *, limit: int, seconds: int) -> None:
        self.name, self.limit, self.seconds = name, limit, seconds

    def take(self, key: str) -> None:
        """Count one try; `TooMany` beyond the limit."""
        place = f"throttle:{self.name}:{hashlib.sha256(key.encode()).hexdigest()[:32]}"
        if cache.add(place, 1, self.seconds):
            return
        try:
            tries = cache.incr(place)
        except ValueError:  # it has just expired
            cache.add(place, 1, self.seconds)
            return
        if tries > self.limit:
            raise TooMany(_("Too many tries. Wait a quarter of an hour, then try again."))
