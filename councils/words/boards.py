"""Founding boards in words: the steps of the way, and an agenda to begin from."""

from django.utils.translation import gettext_lazy as _

from core.face.stages import WORDS, Step
from core.words.rules import Words
from councils.rules.founding import WAY

LABELS: dict[str, Words] = {
    "listening": _("Listening"),
    "inviting": _("Inviting"),
    "assembly": _("First assembly"),
    "charter": _("Charter"),
    "mandates": _("First mandates"),
    "handed_over": _("Handed over"),
}

FIRST_AGENDA = _(
    "Who we are: a round, one minute each\n"
    "What we heard at the doors\n"
    "How we decide: one page, read aloud\n"
    "The draft of our charter: what to keep, what to change\n"
    "Who adopts it today\n"
    "First mandates: who calls the next assembly, who keeps the minutes\n"
    "When and where we meet next"
)


def steps(here: str, *, over: bool) -> list[Step]:
    """The line for components/stage_line.html. One that is over and was not handed over stopped where it was."""
    at = WAY.index(here)
    if over and here == "handed_over":
        return [_step(name, "done") for name in WAY]
    if over:
        return [_step(name, "done") for name in WAY[:at]] + [_step(here, "stopped")]
    return [
        _step(name, "done" if number < at else "now" if number == at else "next") for number, name in enumerate(WAY)
    ]


def _step(name: str, state: str) -> Step:
    return Step(LABELS[name], state, WORDS[state])
