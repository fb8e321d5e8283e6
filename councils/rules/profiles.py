"""Who a council is for, and how large it should be (DESIGN section 6, Councils)."""

from dataclasses import dataclass
from typing import Final

SIZES: Final = (25, 50)
SCOPES: Final = ("block", "street", "building", "neighbourhood", "area", "identity", "profession", "interest")


@dataclass(frozen=True, slots=True)
class Profile:
    """A council's profile: its scope, who is affected by what it decides, up to how many people, languages, habits."""

    scope: str
    affected: str
    size_hint: int = 30
    languages: str = ""
    habits: str = ""


def problems(profile: Profile) -> list[str]:
    """The fields that cannot stand as they are."""
    found = []
    if profile.scope not in SCOPES:
        found.append("scope")
    if not profile.affected.strip():
        found.append("affected")
    if not SIZES[0] <= profile.size_hint <= SIZES[1]:
        found.append("size_hint")
    return found


def past_its_size(members: int, size_hint: int) -> bool:
    """Whether a council has outgrown what it was meant for."""
    return members > size_hint
