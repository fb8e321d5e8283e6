"""The numbers a charter sets: defaults, ranges, and the templates to begin from (DESIGN section 3)."""

from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.rules.shares import Share


@dataclass(frozen=True, slots=True)
class CharterNumbers:
    """All settings of a charter, with their defaults. Days, hours and people are integers."""

    consensus_up_to: int = 50
    agreement: Share = Share(4, 5)  # noqa: RUF009  (frozen)
    quorum: Share = Share(1, 2)  # noqa: RUF009
    second_quorum: Share = Share(1, 5)  # noqa: RUF009
    discussion_days: int = 3
    voting_hours: int = 168
    recall_hours: int = 72
    asides: Share = Share(1, 4)  # noqa: RUF009
    round_days: int = 14
    rounds_max: int = 3
    after_rounds: str = "not_adopted"
    term_days: int = 365
    renewals: int = 1
    admission: str = "vouched"
    waiting_days: int = 7
    open_proposals: int = 3
    counts_visible: str = "nobody"
    secret_from: int | None = 7
    minimum_age: int = 16
    codes: bool = True
    votes_by_mail: bool = False
    urgent_sum: int = 0
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Problem:
    """A number outside its range: which, why, and the range in words that a page can show ("" if it has none)."""

    field: str
    code: str
    low: str = ""
    high: str = ""


RANGES: Final[dict[str, tuple[int, int]]] = {
    "consensus_up_to": (3, 150),
    "discussion_days": (3, 30),
    "voting_hours": (24, 720),
    "recall_hours": (24, 168),
    "round_days": (3, 30),
    "rounds_max": (1, 6),
    "term_days": (1, 730),
    "renewals": (0, 3),
    "waiting_days": (0, 90),
    "open_proposals": (1, 10),
    "minimum_age": (0, 120),
    "urgent_sum": (0, 2**31 - 1),
}
SHARE_RANGES: Final[dict[str, tuple[Share, Share]]] = {
    "agreement": (Share(2, 3), Share(9, 10)),
    "quorum": (Share(1, 5), Share(3, 4)),
    "asides": (Share(0, 1), Share(1, 2)),
}
CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "after_rounds": ("not_adopted", "weak"),
    "admission": ("open", "vouched", "proposal"),
    "counts_visible": ("nobody", "members"),
}
OPEN_WAITS_AT_LEAST: Final = 14
SECRET_FROM_AT_LEAST: Final = 7
LOCAL_ZONES: Final = frozenset({"localtime", "posixrules", "Factory"})
"""What some machines keep beside the zones: their own setting, and a place holder."""
LOCAL_FOLDERS: Final = ("posix/", "right/")
"""Copies of all zones; those of "right" count leap seconds."""


def problems(numbers: CharterNumbers) -> list[Problem]:
    """Every number that is outside its range; empty if the charter can be adopted."""
    return [
        *(
            Problem(name, "range", str(low), str(high))
            for name, (low, high) in RANGES.items()
            if not low <= getattr(numbers, name) <= high
        ),
        *(
            Problem(name, "range", str(low), str(high))
            for name, (low, high) in SHARE_RANGES.items()
            if not within(getattr(numbers, name), low, high)
        ),
        *(Problem(name, "choice") for name, allowed in CHOICES.items() if getattr(numbers, name) not in allowed),
        *_across(numbers),
    ]


def within(share: Share, low: Share, high: Share) -> bool:
    """Whether a share lies between two others, both included."""
    return low.at_least(share.num, share.den) and high.at_most(share.num, share.den)


def _across(numbers: CharterNumbers) -> list[Problem]:
    """Rules between numbers, and those that no plain range tells."""
    found = []
    if not within(numbers.second_quorum, Share(1, 5), numbers.quorum):
        found.append(Problem("second_quorum", "range", "1/5", str(numbers.quorum)))
    if numbers.admission == "open" and numbers.waiting_days < OPEN_WAITS_AT_LEAST:
        found.append(Problem("waiting_days", "open_waits", str(OPEN_WAITS_AT_LEAST), "90"))
    if numbers.secret_from is not None and numbers.secret_from < SECRET_FROM_AT_LEAST:
        found.append(Problem("secret_from", "range", str(SECRET_FROM_AT_LEAST)))
    if not known_zone(numbers.time_zone):
        found.append(Problem("time_zone", "unknown"))
    return found


def known_zone(name: str) -> bool:
    """Whether a time zone of that name is known everywhere, not on one machine only."""
    if name in LOCAL_ZONES or name.startswith(LOCAL_FOLDERS):
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


TEMPLATES: Final[dict[str, CharterNumbers]] = {
    "small": CharterNumbers(),
    "large": replace(
        CharterNumbers(), consensus_up_to=30, quorum=Share(1, 3), counts_visible="members", discussion_days=5
    ),
    "open": replace(CharterNumbers(), admission="open", waiting_days=30, agreement=Share(5, 6)),
}
