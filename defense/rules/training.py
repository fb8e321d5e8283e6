"""How long a training holds."""

from datetime import date, timedelta

REMINDED_BEFORE = timedelta(days=30)


def expires_on(attended_on: date, valid_days: int | None) -> date | None:
    """The first day on which it holds no longer; None if it holds for good."""
    return None if valid_days is None else attended_on + timedelta(days=valid_days)


def holds(attended_on: date, valid_days: int | None, today: date) -> bool:
    """Whether somebody who attended then is trained today."""
    ends = expires_on(attended_on, valid_days)
    return attended_on <= today and (ends is None or today < ends)
