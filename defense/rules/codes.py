"""When a code of conduct is in force, and who is in good standing by it (DESIGN 6)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

NOTICE = timedelta(days=14)
"""A new version is in force so long after it was adopted; the first one at once, for there is none before it."""
POST_DAYS_AT_MOST = 365
"""A post lasts a year at most."""
OWN, CONFEDERAL = "own", "confederal"
SCOPES = (OWN, CONFEDERAL)
"""The two codes: that of the body, and that of the confederation."""


def in_force_from(adopted_at: datetime, *, first: bool) -> datetime:
    """From when on a version holds."""
    return adopted_at if first else adopted_at + NOTICE


def in_good_standing(in_force: Mapping[str, int], accepted: Mapping[str, int]) -> bool:
    """Whether of both codes the version in force was accepted, or a later one.

    Both say the number of a version by its code: of the one in force, and of the newest that was accepted.
    """
    return all(scope in in_force and accepted.get(scope, 0) >= in_force[scope] for scope in SCOPES)
