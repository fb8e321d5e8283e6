"""When a delegate owes a report, and which report answers which date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Due:
    """A report that is owed at a moment, and when it was given."""

    at: datetime
    given_at: datetime | None = None

    def is_late(self, now: datetime) -> bool:
        """Owed, and not given, or given afterwards."""
        return self.at < (self.given_at or now)


def dates(starts_at: datetime, ends_at: datetime, every_days: int | None, until: datetime) -> list[datetime]:
    """The moments up to `until` at which a report is owed: every so many days, within the term."""
    if not every_days:
        return []
    step = timedelta(days=every_days)
    return [starts_at + n * step for n in range(1, max((min(until, ends_at) - starts_at) // step, 0) + 1)]


def match(owed: Iterable[datetime], given: Iterable[datetime]) -> list[Due]:
    """Each report answers the oldest date that waits for one, else the next date to come; what is more answers none."""
    dues = [Due(at) for at in sorted(owed)]
    for moment in sorted(given):
        waiting = [n for n, due in enumerate(dues) if due.given_at is None and due.at <= moment]
        ahead = [n for n, due in enumerate(dues) if due.at > moment][:1]
        for n in (waiting or ahead)[:1]:
            if dues[n].given_at is None:
                dues[n] = Due(dues[n].at, moment)
    return dues
