"""What bodies say above, what questions are about and how they end, in words."""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from confederation.rules.matters import Right, Sort
from confederation.rules.positions import Said

SAID: Final[dict[str, Promise]] = {
    Said.AGREE: _("agrees"),
    Said.DISAGREE: _("does not agree"),
    Said.ASIDE: _("stands aside"),
    Said.BLOCK: _("blocks"),
    Said.NONE: _("has no position"),
}
TONES: Final[dict[str, str]] = {
    Said.AGREE: "leaf",
    Said.DISAGREE: "brick",
    Said.ASIDE: "sky",
    Said.BLOCK: "brick",
    Said.NONE: "mute",
}
BODIES: Final[dict[str, Promise]] = {
    Said.AGREE: _("agree"),
    Said.DISAGREE: _("do not agree"),
    Said.ASIDE: _("stand aside"),
    Said.BLOCK: _("block"),
    Said.NONE: _("have no position"),
}
SORTS: Final[dict[str, Promise]] = {
    Sort.LAND: _("Land and houses"),
    Sort.WORKS: _("Water, energy, waste and other works"),
    Sort.FOOD: _("Food"),
    Sort.CARE: _("Care and health"),
    Sort.LEARNING: _("Learning"),
    Sort.STREETS: _("Streets and ways"),
    Sort.FUNDS: _("Common funds"),
    Sort.CONDUCT: _("Codes of conduct"),
    Sort.RELATIONS: _("Relations with others"),
    Sort.OTHER: _("Something else"),
}
RIGHTS: Final[dict[str, Promise]] = {
    Right.LEAVE: _("Everybody can leave"),
    Right.EQUAL: _("Everybody counts alike"),
    Right.SAFE: _("Nobody is harmed"),
    Right.HEARD: _("Everybody is heard"),
}
OUTCOMES: Final[dict[str, Promise]] = {
    "adopted": _("adopted"),
    "not_adopted": _("not adopted"),
    "blocked": _("blocked"),
    "no_quorum": _("too few took part"),
    "void": _("void"),
}
OUTCOME_TONES: Final[dict[str, str]] = {"adopted": "leaf", "blocked": "brick", "not_adopted": "mute"}


def choices(words: dict[Any, Promise]) -> list[tuple[str, Promise]]:
    """Names with their words, for a form."""
    return [(str(name), label) for name, label in words.items()]


WITHDRAWN: Final = _("withdrawn")
KEPT: Final = _("not withdrawn")
WILL_WITHDRAW: Final = (
    _("If more than half of the bodies, or of the people, have then withdrawn it, the mandate ends within a minute."),
    _("No member sees that you did it, nor how many did."),
    _("You can give your confidence back on any day while the mandate stands."),
)
