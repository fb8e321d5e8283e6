"""What changed between two texts, as a page shows it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.rules.diff import Kind, Piece, compare

KINDS = {Kind.SAME: "same", Kind.ADDED: "new", Kind.REMOVED: "gone", Kind.CHANGED: "both"}
SAYS: dict[str, str | Promise] = {"new": _("Added"), "gone": _("Taken out"), "both": _("Changed")}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: same, new, gone or both (changed)."""

    kind: str
    pieces: list[Piece]

    @property
    def says(self) -> str | Promise:
        """The change in a word; empty where nothing changed."""
        return SAYS.get(self.kind, "")


def changes(old: str, new: str) -> list[Block]:
    """All paragraphs of both texts in reading order."""
    return [Block(KINDS[paragraph.kind], paragraph.pieces) for paragraph in compare(old, new)]
