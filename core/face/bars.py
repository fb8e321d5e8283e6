"""The geometry of a result bar: segments, what is missing of the roll, and the mark of the quorum."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

TONES: dict[str, str] = {
    "agree": "leaf",
    "reservations": "leaf-mid",
    "agree_with_reservations": "leaf-mid",
    "aside": "sun",
    "stand_aside": "sun",
    "abstain": "mute",
    "block": "brick",
    "disagree": "brick",
    "yes": "leaf",
    "no": "brick",
    "chosen": "leaf",
}


@dataclass(frozen=True, slots=True)
class Segment:
    """One colour of the bar; `start` and `width` in percent of the roll."""

    label: str
    count: int
    tone: str
    start: str
    width: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Everything the component draws and says."""

    segments: list[Segment]
    roll: int
    taken_part: int
    missing: int
    quorum: int | None
    quorum_at: str
    quorum_anchor: str
    sentence: str


def percent(part: float, whole: int) -> str:
    """A length for SVG, with a point whatever the language."""
    return f"{(part * 100 / whole if whole else 0):.3f}%"


def result_bar(parts: Iterable[Any], *, roll: int, quorum: int | None = None, mirrored: bool = False) -> Bar:
    """Lay out (tone or position, label, count) parts over a roll; from right to left when `mirrored`."""
    entries = [entry for entry in (_entry(part) for part in parts) if entry[2] > 0]
    taken_part = sum(count for _tone, _label, count in entries)
    whole = max(roll, taken_part)
    segments, begun = [], 0
    for tone, label, count in entries:
        start = whole - begun - count if mirrored else begun
        segments.append(Segment(label, count, tone, percent(start, whole), percent(count, whole)))
        begun += count
    place = (whole - quorum if mirrored else quorum) if quorum else 0
    return Bar(
        segments=segments,
        roll=roll,
        taken_part=taken_part,
        missing=max(whole - taken_part, 0),
        quorum=quorum,
        quorum_at=percent(place, whole),
        quorum_anchor=_anchor(place, whole),
        sentence=_sentence(entries, roll, taken_part, quorum),
    )


def _entry(part: Any) -> tuple[str, str, int]:
    if isinstance(part, Mapping):
        key, label, count = part.get("tone") or part["position"], part["label"], part["count"]
    elif isinstance(part, tuple | list):
        key, label, count = part
    else:
        key, label, count = getattr(part, "tone", None) or part.position, part.label, part.count
    return TONES.get(str(key), str(key)), str(label), int(count)


def _anchor(place: int, whole: int) -> str:
    """Keep the word beside the mark inside the picture."""
    if whole and place * 100 < whole * 15:
        return "start"
    if whole and place * 100 > whole * 85:
        return "end"
    return "middle"


def _sentence(entries: list[tuple[str, str, int]], roll: int, taken_part: int, quorum: int | None) -> str:
    counts = ", ".join(f"{count} {label}" for _tone, label, count in entries) or _("nobody yet")
    said = _("%(counts)s. %(part)d of %(roll)d have taken part.") % {
        "counts": counts,
        "part": taken_part,
        "roll": roll,
    }
    if quorum is None:
        return said
    if taken_part >= quorum:
        return said + " " + _("The quorum of %(quorum)d is met.") % {"quorum": quorum}
    return said + " " + _("The quorum of %(quorum)d is not met yet.") % {"quorum": quorum}
