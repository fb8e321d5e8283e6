"""Votes between several texts in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.rules.choices import Marked, others
from core.rules.positions import Position, Rule
from core.words import positions
from core.words.positions import TOLD

WHY = gettext_lazy("Needed for a block, welcome otherwise. Members see it beside your name.")


def text(number: int, name: str = "") -> str:
    """What a text is called: the proposal's own is number 1, the others bear the name of who proposed the words."""
    if number == 1:
        return _("Text 1, as it was put up")
    return _("Text %(number)d, with the words of %(name)s") % {"number": number, "name": name}


def in_short(label: str, words: str) -> str:
    """A text as it stands beside a box: its name, and the words that make it another."""
    return f"{label}: “{words}”"


def choices(rule: Rule, *, chosen: str = "", may_block: bool = True) -> list[positions.Choice]:
    """What can be said for the case that a text comes first which one did not mark."""
    offered = positions.choices(rule, chosen=chosen, may_block=may_block)
    return [choice for choice in offered if choice.value in others(rule)]


def said(ballot: Marked) -> str:
    """What a ballot says: "could live with 1 and 3, else stands aside"."""
    position = str(TOLD[Position(ballot.position)])
    if not ballot.marks:
        return _("could live with none of the texts: %(position)s") % {"position": position}
    return _("could live with %(texts)s, else %(position)s") % {"texts": numbers(ballot.marks), "position": position}


def numbers(marks: Iterable[int]) -> str:
    """Numbers of texts: "1, 3"."""
    return ", ".join(str(number) for number in marks)


def marked(count: int) -> str:
    """How many could live with a text."""
    return ngettext("%(n)d could live with it", "%(n)d could live with it", count) % {"n": count}


def first(number: int, *, drawn: bool) -> str:
    """Which text was decided on."""
    if drawn:
        return _("Text %(number)d came first: others were marked as often, and the lot took it.") % {"number": number}
    return _("Text %(number)d came first: most could live with it. The rule was applied to it alone.") % {
        "number": number
    }


def leading(leaders: Iterable[int]) -> str:
    """Which text is ahead while the vote is open."""
    ahead = list(leaders)
    if len(ahead) == 1:
        return _("As it stands, text %(number)d comes first. The positions below are on it alone.") % {
            "number": ahead[0]
        }
    return _("As it stands, texts %(numbers)s are level. If it stays so, the lot decides which comes first.") % {
        "numbers": numbers(ahead)
    }


def explain() -> str:
    """How several texts are decided, in one sentence."""
    return _("The text that most could live with comes first. Then it alone is decided:")
